package org.nutjvm.upsd.session;

/// Something for the log.
public record Note(Level level, String text) {
    /// As in syslog.
    public enum Level {
        DEBUG,
        INFO,
        NOTICE,
        WARNING,
        ERROR
    }

    static Note info(String text) {
        return new Note(Level.INFO, text);
    }
}
