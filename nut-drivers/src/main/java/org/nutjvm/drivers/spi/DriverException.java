package org.nutjvm.drivers.spi;

/// The driver cannot go on; the message is what the administrator reads before the program ends.
public class DriverException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    public DriverException(String message) {
        this(1, message);
    }

    /// Ends the program with another exit code than 1.
    public DriverException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    /// Never null, unlike the inherited one.
    public String text() {
        var message = getMessage();
        return message == null ? "unknown reason" : message;
    }
}
