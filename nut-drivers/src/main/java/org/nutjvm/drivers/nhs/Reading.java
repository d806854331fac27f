package org.nutjvm.drivers.nhs;

/// How a device is at one moment: the packet it sends by itself (drivers/nhs_ser.c: pkt_data).
final class Reading {
    private static final int STATUS = 17;

    private final byte[] packet;

    Reading(byte[] packet) {
        this.packet = packet.clone();
    }

    /// A byte of it.
    int at(int index) {
        return packet[index] & 0xff;
    }

    /// A number in two bytes: what is before the point, and the digits after it.
    double number(int index) {
        int after = at(index + 1);
        return at(index) + (after < 10 ? after / 10.0 : after < 100 ? after / 100.0 : after / 1000.0);
    }

    /// A bit of the state, the lowest first.
    private boolean state(int bit) {
        return (at(STATUS) >> bit & 1) == 1;
    }

    /// Volts of one battery; a device that has nothing after the point means tenths.
    double battery() {
        return at(6) == 0 ? number(5) / 10 : number(5);
    }

    double input() {
        return number(3);
    }

    double lowestInput() {
        return number(8);
    }

    double highestInput() {
        return number(10);
    }

    double output() {
        return number(12);
    }

    double temperature() {
        return number(14);
    }

    /// Load in percent.
    int load() {
        return at(7);
    }

    boolean onBattery() {
        return state(0);
    }

    boolean low() {
        return state(1);
    }

    boolean failure() {
        return state(2);
    }

    boolean briefFailure() {
        return state(3);
    }

    boolean input220() {
        return state(4);
    }

    boolean output220() {
        return state(5);
    }

    boolean bypass() {
        return state(6);
    }

    boolean charging() {
        return state(7);
    }
}
