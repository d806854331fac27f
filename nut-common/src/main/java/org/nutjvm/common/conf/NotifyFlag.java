package org.nutjvm.common.conf;

/// Where an event is told (NOTIFYFLAG); the constant is the word.
public enum NotifyFlag {
    SYSLOG,
    WALL,
    EXEC,
    /// Nowhere, whatever else is named beside it.
    IGNORE
}
