package org.nutjvm.drivers.powercom;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Numbers;

/// What ups.conf says of the device (drivers/powercom.c: upsdrv_initups).
///
/// @param type with what was set otherwise
/// @param maker to show; so the next two
/// @param nominal voltage, unless the device says it
/// @param nobt whether the battery is not tested at the start
record PowercomSettings(UpsType type, String maker, String model, String serial, int nominal, boolean nobt) {
    private static final int NOMINAL = 230;
    private static final int CHECKS = 3;
    private static final int FEWEST = Frame.STATUS_B + 1;
    private static final int MOST = Frame.INVERTER + 1;

    static PowercomSettings of(Device device, Tables tables) throws DriverException {
        String name = text(device, "type", "Trust");
        UpsType base = tables.types().get(name);
        if (base == null) {
            throw new DriverException("Given UPS type '" + name + "' isn't valid!\nThere are "
                    + String.join(", ", tables.types().keySet()));
        }
        return new PowercomSettings(
                type(device, base),
                text(device, "manufacturer", "PowerCom"),
                text(device, "modelname", Identity.UNKNOWN),
                text(device, "serialnumber", Identity.UNKNOWN),
                nominal(device),
                device.testvar("nobt"));
    }

    private static String text(Device device, String option, String usual) {
        String text = device.getval(option);
        return text == null ? usual : text;
    }

    private static int nominal(Device device) throws DriverException {
        String text = device.getval("linevoltage");
        if (text == null) {
            return NOMINAL;
        }
        long volts = Numbers.leading(text);
        if ((volts >= 100 && volts <= 120) || (volts >= 200 && volts <= 240)) {
            return (int) volts;
        }
        throw new DriverException("Given line voltage '" + volts + "' is out of range (100-120 or 200-240 V)");
    }

    private static UpsType type(Device device, UpsType base) throws DriverException {
        int bytes = bytes(device, base.bytes());
        var checks = given(device, "validationSequence", PowercomSettings::checks, base.checks());
        for (var check : checks) {
            if (check.index() >= bytes) {
                throw new DriverException("validationSequence looks at byte " + check.index() + ", but answers have "
                        + bytes + " bytes, counted from 0 (numOfBytesFromUPS)");
            }
        }
        return new UpsType(
                base.name(),
                base.asks(),
                bytes,
                feedsCable(device, base.feedsCable()),
                checks,
                given(device, "shutdownArguments", PowercomSettings::delay, base.delay()),
                given(device, "frequency", coefficients(2), base.frequency()),
                given(device, "loadPercentage", coefficients(4), base.load()),
                given(device, "batteryPercentage", coefficients(5), base.charge()),
                given(device, "voltage", coefficients(4), base.voltage()));
    }

    /// The status is in bytes 9 and 10: without them nobody would hear of an outage.
    private static int bytes(Device device, int usual) throws DriverException {
        String text = device.getval("numOfBytesFromUPS");
        if (text == null) {
            return usual;
        }
        long bytes = Numbers.leading(text);
        if (bytes < FEWEST || bytes > MOST) {
            throw new DriverException("Given numOfBytesFromUPS '" + bytes + "' is out of range (" + FEWEST + " to "
                    + MOST + "; the UPS says whether it is on battery in byte " + FEWEST + " of its answer)");
        }
        return (int) bytes;
    }

    private static boolean feedsCable(Device device, boolean usual) throws DriverException {
        String how = device.getval("methodOfFlowControl");
        if (how == null) {
            return usual;
        }
        if (!how.equals(UpsType.FEEDING) && !how.equals(UpsType.NOT_FEEDING)) {
            throw new DriverException("Given methodOfFlowControl '" + how + "' isn't valid!\nThere are "
                    + UpsType.FEEDING + " and " + UpsType.NOT_FEEDING);
        }
        return how.equals(UpsType.FEEDING);
    }

    private static <T> T given(Device device, String option, Function<Braces, T> reading, T usual)
            throws DriverException {
        @Nullable String text = device.getval(option);
        if (text == null) {
            return usual;
        }
        try {
            return reading.apply(new Braces(text));
        } catch (IllegalArgumentException e) {
            throw new DriverException("Given " + option + " '" + text + "' isn't valid!");
        }
    }

    private static List<UpsType.Check> checks(Braces text) {
        text.then("{");
        var checks = new ArrayList<UpsType.Check>();
        for (int i = 0; i < CHECKS; i++) {
            text.then(i == 0 ? "{" : "},{");
            int index = text.number();
            text.then(",");
            checks.add(new UpsType.Check(index, text.hex()));
        }
        return checks;
    }

    private static UpsType.Delay delay(Braces text) {
        int minutes = text.then("{{").number();
        int seconds = text.then(",").number();
        return new UpsType.Delay(minutes, seconds, text.then("},").letter() != 'n');
    }

    private static Function<Braces, List<Float>> coefficients(int count) {
        return text -> {
            var numbers = new ArrayList<Float>();
            for (int i = 0; i < count; i++) {
                text.then(i == 0 ? "{" : ",");
                numbers.add(text.decimal());
            }
            return numbers;
        };
    }
}
