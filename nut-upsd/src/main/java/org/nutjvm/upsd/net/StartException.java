package org.nutjvm.upsd.net;

/// Why the server cannot start, as one sentence for the administrator (C: fatalx).
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }
}
