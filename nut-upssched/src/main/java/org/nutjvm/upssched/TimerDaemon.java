package org.nutjvm.upssched;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.io.PidFile;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.log.PlainLog;

/// The timer daemon (clients/upssched.c: start_daemon): one thread with a selector owns the timers, the connections and
/// the scripts. It is started with its first order, which it carries out before anybody can reach it, and ends when
/// there has been nothing to do for a while.
final class TimerDaemon {
    /// Exit code of one that found another serving.
    static final int NOT_NEEDED = 3;

    /// How long it stays with no timer (EMPTY_WAIT passes of a second).
    static final Duration EMPTY_WAIT = Duration.ofSeconds(15);

    private static final Duration LOOK_ROUND = Duration.ofSeconds(1);
    private static final Duration PREDECESSOR = Duration.ofSeconds(10);
    private static final int CLIENTS = 64;
    private static final int CHUNK = 1024;

    private final Path pipefn;
    private final Path lockfn;
    private final Path pidFile;
    private final Duration emptyWait;
    private final PlainLog log;
    private final Timers timers = new Timers();
    private final List<Connection> connections = new ArrayList<>();
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    private final Selector selector;
    private final Scripts scripts;
    private @Nullable TimerSocket socket;
    private Duration lastBusy = Duration.ZERO;
    private volatile boolean stopped;

    /// @param env what scripts inherit
    /// @param emptyWait how long to stay with no timer
    TimerDaemon(
            Path pipefn,
            Path lockfn,
            Path pidFile,
            List<String> cmdscript,
            Map<String, String> env,
            Duration emptyWait,
            PlainLog log)
            throws IOException {
        this.pipefn = pipefn;
        this.lockfn = lockfn;
        this.pidFile = pidFile;
        this.emptyWait = emptyWait;
        this.log = log;
        this.selector = Selector.open();
        this.scripts = new Scripts(cmdscript, env, false, log, selector::wakeup);
    }

    /// Serves until there is nothing to do any more, or {@link #stop}.
    ///
    /// @param first its first order
    /// @param ready called when it can be reached
    /// @return the exit code
    int run(Order first, Runnable ready) throws IOException {
        try (StartLock lock = StartLock.open(lockfn)) {
            if (!alone(lock)) {
                return NOT_NEEDED;
            }
            carryOut(first);
            listen();
            log.detail("Timer daemon started");
            writePid();
            ready.run();
            lastBusy = now();
            serve();
            return 0;
        } finally {
            close();
        }
    }

    /// Ends {@link #run}; for any thread.
    void stop() {
        stopped = true;
        selector.wakeup();
    }

    /// Waits while a daemon is leaving, or coming. One that holds the lock and cannot be reached must not keep timers
    /// from running.
    private boolean alone(StartLock lock) throws IOException {
        Duration end = now().plus(PREDECESSOR);
        while (!TimerSocket.served(pipefn)) {
            if (lock.toServe()) {
                return !TimerSocket.served(pipefn);
            }
            if (now().compareTo(end) > 0) {
                log.warning("Another timer daemon holds " + lockfn + " and does not answer at " + pipefn
                        + ", taking its place");
                return true;
            }
            pause();
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() throws IOException {
        socket = TimerSocket.listen(pipefn);
        socket.server().register(selector, SelectionKey.OP_ACCEPT);
    }

    private void writePid() {
        try {
            PidFile.write(pidFile);
        } catch (IOException e) {
            log.notice("writepid: fopen " + pidFile + ": " + Reasons.of(e));
        }
    }

    private void serve() throws IOException {
        while (!stopped) {
            Duration now = now();
            for (Timer timer : timers.expire(now)) {
                log.detail("Event: " + timer.name() + " ");
                scripts.run(timer.name(), timer.cause(), now);
            }
            scripts.work(now);
            if (!timers.isEmpty() || scripts.busy(now)) {
                lastBusy = now;
            } else if (now.minus(lastBusy).compareTo(emptyWait) >= 0) {
                log.detail("Timer queue empty, exiting");
                scripts.leave();
                return;
            }
            selector.select(Math.max(1, pause(now).toMillis() + 1));
            takeCalls();
            if (socket != null && !socket.inPlace()) {
                reopen(socket);
            }
        }
        log.debug(1, "Asked to stop: exiting");
    }

    private Duration pause(Duration now) {
        Duration pause = LOOK_ROUND;
        Duration timer = timers.untilNext(now).orElse(pause);
        Duration script = scripts.untilNext(now);
        pause = timer.compareTo(pause) < 0 ? timer : pause;
        return script != null && script.compareTo(pause) < 0 ? script : pause;
    }

    /// Somebody has removed the socket's file while timers run: nobody could cancel them any more.
    private void reopen(TimerSocket lost) throws IOException {
        if (TimerSocket.served(pipefn)) {
            return; // a successor's: what runs here still does
        }
        try {
            lost.close();
            listen();
            log.warning(pipefn + " was gone, made it again");
        } catch (IOException e) {
            socket = lost;
            log.debug(1, "cannot make " + pipefn + " again: " + Reasons.of(e));
        }
    }

    private void takeCalls() {
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.isValid() && key.isAcceptable()) {
                accept();
            } else if (key.isValid() && key.attachment() instanceof Connection connection) {
                if (!connection.exchange(chunk, this::answer)) {
                    connection.close();
                    connections.remove(connection);
                }
            }
        }
        selector.selectedKeys().clear();
    }

