package org.nutjvm.drivers.usbhid;

import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hidups.DeviceRule;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.DriverException;

/// USB numbers: what ups.conf says goes before what the device list says, and that before the usual.
///
/// @param configIndex of the configuration
/// @param interfaceNumber of the HID interface
/// @param descriptorIndex of the report descriptor
/// @param endpointIn for input reports
/// @param altSetting of the interface, or -1 to leave it
record UsbSettings(int configIndex, int interfaceNumber, int descriptorIndex, int endpointIn, int altSetting) {
    private static final int ENDPOINT_IN = 0x80;

    static UsbSettings of(Device device, DeviceRule rule, int release) throws DriverException {
        String alt = device.getval("usb_set_altinterface");
        int altSetting = -1;
        if (device.testvar("usb_set_altinterface")) {
            altSetting = alt == null || alt.isEmpty() ? 0 : number("usb_set_altinterface", alt, 10, 255);
        }
        return new UsbSettings(
                number(device, rule, "usb_config_index", 0, 255),
                number(device, rule, "usb_hid_rep_index", 0, 255),
                number(device, rule, "usb_hid_desc_index", rule.descriptorIndex(release), 255),
                ENDPOINT_IN | number(device, rule, "usb_hid_ep_in", 1, 15),
                altSetting);
    }

    private static int number(Device device, DeviceRule rule, String name, int usual, int max) throws DriverException {
        String text = device.getval(name);
        if (text == null) {
            text = rule.setting(name);
        }
        return text == null ? usual : number(name, text, 16, max);
    }

    private static int number(String name, @Nullable String text, int radix, int max) throws DriverException {
        try {
            int number = Integer.parseInt(text == null ? "" : text.strip(), radix);
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new DriverException("could not parse " + name + ": '" + text + "' is no "
                + (radix == 16 ? "hexadecimal " : "") + "number up to " + Integer.toString(max, radix));
    }
}
