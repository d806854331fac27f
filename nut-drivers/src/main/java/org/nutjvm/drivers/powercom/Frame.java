package org.nutjvm.drivers.powercom;

/// An answer of the device. No checksum protects it.
final class Frame {
    static final int LOAD = 0;
    static final int CHARGE = 1;
    static final int INPUT_VOLTAGE = 2;
    static final int OUTPUT_VOLTAGE = 3;
    static final int INPUT_FREQUENCY = 4;
    static final int VERSION = 5;
    static final int OUTPUT_FREQUENCY = 6;
    static final int STATUS_A = 9;
    static final int STATUS_B = 10;
    static final int FAMILY = 11;
    static final int MODEL = 12;
    static final int INVERTER = 15;

    /// Of the first byte of status.
    static final int ON_BATTERY = 1;

    static final int LOW = 2;
    static final int AVR = 8;
    static final int AVR_MODE = 16;
    static final int OVERLOAD = 32;
    static final int OFF = 128;

    /// Of the second.
    static final int BAD_BATTERY = 2;

    static final int TEST = 4;

    private static final int STEADY = 0;
    private static final int MOVING = 4;
    private static final int MEANINGLESS = -1;

    private final int[] bytes;

    Frame(int[] bytes) {
        this.bytes = bytes;
    }

    /// How much each byte may move by itself.
    static int[] tolerances(int length) {
        int[] all = new int[length];
        for (int i = 0; i < length; i++) {
            all[i] = switch (i) {
                case VERSION, STATUS_A, STATUS_B, FAMILY, MODEL -> STEADY;
                case LOAD, CHARGE, INPUT_VOLTAGE, OUTPUT_VOLTAGE, INPUT_FREQUENCY, OUTPUT_FREQUENCY, INVERTER -> MOVING;
                default -> MEANINGLESS;
            };
        }
        return all;
    }

    /// The byte at a place; 0 for those behind the end.
    int at(int index) {
        return index < bytes.length ? bytes[index] : 0;
    }

    boolean status(int bit) {
        return (at(STATUS_A) & bit) != 0;
    }

    /// Number of the model in its family's list.
    int model() {
        return at(MODEL) / 16;
    }

    /// Number of the nominal voltage.
    int nominal() {
        return at(MODEL) % 16;
    }
}
