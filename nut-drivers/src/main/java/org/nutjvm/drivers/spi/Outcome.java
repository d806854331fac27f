package org.nutjvm.drivers.spi;

/// What became of a command or of a variable to set (drivers/upshandler.h), with the number that travels in
/// TRACKING lines.
public enum Outcome {
    /// Done.
    HANDLED(0),
    /// No such command or variable.
    UNKNOWN(1),
    /// Not possible so: not writable, not allowed now, parameter out of place.
    INVALID(2),
    /// The device refused or did not answer.
    FAILED(3),
    /// The value cannot be made into what the device wants.
    CONVERSION_FAILED(4);

    private final int code;

    Outcome(int code) {
        this.code = code;
    }

    /// The number on the wire.
    public int code() {
        return code;
    }
}
