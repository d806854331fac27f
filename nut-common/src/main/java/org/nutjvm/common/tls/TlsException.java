package org.nutjvm.common.tls;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Encryption that was asked for and cannot be had as it is set up. The message is one sentence for the
/// administrator: the file, what is wrong with it, and what to do.
public final class TlsException extends IOException {
    private static final long serialVersionUID = 1;

    private final String message;

    public TlsException(String message) {
        this(message, null);
    }

    TlsException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
