package org.nutjvm.drivers.usbhid;

import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hidups.Catalogue;
import org.nutjvm.drivers.hidups.HidPowerDevice;
import org.nutjvm.drivers.hidups.HidSettings;
import org.nutjvm.drivers.hidups.StatusRules;
import org.nutjvm.drivers.hidups.Subdriver;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Option;
import org.nutjvm.drivers.usb.LibUsbBus;
import org.nutjvm.drivers.usb.UsbBus;
import org.nutjvm.drivers.usb.UsbMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// usbhid-ups for the driver core: settings, and the way from them to an open device.
final class UsbHidProgram implements DriverProgram {
    /// As in `driver = ...` of ups.conf.
    static final String NAME = "usbhid-ups";

    private static final Logger LOG = LoggerFactory.getLogger(UsbHidProgram.class);
    private static final long SECOND = 1_000_000_000L;

    private static final long PAUSE_MILLIS = 100;

    /// Some units do not take two commands at once.
    private static final long BETWEEN_COMMANDS_MILLIS = 125;

    private final UsbBus.Opener opener;
    private final long pauseMillis;
    private final long betweenCommandsMillis;

    UsbHidProgram() {
        this(LibUsbBus::open);
    }

    UsbHidProgram(UsbBus.Opener opener) {
        this(opener, PAUSE_MILLIS, BETWEEN_COMMANDS_MILLIS);
    }

    /// @param pauseMillis after an input report that could not be had
    /// @param betweenCommandsMillis between the two steps of one command
    UsbHidProgram(UsbBus.Opener opener, long pauseMillis, long betweenCommandsMillis) {
        this.opener = opener;
        this.pauseMillis = pauseMillis;
        this.betweenCommandsMillis = betweenCommandsMillis;
    }

    @Override
    public String progname() {
        return NAME;
    }

    @Override
    public String description() {
        return "Generic HID driver";
    }

    @Override
    public String version() {
        return "0.73";
    }

    @Override
    public List<Option> options() {
        var options = new ArrayList<>(List.of(
                Option.value("lowbatt", "Set low battery level, in % (default=30)"),
                Option.value("offdelay", "Set shutdown delay, in seconds (default=20, or 60 for CPS devices)"),
                Option.value("ondelay", "Set startup delay, in seconds (default=30, or 120 for CPS devices)"),
                Option.value(
                        "pollfreq",
                        "Set polling frequency, in seconds, to reduce data flow (default=30, or 12 for CPS devices)"),
                Option.flag("pollonly", "Don't use interrupt pipe, only use polling"),
                Option.value(
                        "interrupt_pipe_no_events_tolerance",
                        "Polls in a row without a USB interrupt report until the device is opened anew (default=-1, never)"),
                Option.value(
                        "lbrb_log_delay_sec",
                        "Seconds that LB or RB must last while online (default=0, or 3 for some of APC's)"),
                Option.value(
                        "subdriver",
                        "Subdriver to use: its name, or a file with a table (default=by vendor and product)"),
                Option.flag("winhid", "Only for Windows; ignored"),
                Option.flag("explore", "Print a table for an unsupported UPS"),
                Option.flag("maxreport", "Ask for reports in one size (some APC Back-UPS)"),
                Option.flag("interruptonly", "Don't use polling, only use interrupt pipe"),
                Option.value(
                        "interruptsize", "Number of bytes to read from interrupt pipe (default=what the device says)"),
                Option.value("waitbeforereconnect", "Seconds to wait before trying to reconnect (default=0)")));
        options.addAll(HidSettings.options());
        options.addAll(UsbMatcher.options());
        return List.copyOf(options);
    }

