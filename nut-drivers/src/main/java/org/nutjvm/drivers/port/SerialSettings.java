package org.nutjvm.drivers.port;

/// How bytes travel on a line.
///
/// @param speed bits per second: 300 to 115200
/// @param dataBits 7 or 8
/// @param stopBits 1 or 2
public record SerialSettings(int speed, int dataBits, Parity parity, int stopBits, Flow flow) {
    /// The bit that checks the others.
    public enum Parity {
        NONE,
        EVEN,
        ODD
    }

    /// Who tells the other side to wait, and how.
    public enum Flow {
        NONE,
        /// By the lines RTS and CTS.
        HARDWARE,
        /// By the characters XON and XOFF.
        SOFTWARE
    }

    public SerialSettings {
        if (dataBits != 7 && dataBits != 8) {
            throw new IllegalArgumentException("data bits: 7 or 8, not " + dataBits);
        }
        if (stopBits != 1 && stopBits != 2) {
            throw new IllegalArgumentException("stop bits: 1 or 2, not " + stopBits);
        }
    }

    /// What nearly all UPSes use: 8 data bits, no parity, one stop bit, no flow control.
    public static SerialSettings of(int speed) {
        return new SerialSettings(speed, 8, Parity.NONE, 1, Flow.NONE);
    }
}
