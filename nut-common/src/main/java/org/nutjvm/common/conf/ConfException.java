package org.nutjvm.common.conf;

import java.io.IOException;

/// A configuration file that cannot be read at all. The message is one sentence for the administrator which names the
/// file and what to do; where C has a wording of its own ("Can't open /etc/nut/upsd.conf: No such file or directory")
/// the message begins with it.
public final class ConfException extends IOException {
    private static final long serialVersionUID = 1L;

    /// What is wrong with the file.
    public enum Reason {
        /// There is no such file.
        MISSING,
        /// The file is there, but this user may not read it.
        UNREADABLE,
        /// The name is that of a directory.
        DIRECTORY,
        /// The file holds something else than text.
        BINARY,
        /// The file is longer than {@link ConfReader#MAX_BYTES}.
        TOO_LONG,
        /// The process has no file descriptor left: closing a connection and trying again may help.
        NO_DESCRIPTOR,
        /// The device or the file system failed while the file was opened or read.
        FAILED
    }

    private final Reason reason;
    private final String message;

    ConfException(Reason reason, String message) {
        super(message);
        this.reason = reason;
        this.message = message;
    }

    ConfException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.message = message;
    }

    /// A file that is at none of the places where it may be.
    public static ConfException missing(String message) {
        return new ConfException(Reason.MISSING, message);
    }

    /// What is wrong with the file.
    public Reason reason() {
        return reason;
    }

    /// The sentence for the administrator.
    @Override
    public String getMessage() {
        return message;
    }
}
