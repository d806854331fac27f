package org.nutjvm.drivers.metasys;

/// What a device is asked for in each poll, and once what it is.
enum Question {
    INFO(0x00, 8),
    OUTPUT(0x01, 7),
    INPUT(0x02, 5),
    BATTERY(0x04, 3),
    TIMES(0x08, 6),
    SCHEDULE(0x06, 9),
    STATUS(0x03, 4);

    /// The command byte, with which the answer begins, too.
    final byte code;
    /// Bytes of the shortest answer that says all, the command among them.
    final int least;

    Question(int code, int least) {
        this.code = (byte) code;
        this.least = least;
    }
}
