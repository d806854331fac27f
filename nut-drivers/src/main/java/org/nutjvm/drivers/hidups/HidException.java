package org.nutjvm.drivers.hidups;

import java.io.IOException;

/// A transfer that failed, with what that says of the link.
public final class HidException extends IOException {
    private static final long serialVersionUID = 1L;

    /// Kinds of failure.
    public enum Kind {
        /// The device does not know this report: nothing is wrong with the link.
        STALL(false),
        /// The device did not answer in time.
        TIMEOUT(false),
        /// More came than was asked for.
        OVERFLOW(false),
        /// Input/output error; some devices have them now and then on single reports.
        IO(false),
        /// The device has been unplugged, or left the bus for a moment.
        GONE(true),
        /// Somebody else holds the device.
        BUSY(true),
        /// Not allowed.
        ACCESS(true),
        /// Anything else that a new connection may cure.
        BROKEN(true),
        /// Anything else.
        OTHER(false);

        private final boolean linkLost;

        Kind(boolean linkLost) {
            this.linkLost = linkLost;
        }

        /// Whether the connection has to be made anew.
        public boolean linkLost() {
            return linkLost;
        }
    }

    private final Kind kind;

    public HidException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