    /// When there are too many, the one that has been there longest goes. A failure, such as no descriptor left, must
    /// not cost the timers that run.
    private void accept() {
        SocketChannel channel = null;
        try {
            while (socket != null && (channel = socket.server().accept()) != null) {
                if (connections.size() >= CLIENTS) {
                    connections.removeFirst().close();
                }
                connections.add(new Connection(channel, selector, log));
            }
        } catch (IOException e) {
            log.error("accept on unix fd failed: " + Reasons.of(e));
            discard(channel);
            pause();
        }
    }

    private void discard(@Nullable SocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            log.debug(3, "closing connection: " + e);
        }
    }

    /// Carries out a line and says what to answer.
    private String answer(List<String> words) {
        return carryOut(Order.of(words));
    }

    private String carryOut(Order order) {
        Duration now = now();
        return switch (order) {
            case Order.Start start -> start(start, now);
            case Order.Cancel cancel -> cancel(cancel, now);
            case Order.ListTimers _ -> Table.of(timers.all(), now, System.currentTimeMillis() / 1000) + "OK\n";
            case Order.Unknown unknown -> {
                log.info("Unknown command on socket: ");
                for (int i = 0; i < unknown.words().size(); i++) {
                    log.info("arg " + i + ": " + unknown.words().get(i));
                }
                yield "ERR UNKNOWN\n";
            }
        };
    }

    private String start(Order.Start start, Duration now) {
        if (start.seconds() < 0) {
            log.info("bogus offset for timer, ignoring");
            return "OK\n";
        }
        if (!timers.start(start.name(), Duration.ofSeconds(start.seconds()), start.shared(), start.cause(), now)) {
            log.error("No more than " + Timers.LIMIT + " timers: " + start.name() + " is not started");
            return "ERR TOO-MANY-TIMERS\n";
        }
        log.detail((start.shared() ? "New or shared timer: " : "New timer: ") + start.name() + "\t["
                + start.cause().type() + "]\t[" + start.cause().ups() + "]\t["
                + start.cause().message() + "]\t(will elapse in " + start.seconds() + " seconds)");
        return "OK\n";
    }

    private String cancel(Order.Cancel cancel, Duration now) {
        if (timers.cancel(cancel.name(), cancel.matched(), cancel.cause())) {
            String message = cancel.cause().message();
            log.detail("Cancelling timer: " + cancel.name() + (message.isEmpty() ? "" : ": " + message));
        } else if (!cancel.otherwise().isEmpty()) {
            log.detail("Cancel " + cancel.name() + ", event: " + cancel.otherwise());
            scripts.run(cancel.otherwise(), cancel.cause(), now);
        }
        return "OK\n";
    }

    private void close() throws IOException {
        TimerSocket open = socket;
        socket = null;
        if (open != null) {
            open.close();
            PidFile.remove(pidFile);
        }
        for (Connection connection : connections) {
            connection.close();
        }
        selector.close();
    }

    private static Duration now() {
        return Duration.ofNanos(System.nanoTime());
    }
}
