package org.nutjvm.common.conf;

/// The words every section of ups.conf may have, whichever driver it is for. What else a section has is the driver's.
public enum UpsKey implements Directive {
    DRIVER("driver", Kind.TEXT, "name", "required", "the driver program"),
    PORT("port", Kind.TEXT, "device", "required", "where the device is; USB drivers take auto"),
    DESC("desc", Kind.TEXT, "text", "none", "what clients are shown beside the name"),
    SDORDER("sdorder", Kind.NUMBER, "number", "0", "when upsdrvctl switches it off: 0 first; -1 never"),
    SDCOMMANDS(
            "sdcommands",
            Kind.TEXT,
            "command,...",
            "the driver's own",
            "instant commands to try when it is to be switched off"),
    ALLOW_KILLPOWER("allow_killpower", Kind.FLAG, "", "off", "permit the command driver.killpower"),
    NOLOCK("nolock", Kind.FLAG, "", "off", "do not lock the port"),
    IGNORELB("ignorelb", Kind.FLAG, "", "off", "judge low battery by battery.charge.low and battery.runtime.low alone"),
    POLLINTERVAL("pollinterval", Kind.SECONDS, "seconds", "the global one", "how often the driver asks the device"),
    SYNCHRONOUS(
            "synchronous", Kind.CHOICE, "yes|no|auto", "the global one", "whether the driver waits for slow readers"),
    USER("user", Kind.TEXT, "name", "the global one", "the user the driver runs as when started by root"),
    GROUP("group", Kind.TEXT, "name", "the global one", "the group of the driver's socket"),
    MAXSTARTDELAY(
            "maxstartdelay", Kind.SECONDS, "seconds", "the global one", "how long upsdrvctl waits for it to start"),
    MAXRETRY("maxretry", Kind.NUMBER, "number", "the global one", "how often upsdrvctl tries to start it"),
    RETRYDELAY("retrydelay", Kind.SECONDS, "seconds", "the global one", "how long upsdrvctl waits between two tries"),
    DEBUG_MIN("debug_min", Kind.NUMBER, "number", "the global one", "the least debug level of the driver"),
    LIBUSB_DEBUG("LIBUSB_DEBUG", Kind.NUMBER, "number", "the global one", "how much the USB library logs"),
    RECONNECT_MAX_TRIES(
            "reconnect_max_tries", Kind.NUMBER, "number", "the global one", "give up after so many failed reconnects"),
    RECONNECT_REPORT_FREQ(
            "reconnect_report_freq", Kind.NUMBER, "number", "the global one", "report every so many failed reconnects"),
    USB_SET_ALTINTERFACE("usb_set_altinterface", Kind.NUMBER, "[number]", "off", "make one more USB call at start"),
    USB_CONFIG_INDEX("usb_config_index", Kind.NUMBER, "hex", "the driver's", "the USB configuration to use"),
    USB_HID_REP_INDEX("usb_hid_rep_index", Kind.NUMBER, "hex", "the driver's", "the USB interface to use"),
    USB_HID_DESC_INDEX("usb_hid_desc_index", Kind.NUMBER, "hex", "the driver's", "the USB HID descriptor to use"),
    USB_HID_EP_IN("usb_hid_ep_in", Kind.NUMBER, "hex", "the driver's", "the USB endpoint to read"),
    USB_HID_EP_OUT("usb_hid_ep_out", Kind.NUMBER, "hex", "the driver's", "the USB endpoint to write"),
    SDDELAY("sddelay", Kind.SECONDS, "seconds", "", "obsolete and ignored");

    /// `default.VAR = value` gives a variable a value until the device does.
    public static final String DEFAULT_PREFIX = "default.";

    /// `override.VAR = value` gives a variable a value for good.
    public static final String OVERRIDE_PREFIX = "override.";

    private final Entry entry;

    UpsKey(String word, Kind kind, String arguments, String standard, String meaning) {
        this.entry = new Entry(word, kind, arguments, standard, meaning);
    }

    /// Whether the word in a file is this one: exact, but for `debug_min`, which C reads in any case.
    boolean is(String found) {
        return (this == DEBUG_MIN) ? word().equalsIgnoreCase(found) : word().equals(found);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
