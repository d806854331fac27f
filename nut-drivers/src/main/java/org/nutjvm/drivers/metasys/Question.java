package org.nutjvm.drivers.metasys;

import java.util.List;

/// What a device is asked for in each poll, and once what it is.
enum Question {
    INFO(0x00, 8),
    OUTPUT(0x01, 7, "ups.load", "output.voltage", "output.current"),
    INPUT(0x02, 5, "input.voltage"),
    BATTERY(0x04, 3, "battery.voltage"),
    TIMES(0x08, 6),
    SCHEDULE(0x06, 9, "ups.delay.shutdown", "ups.delay.start"),
    STATUS(0x03, 4);

    /// The command byte, with which the answer begins, too.
    final byte code;
    /// Bytes of the shortest answer that says all, the command among them.
    final int least;
    /// What is published of its answer, and goes when it is not asked any more.
    final List<String> variables;

    Question(int code, int least, String... variables) {
        this.code = (byte) code;
        this.least = least;
        this.variables = List.of(variables);
    }
}
