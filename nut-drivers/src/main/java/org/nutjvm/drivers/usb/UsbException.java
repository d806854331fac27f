package org.nutjvm.drivers.usb;

import java.io.IOException;

/// A USB request that failed.
public final class UsbException extends IOException {
    private static final long serialVersionUID = 1L;

    /// What libusb says.
    public enum Kind {
        /// The endpoint is halted, or the device does not know the request.
        STALL,
        TIMEOUT,
        /// More came than was asked for (babble).
        OVERFLOW,
        IO,
        /// Unplugged, or on its way back under another number.
        GONE,
        /// Somebody else has claimed the interface.
        BUSY,
        /// Not permitted.
        ACCESS,
        NOT_FOUND,
        NO_MEMORY,
        OTHER
    }

    private final Kind kind;

    public UsbException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