    @Override
    public Driver initups(Device device) throws IOException, DriverException {
        if (device.testvar("explore") && device.getval("vendorid") == null) {
            throw new DriverException("must specify \"vendorid\" when using \"explore\"");
        }
        if (device.testvar("winhid")) {
            LOG.warn("winhid is only supported on Windows; ignoring option");
        }
        if (!device.port().equals("auto")) {
            LOG.info(
                    "port = {} is ignored: USB devices are found by vendorid, serial and so on; write 'port = auto'",
                    device.port());
        }
        var matcher = UsbMatcher.of(device::getval);
        var catalogue = Catalogue.standard();
        var chosen = chosen(device, catalogue);
        var bus = opener.open();
        try {
            var search = new Search(device, bus, matcher, catalogue, chosen);
            var found = search.find();
            if (found == null) {
                throw new DriverException(Advice.notFound(search.rejected()));
            }
            var driver = start(device, bus, search, found);
            bus = null;
            return driver;
        } finally {
            if (bus != null) {
                bus.close();
            }
        }
    }

    private Driver start(Device device, UsbBus bus, Search search, Search.Found found)
            throws IOException, DriverException {
        var subdriver = load(device, found.subdriver());
        LOG.info("Using subdriver: {}", subdriver.title());
        var identity = found.connection().identity();
        var settings = UsbHidSettings.of(device, subdriver, found.rule(), identity.vendor(), identity.product());
        var descriptor = DescriptorReader.read(
                found.connection().handle(),
                found.settings(),
                found.settings().descriptorIndex() > 0,
                settings.repairs());
        if (descriptor == null) {
            throw new DriverException("the USB device " + identity.id() + " has no readable HID report descriptor on "
                    + "interface " + found.settings().interfaceNumber() + " ('usb_hid_rep_index' chooses another)");
        }
        descriptor.complaints().forEach(complaint -> LOG.warn("{}", complaint));
        var repaired = subdriver.repair(descriptor, identity.id(), settings.repairs());
        var options = new HidPowerDevice.Options(
                settings.inputsOnly(),
                settings.maxreport(),
                !settings.interrupts(),
                SECOND,
                betweenCommandsMillis,
                option -> device.testvar(option) ? String.valueOf(device.getval(option)) : null,
                ZoneId::systemDefault);
        var ups = new HidPowerDevice(
                subdriver,
                found.rule(),
                repaired,
                found.connection().transport(),
                device.dstate(),
                options,
                new StatusRules(settings.policy(), device.upsname(), device.nanoTime()),
                device.nanoTime());
        var pace = new UsbHidUps.Pace(new Random(System.nanoTime()), pauseMillis);
        return new UsbHidUps(device, bus, search, found, settings, subdriver, ups, pace);
    }

    private static Subdriver load(Device device, String name) throws IOException {
        if (!isFile(name)) {
            return Catalogue.load(name);
        }
        var complaints = new ArrayList<String>();
        var loaded = Catalogue.load(device.confpath().resolve(name), complaints);
        complaints.forEach(complaint -> LOG.warn("{}", complaint));
        return loaded;
    }

    private static boolean isFile(String subdriver) {
        return subdriver.indexOf('/') >= 0 || subdriver.endsWith(".hid");
    }

    /// The subdriver of the settings: a file, a table's name, or what C takes, a pattern for its title.
    private static @Nullable String chosen(Device device, Catalogue catalogue) throws DriverException {
        String asked = device.getval("subdriver");
        if (asked == null) {
            return null;
        }
        if (device.getval("vendorid") == null || device.getval("productid") == null) {
            throw new DriverException("When specifying a subdriver, 'vendorid' and 'productid' are mandatory.");
        }
        String name = asked.strip();
        if (isFile(name)) {
            return name;
        }
        var names = catalogue.subdrivers();
        if (names.contains(name.toLowerCase(Locale.ROOT))) {
            return name.toLowerCase(Locale.ROOT);
        }
        try {
            var pattern = Pattern.compile(name + "(.*)", Pattern.CASE_INSENSITIVE);
            for (String each : names) {
                if (pattern.matcher(Catalogue.load(each).title()).matches()) {
                    return each;
                }
            }
        } catch (PatternSyntaxException e) {
            LOG.debug("subdriver '{}' is no regular expression", name);
        }
        throw new DriverException("Configuration requested subdriver '" + name + "' but none matched; there are "
                + String.join(", ", names) + ", or the name of a file with a table, like my.hid");
    }
}
