package org.nutjvm.tools.upslog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.log.PlainLog;

/// Where lines go: a file, or standard output. A line that cannot be written (a full disk) is lost, and that is said,
/// once at first and then every hour; the next line is tried all the same.
final class Target implements AutoCloseable {
    /// The name that means standard output.
    static final String STDOUT = "-";

    private static final long REMIND_NANOS = TimeUnit.HOURS.toNanos(1);

    private final String name;
    private final OutputStream stdout;
    private final PlainLog log;
    private @Nullable FileChannel file;
    private boolean reopen;

    /// Whether the last line was cut off by a failure.
    private boolean torn;

    private long lost;
    private long saidNanos;

    /// @param stdout what to write to if the name is `-`
    Target(String name, OutputStream stdout, PlainLog log) {
        this.name = name;
        this.stdout = stdout;
        this.log = log;
    }

    boolean isStdout() {
        return name.equals(STDOUT);
    }

    /// The name for people.
    String name() {
        return isStdout() ? "stdout" : name;
    }

    /// Opens the file, to write at its end.
    void open() throws IOException {
        if (!isStdout()) {
            file = FileChannel.open(
                    Path.of(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        }
    }

    /// Opens the file anew, for it may have been moved away. Until that works, what was open is used on.
    void reopen() {
        reopen = !isStdout();
        tryReopen();
    }

    private void tryReopen() {
        if (!reopen) {
            return;
        }
        FileChannel before = file;
        try {
            open();
            reopen = false;
            torn = false;
            if (before != null) {
                before.close();
            }
        } catch (IOException e) {
            log.error("could not reopen logfile " + name + ": " + Reasons.of(e)
                    + "; going on with the old one, and trying again with each line");
        }
    }

    /// Writes a line.
    ///
    /// @param nowNanos the time, for reminders
    void write(String line, long nowNanos) {
        tryReopen();
        var bytes = ByteBuffer.wrap(((torn ? "\n" : "") + line + "\n").getBytes(StandardCharsets.ISO_8859_1));
        try {
            FileChannel channel = file;
            if (channel == null) {
                stdout.write(bytes.array());
                stdout.flush();
                bytes.position(bytes.limit());
            }
            while (channel != null && bytes.hasRemaining()) {
                channel.write(bytes);
            }
            torn = false;
            if (lost > 0) {
                log.notice("Writing to " + name() + " works again; lines lost: " + lost);
                lost = 0;
            }
        } catch (IOException e) {
            torn |= bytes.position() > 0;
            lost++;
            if (lost == 1 || nowNanos - saidNanos >= REMIND_NANOS) {
                saidNanos = nowNanos;
                log.error("Can't write to " + name() + ": " + Reasons.of(e) + "; lines lost so far: " + lost
                        + ", trying again with each line");
            }
        }
    }

    @Override
    public void close() {
        FileChannel channel = file;
        if (channel != null) {
            file = null;
            try {
                channel.close();
            } catch (IOException e) {
                log.error("Can't close " + name + ": " + Reasons.of(e));
            }
        }
    }
}
