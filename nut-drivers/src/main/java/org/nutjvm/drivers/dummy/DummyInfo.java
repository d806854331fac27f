package org.nutjvm.drivers.dummy;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.nutjvm.common.state.Variable;
import org.nutjvm.drivers.spi.Dstate;

/// What dummy-ups knows of the variables it plays (drivers/dummy-ups.h: nut_data). All of them are writable; a
/// variable not in the table is a text of at most 32 bytes.
///
/// @param text whether it is a text and not a number
/// @param length the longest text accepted
record DummyInfo(boolean text, long length) {
    /// The variables there are whatever the data file says, with their values.
    static final Map<String, String> FROM_THE_START =
            Map.of("ups.mfr", "Dummy Manufacturer", "ups.model", "Dummy UPS", "ups.status", "OL");

    private static final DummyInfo OTHER = new DummyInfo(true, 32);

    /// One name a line; a length for texts.
    private static final String TABLE = """
            ups.mfr 32
            ups.model 32
            ups.status 32
            ups.serial 32
            ups.load
            ups.alarm 32
            ups.time 16
            ups.date 16
            ups.mfr.date 16
            ups.firmware 16
            ups.firmware.aux 16
            ups.temperature
            ups.id 16
            ups.delay.start
            ups.delay.reboot
            ups.delay.shutdown
            ups.test.interval
            ups.test.result 16
            input.voltage
            input.voltage.maximum
            input.voltage.minimum
            input.voltage.nominal
            input.transfer.reason 1
            input.transfer.low
            input.transfer.high
            input.sensitivity 1
            input.quality 6
            input.frequency
            input.transfer.boost.low
            input.transfer.boost.high
            input.transfer.trim.low
            input.transfer.trim.high
            output.voltage
            output.frequency
            output.current
            battery.charge
            battery.charge.low
            battery.voltage
            battery.current
            battery.runtime
            battery.runtime.low
            battery.charge.restart
            battery.temperature
            battery.voltage.nominal
            ambient.temperature
            ambient.temperature.alarm
            ambient.temperature.high
            ambient.temperature.low
            ambient.humidity
            ambient.humidity.alarm
            ambient.humidity.high
            ambient.humidity.low
            """;

    static DummyInfo of(String name) {
        String line = '\n' + name.toLowerCase(Locale.ROOT);
        String table = '\n' + TABLE;
        int at = table.indexOf(line + '\n');
        if (at >= 0) {
            return new DummyInfo(false, 0);
        }
        at = table.indexOf(line + ' ');
        if (at < 0 || name.isEmpty()) {
            return OTHER;
        }
        int from = at + line.length() + 1;
        return new DummyInfo(true, Long.parseLong(table.substring(from, table.indexOf('\n', from))));
    }

    Set<Variable.Flag> flags() {
        return text ? EnumSet.of(Variable.Flag.RW, Variable.Flag.STRING) : EnumSet.of(Variable.Flag.RW);
    }

    /// Gives a variable its flags and length.
    static void describe(Dstate dstate, String name) {
        var info = of(name);
        dstate.setflags(name, info.flags());
        if (info.text) {
            dstate.setaux(name, info.length);
        }
    }
}
