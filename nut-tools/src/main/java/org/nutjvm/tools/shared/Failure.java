package org.nutjvm.tools.shared;

/// Ends a program with exit code 1: the message in upstream's words, and a second line with what to check.
public final class Failure extends Exception {
    private static final long serialVersionUID = 1;

    private final String message;
    private final String hint;

    public Failure(String message) {
        this(message, "");
    }

    /// @param hint may be empty
    public Failure(String message, String hint) {
        super(message, null, false, false);
        this.message = message;
        this.hint = hint;
    }

    @Override
    public String getMessage() {
        return message;
    }

    public String hint() {
        return hint;
    }
}
