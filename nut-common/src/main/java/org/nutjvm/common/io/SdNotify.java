package org.nutjvm.common.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// Tells systemd how a daemon fares (sd_notify(3); common/common.c: upsnotify). Without `NOTIFY_SOCKET` every
/// call does nothing, except that the first says so once, as upstream does, unless `NUT_QUIET_INIT_UPSNOTIFY` is
/// true.
///
/// A message that cannot be delivered is debugged and otherwise ignored: the daemon's work goes on. One thread
/// uses an instance.
public final class SdNotify {
    private final @Nullable String socket;
    private final boolean quiet;
    private final Optional<Duration> watchdogPeriod;
    private final Consumer<String> info;
    private final Consumer<String> debug;
    private @Nullable UnixDatagram connection;
    private boolean saidAbsent;

    private SdNotify(
            @Nullable String socket,
            boolean quiet,
            Optional<Duration> watchdogPeriod,
            Consumer<String> info,
            Consumer<String> debug) {
        this.info = info;
        this.debug = debug;
        this.socket = socket;
        this.quiet = quiet;
        this.watchdogPeriod = watchdogPeriod;
    }

    /// For a process with this environment, which logs through SLF4J.
    public static SdNotify of(Map<String, String> env) {
        var log = LoggerFactory.getLogger(SdNotify.class);
        return of(env, log::info, log::debug);
    }

    /// For a process with this environment, which says in its own way that nobody is to be notified, and debugs.
    public static SdNotify of(Map<String, String> env, Consumer<String> info, Consumer<String> debug) {
        String socket = env.get("NOTIFY_SOCKET");
        boolean quiet = switch (env.getOrDefault("NUT_QUIET_INIT_UPSNOTIFY", "").toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            default -> false;
        };
        return new SdNotify(
                socket == null || socket.isEmpty() ? null : socket, quiet, watchdogPeriod(env), info, debug);
    }

    /// How long systemd waits for a sign of life, if it does so for this process (`WATCHDOG_USEC`,
    /// `WATCHDOG_PID`). A daemon calls {@link #watchdog} twice in that time or oftener.
    public Optional<Duration> watchdogPeriod() {
        return watchdogPeriod;
    }

    /// Connects now: to be called before chroot and before root is given up.
    public void prepare() {
        if (socket != null) {
            connect(socket);
        }
    }

    /// The daemon serves, after its start or after a reload.
    public void ready() {
        send("READY", "READY=1\nMAINPID=" + ProcessHandle.current().pid() + monotonic());
    }

    /// The daemon reads its configuration again; {@link #ready} follows.
    public void reloading() {
        send("RELOADING", "RELOADING=1" + monotonic());
    }

    /// The daemon ends.
    ///
    /// @param why one line for `systemctl status`
    public void stopping(String why) {
        send("STOPPING", "STATUS=" + oneLine(why) + "\nSTOPPING=1");
    }

    /// What the daemon does now, ending above all, may take so long from now on before systemd may call it stuck.
    public void extendTimeout(Duration more) {
        send("EXTEND_TIMEOUT", "EXTEND_TIMEOUT_USEC=" + more.toNanos() / 1000);
    }

    /// One line for `systemctl status`.
    public void status(String text) {
        send("STATUS", "STATUS=" + oneLine(text));
    }

    /// The daemon is alive. Nothing is sent if nobody waits for it.
    public void watchdog() {
        if (watchdogPeriod.isPresent()) {
            send("WATCHDOG", "WATCHDOG=1");
        }
    }

    private void send(String state, String message) {
        if (socket == null) {
            sayAbsent(state);
            return;
        }
        byte[] datagram = message.getBytes(StandardCharsets.UTF_8);
        UnixDatagram open = connection == null ? connect(socket) : connection;
        if (open == null) {
            return;
        }
        try {
            open.send(datagram);
        } catch (IOException e) {
            disconnect(open);
            debug.accept("failed to notify about state " + state + ": " + e.getMessage());
        }
    }

    private @Nullable UnixDatagram connect(String name) {
        try {
            connection = UnixDatagram.to(name, true);
        } catch (IOException e) {
            debug.accept("failed to notify through " + name + ": " + e.getMessage());
        }
        return connection;
    }

    private void disconnect(UnixDatagram broken) {
        connection = null;
        try {
            broken.close();
        } catch (IOException e) {
            debug.accept("closing the notification socket: " + e.getMessage());
        }
    }

    private void sayAbsent(String state) {
        if (saidAbsent) {
            return;
        }
        saidAbsent = true;
        String said = "notify about state NOTIFY_STATE_" + state + " with libsystemd: was requested, but not running"
                + " as a service unit now, will not spam more about it";
        if (quiet) {
            debug.accept(said);
        } else {
            info.accept(said);
            debug.accept("On systems without service units, consider `export NUT_QUIET_INIT_UPSNOTIFY=true`");
        }
    }

    /// What `Type=notify-reload` wants: the time of this message on the system's monotonic clock, in
    /// microseconds.
    private static String monotonic() {
        return "\nMONOTONIC_USEC=" + System.nanoTime() / 1000;
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ');
    }

    private static Optional<Duration> watchdogPeriod(Map<String, String> env) {
        long micros = number(env.get("WATCHDOG_USEC"));
        long pid = number(env.get("WATCHDOG_PID"));
        boolean forUs = pid == 0 || pid == ProcessHandle.current().pid();
        return micros > 0 && forUs ? Optional.of(Duration.ofNanos(micros * 1000)) : Optional.empty();
    }

    private static long number(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
