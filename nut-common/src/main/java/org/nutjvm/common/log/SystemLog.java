package org.nutjvm.common.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.io.Posix;
import org.nutjvm.common.io.UnixDatagram;

/// The system's log behind `/dev/log`, whoever listens there (journald, rsyslog, busybox):
/// `<priority>program[pid]: text`, facility daemon, one datagram a line. This is what syslog(3) sends without its
/// time stamp, which listeners put there themselves; knowing the local time zone would cost a daemon more memory
/// than the rest of this class. What cannot be delivered at once is dropped.
final class SystemLog implements LogSink {
    private static final String DEV_LOG = "/dev/log";
    private static final int LOG_DAEMON = 3 << 3;

    private static final int EAGAIN = 11;

    private final String socket;
    private final String identity;
    private @Nullable UnixDatagram connection;

    private SystemLog(String socket, String program) {
        this.socket = socket;
        this.identity = program + "[" + ProcessHandle.current().pid() + "]: ";
    }

    /// Connects now if somebody listens, and again with the next line if not.
    static SystemLog open(String program) {
        return open(DEV_LOG, program);
    }

    static SystemLog open(String socket, String program) {
        var log = new SystemLog(socket, program);
        log.connect();
        return log;
    }

    @Override
    public synchronized void write(int priority, String line) {
        byte[] datagram = ("<" + (LOG_DAEMON | priority) + ">" + identity + line).getBytes(StandardCharsets.UTF_8);
        if (!sent(datagram)) {
            connect(); // the listener was restarted: its socket is a new one
            sent(datagram);
        }
    }

    /// Whether there is no use in trying once more.
    private boolean sent(byte[] datagram) {
        if (connection == null) {
            return false;
        }
        try {
            connection.send(datagram);
            return true;
        } catch (Posix.PosixException e) {
            return e.errno() == EAGAIN; // the listener does not keep up
        } catch (IOException e) {
            return false;
        }
    }

    private void connect() {
        try {
            if (connection != null) {
                connection.close();
                connection = null;
            }
            connection = UnixDatagram.to(socket, false);
        } catch (IOException e) {
            connection = null; // there is no other place to tell it
        }
    }
}
