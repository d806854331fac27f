package org.nutjvm.common.log;

import org.jspecify.annotations.Nullable;

/// What `NUT_DEBUG_SYSLOG` asks for (common/common.c: syslog_is_disabled).
enum DebugSyslog {
    /// Foreground on standard error, background to the system's log.
    DEFAULT,
    /// To the system's log in the foreground too.
    SYSLOG,
    /// On standard error, in the background too.
    STDERR,
    /// On standard error in the foreground, nowhere in the background.
    NONE,
    /// A word nobody knows, taken for the default.
    UNKNOWN;

    static DebugSyslog of(@Nullable String value) {
        return switch (value) {
            case null -> DEFAULT;
            case "default" -> DEFAULT;
            case "syslog", "true" -> SYSLOG;
            case "stderr" -> STDERR;
            case "none", "false" -> NONE;
            default -> UNKNOWN;
        };
    }

    boolean inBackground() {
        return this != STDERR && this != NONE;
    }

    boolean stderrInBackground() {
        return this == STDERR;
    }
}
