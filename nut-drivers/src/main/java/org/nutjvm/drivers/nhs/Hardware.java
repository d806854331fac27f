package org.nutjvm.drivers.nhs;

import java.nio.charset.StandardCharsets;

/// What a device is: the packet it sends when asked for it (drivers/nhs_ser.c: pkt_hwinfo).
final class Hardware {
    private static final int SERIAL = 16;
    private static final int SERIAL_LENGTH = 16;
    private static final String NO_SERIAL = "----------------";

    private final byte[] packet;

    Hardware(byte[] packet) {
        this.packet = packet.clone();
    }

    /// A byte of it.
    int at(int index) {
        return index < packet.length ? packet[index] & 0xff : 0;
    }

    /// One of the bits of a byte, the highest first.
    boolean bit(int index, int bit) {
        return (at(index) >> (7 - bit) & 1) == 1;
    }

    /// Whether it is the long form, with serial number and times.
    boolean isLong() {
        return packet.length == PacketReader.LONG_HARDWARE;
    }

    int model() {
        return at(3);
    }

    int batteries() {
        return at(7);
    }

    boolean input220() {
        return bit(14, 0);
    }

    boolean output220() {
        return bit(14, 1);
    }

    /// Input voltage below which it runs on battery.
    int undervoltage() {
        return at(input220() ? 10 : 8);
    }

    int overvoltage() {
        return at(input220() ? 11 : 9);
    }

    /// Nominal voltage.
    int voltage(boolean of220) {
        return at(of220 ? 13 : 12);
    }

    boolean beeper() {
        return !bit(6, 1);
    }

    String serial() {
        if (!isLong()) {
            return NO_SERIAL;
        }
        int end = SERIAL;
        while (end < SERIAL + SERIAL_LENGTH && packet[end] != 0) {
            end++;
        }
        return new String(packet, SERIAL, end - SERIAL, StandardCharsets.ISO_8859_1);
    }
}
