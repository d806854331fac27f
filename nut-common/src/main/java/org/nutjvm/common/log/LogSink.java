package org.nutjvm.common.log;

/// Where a daemon's lines go besides standard error.
interface LogSink {
    /// Takes one line without its newline. Never throws and never waits for long: a daemon does not stop for its
    /// log.
    ///
    /// @param priority as syslog(3) numbers them, 0 to 7
    void write(int priority, String line);
}
