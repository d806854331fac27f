package org.nutjvm.upssched;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.log.PlainLog;

/// The short-lived side of the socket: gives an order to the timer daemon, and has the daemon started if it takes one
/// (clients/upssched.c: sendcmd, check_parent).
///
/// No order is lost when a daemon leaves at the same moment: what it has not confirmed is given to the next. Nor does a
/// cancellation overtake the start of a timer whose daemon is just coming up: who starts the daemon holds a lock until
/// the timer runs, and a cancellation waits for that.
final class Caller {
    /// Starts the timer daemon with its first order and returns when that is carried out.
    interface Starter {
        /// Does it: 0, or {@link TimerDaemon#NOT_NEEDED}, or another exit code when it could not start.
        int start(String firstLine);
    }

    /// What became of an order.
    enum Outcome {
        DONE,
        /// There is no daemon, so there is nothing to cancel or list.
        NO_DAEMON,
        FAILED
    }

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int MAX_STARTS = 5;
    private static final String OK = "OK\n";
    private static final String ERR = "ERR";

    private final Path pipefn;
    private final Path lockfn;
    private final Starter starter;
    private final PlainLog log;

    Caller(Path pipefn, Path lockfn, Starter starter, PlainLog log) {
        this.pipefn = pipefn;
        this.lockfn = lockfn;
        this.starter = starter;
        this.log = log;
    }

    /// Asks for the table of timers.
    ///
    /// @return the table without what frames it; null if there is no daemon
    /// @throws IOException if the daemon does not give it to the end
    @Nullable
    String list() throws IOException {
        SocketChannel channel = connected();
        if (channel == null) {
            return null;
        }
        String answer = ask(channel, new Order.ListTimers().line());
        if (answer == null || !answer.startsWith(Table.BEGIN) || !answer.endsWith(Table.END + OK)) {
            throw new IOException("Unable to connect to daemon or connection was broken during listing");
        }
        return answer.substring(Table.BEGIN.length(), answer.length() - (Table.END + OK).length());
    }

    /// Gives an order to start or cancel a timer.
    Outcome give(Order order) {
        String line = order.line();
        boolean starts = order instanceof Order.Start;
        long end = System.nanoTime() + LIMIT.toNanos();
        int started = 0;
        try {
            while (System.nanoTime() < end && started < MAX_STARTS) {
                SocketChannel channel = connected();
                if (channel != null) {
                    String answer = ask(channel, line);
                    if (OK.equals(answer)) {
                        return Outcome.DONE;
                    }
                    if (answer != null && answer.startsWith(ERR)) {
                        log.error("read confirmation got [" + answer.strip() + "]");
                        return Outcome.FAILED;
                    }
                    log.debug(1, "read confirmation failed, trying again");
                } else if (starts) {
                    switch (startDaemon(line)) {
                        case 0 -> {
                            return Outcome.DONE;
                        }
                        case TimerDaemon.NOT_NEEDED -> log.debug(2, "somebody else starts the daemon");
                        default -> started++;
                    }
                } else if (!coming()) {
                    return Outcome.NO_DAEMON;
                }
            }
            log.error("Unable to connect to daemon and unable to start daemon");
        } catch (IOException e) {
            log.error("Failed to connect to parent and failed to create parent: " + Reasons.of(e));
        }
        return Outcome.FAILED;
    }

    private @Nullable SocketChannel connected() {
        try {
            return TimerSocket.connect(pipefn);
        } catch (IOException e) {
            log.debug(3, "connect to " + pipefn + ": " + e.getMessage());
            return null;
        }
    }

    /// Sends a line and reads what is answered, up to `OK` or `ERR`.
    ///
    /// @return null if the daemon ended without an answer
    /// @throws IOException if it does not answer in time
    private @Nullable String ask(SocketChannel channel, String line) throws IOException {
        var hungUp = new boolean[1];
        var patience = new Thread(() -> giveUp(channel, hungUp), "patience");
        patience.setDaemon(true);
        patience.start();
        try (channel) {
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
            var bytes = new ByteArrayOutputStream();
            var chunk = ByteBuffer.allocate(4096);
            while (channel.read(chunk) >= 0) {
                bytes.write(chunk.array(), 0, chunk.position());
                chunk.clear();
                if (complete(bytes)) {
                    return bytes.toString(StandardCharsets.ISO_8859_1);
                }
            }
            return null;
        } catch (IOException e) {
            synchronized (hungUp) {
                if (hungUp[0]) {
                    throw new IOException("the timer daemon at " + pipefn + " does not answer", e);
                }
            }
            return null; // it was leaving
        } finally {
            patience.interrupt();
        }
    }

    private static void giveUp(SocketChannel channel, boolean[] hungUp) {
        try {
            Thread.sleep(ANSWER);
            synchronized (hungUp) {
                hungUp[0] = true;
            }
            channel.close();
        } catch (InterruptedException | IOException e) {
            Thread.currentThread().interrupt(); // answered in time
        }
    }

    private static boolean complete(ByteArrayOutputStream bytes) {
        String all = bytes.size() < 64 ? bytes.toString(StandardCharsets.ISO_8859_1) : tail(bytes);
        return all.endsWith('\n' + OK) || all.equals(OK) || (all.startsWith(ERR) && all.endsWith("\n"));
    }

    private static String tail(ByteArrayOutputStream bytes) {
        byte[] all = bytes.toByteArray();
        return new String(all, all.length - OK.length() - 1, OK.length() + 1, StandardCharsets.ISO_8859_1);
    }

    /// Starts the daemon, unless another is about to: then waits a little.
    private int startDaemon(String line) throws IOException {
        try (StartLock lock = StartLock.open(lockfn)) {
            if (lock.toStart()) {
                return TimerSocket.served(pipefn) ? TimerDaemon.NOT_NEEDED : starter.start(line);
            }
        }
        pause();
        return TimerDaemon.NOT_NEEDED;
    }

    /// Whether a daemon is about to come or to leave; then waits a little. Without a lock file there was none.
    private boolean coming() throws IOException {
        if (!Files.exists(lockfn)) {
            return false;
        }
        try (StartLock lock = StartLock.open(lockfn)) {
            if (lock.toStart() && lock.toServe()) {
                return TimerSocket.served(pipefn);
            }
        }
        pause();
        return true;
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
