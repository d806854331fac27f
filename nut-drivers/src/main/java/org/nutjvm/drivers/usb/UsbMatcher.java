package org.nutjvm.drivers.usb;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Option;

/// Which device the administrator means: regular expressions for ids, names, serial number and place,
/// each of which has to match as a whole and in any case of letters (drivers/usb-common.c:
/// USBNewRegexMatcher).
public final class UsbMatcher {
    /// The keys, as in ups.conf; names of a device need it opened, the others do not.
    private enum Key {
        VENDORID(false, "vendor id"),
        PRODUCTID(false, "product id"),
        BUS(false, "bus"),
        DEVICE(false, "device number"),
        BUSPORT(false, "bus port"),
        VENDOR(true, "manufacturer"),
        PRODUCT(true, "product"),
        SERIAL(true, "serial number");

        final boolean afterOpening;
        final String meaning;

        Key(boolean afterOpening, String meaning) {
            this.afterOpening = afterOpening;
            this.meaning = meaning;
        }

        String option() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private record Test(Key key, Pattern pattern) {}

    private final List<Test> tests;

    private UsbMatcher(List<Test> tests) {
        this.tests = List.copyOf(tests);
    }

    /// The settings it is made of.
    public static List<Option> options() {
        return List.of(
                Option.value("vendor", "Regular expression to match UPS Manufacturer string"),
                Option.value("product", "Regular expression to match UPS Product string"),
                Option.value("serial", "Regular expression to match UPS Serial number"),
                Option.value(
                        "vendorid", "Regular expression to match UPS Manufacturer numerical ID (4 digits hexadecimal)"),
                Option.value(
                        "productid", "Regular expression to match UPS Product numerical ID (4 digits hexadecimal)"),
                Option.value("bus", "Regular expression to match USB bus name"),
                Option.value("device", "Regular expression to match USB device name"),
                Option.value("busport", "Regular expression to match USB bus port name"),
                Option.flag("allow_duplicates", "Take any free device of several that look the same"),
                Option.value(
                        "usb_set_altinterface", "Set the alternate interface (value=bAlternateSetting; default=0)"),
                Option.value("usb_config_index", "Index of the USB configuration, in hexadecimal"),
                Option.value("usb_hid_rep_index", "Number of the USB interface, in hexadecimal"),
                Option.value("usb_hid_desc_index", "Index of the HID report descriptor, in hexadecimal"),
                Option.value("usb_hid_ep_in", "USB endpoint to read from, in hexadecimal"),
                Option.value("usb_hid_ep_out", "USB endpoint to write to, in hexadecimal"));
    }

    /// Reads the settings.
    ///
    /// @throws DriverException when one is no regular expression
    public static UsbMatcher of(Function<String, @Nullable String> settings) throws DriverException {
        var tests = new ArrayList<Test>();
        for (var key : Key.values()) {
            String text = settings.apply(key.option());
            if (text != null) {
                try {
                    tests.add(new Test(key, Pattern.compile(text.strip(), Pattern.CASE_INSENSITIVE)));
                } catch (PatternSyntaxException e) {
                    throw new DriverException("invalid regular expression: " + text + " (setting '" + key.option()
                            + "': " + e.getDescription() + ")");
                }
            }
        }
        return new UsbMatcher(tests);
    }

    /// Why a device on the bus is not meant, or null when it may be.
    public @Nullable String rejects(UsbDevice device) {
        return rejects(false, key -> switch (key) {
            case VENDORID -> device.id().toString().substring(0, 4);
            case PRODUCTID -> device.id().toString().substring(5);
            case BUS -> device.bus();
            case DEVICE -> device.address();
            case BUSPORT -> device.port();
            default -> "";
        });
    }

    /// Why an open device is not meant, or null when it is.
    public @Nullable String rejects(UsbHandle handle) {
        return rejects(true, key -> switch (key) {
            case VENDOR -> handle.manufacturer();
            case PRODUCT -> handle.product();
            case SERIAL -> handle.serial();
            default -> "";
        });
    }

    private interface Value {
        @Nullable
        String of(Key key);
    }

    private @Nullable String rejects(boolean opened, Value value) {
        for (var test : tests) {
            if (test.key().afterOpening == opened) {
                String is = value.of(test.key());
                String text = is == null ? "" : is.strip();
                if (!test.pattern().matcher(text).matches()) {
                    return test.key().meaning + " '" + text + "' does not match '"
                            + test.key().option() + " = " + test.pattern() + "'";
                }
            }
        }
        return null;
    }
}
