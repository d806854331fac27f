package org.nutjvm.common.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/// A program's log, as NUT's programs keep theirs (common/common.c: upslogx, upsdebugx, open_syslog,
/// background_child): plain lines on standard error; with debugging, each line with the time since the start and
/// debug messages with their level; in the background the system's log instead. All code logs through SLF4J and
/// knows nothing of this.
///
/// Environment: `NUT_DEBUG_LEVEL` counts where there is no `-D`; `NUT_DEBUG_PID` and `NUT_DEBUG_PROCNAME` put
/// more into the debug tags; `NUT_DEBUG_SYSLOG` is `stderr` (never to the system's log), `none` (nothing at all
/// in the background), `syslog` (to the system's log in the foreground too) or `default`. When standard error is
/// the journal (`JOURNAL_STREAM`) lines carry their priority as `<n>`.
///
/// With Logback it leaves 2.6 MB private in a daemon, so tools do without; the system's log adds the native calls
/// of {@link org.nutjvm.common.io.Posix}, in the background only.
///
/// One JVM may run several programs, each with a log of its own: a thread logs to the one that was started in it
/// or in the thread that made it, and a thread that has none to the one started last.
public final class Logging implements AutoCloseable {
    private static final InheritableThreadLocal<Logging> OWN = new InheritableThreadLocal<>();
    private static final List<Logging> RUNNING = new CopyOnWriteArrayList<>();
    private static final int MAX_THRESHOLD = 7;

    private final String program;
    private final PrintStream err;
    private final DebugSyslog mode;
    private final boolean pidInTag;
    private final boolean programInTag;
    private final boolean journal;
    private final long startNanos = System.nanoTime();
    private volatile String tag;
    private volatile int debugLevel;
    private volatile int threshold = MAX_THRESHOLD;
    private volatile boolean toStderr = true;
    private volatile @Nullable LogSink system;

    private Logging(String program, Map<String, String> env, PrintStream err, int debugLevel) {
        this.program = program;
        this.err = err;
        this.debugLevel = debugLevel;
        this.tag = program;
        this.mode = DebugSyslog.of(env.get("NUT_DEBUG_SYSLOG"));
        this.pidInTag = env.containsKey("NUT_DEBUG_PID");
        this.programInTag = env.containsKey("NUT_DEBUG_PROCNAME");
        this.journal = JournalStream.isStderr(env.get("JOURNAL_STREAM"));
    }

    /// Starts a program's log on standard error.
    ///
    /// @param program the name in tags and in the system's log
    /// @param debugCount how many `-D` there were; without any, `NUT_DEBUG_LEVEL` decides, and that is said
    public static Logging start(String program, Map<String, String> env, PrintStream err, int debugCount) {
        int wished = debugCount > 0 ? 0 : number(env.get("NUT_DEBUG_LEVEL"));
        var logging = new Logging(program, env, err, Math.max(debugCount, wished));
        OWN.set(logging);
        RUNNING.add(logging);
        NutAppender.install(context());
        adjust();
        var log = LoggerFactory.getLogger(Logging.class);
        if (wished > 0) {
            log.info(
                    "Defaulting debug verbosity to NUT_DEBUG_LEVEL={} since none was requested by command-line options",
                    wished);
        }
        if (logging.mode == DebugSyslog.UNKNOWN) {
            log.info(
                    "unknown NUT_DEBUG_SYSLOG='{}' value, ignored (assuming enabled)",
                    env.getOrDefault("NUT_DEBUG_SYSLOG", ""));
        } else if (logging.mode == DebugSyslog.SYSLOG) {
            logging.system = SystemLog.open(program);
        }
        return logging;
    }

    /// The log of this thread, or the one started last.
    static @Nullable Logging current() {
        Logging own = OWN.get();
        if (own != null && RUNNING.contains(own)) {
            return own;
        }
        return RUNNING.isEmpty() ? null : RUNNING.getLast();
    }

    /// How much is debugged now: 0 nothing, 6 everything.
    public int debugLevel() {
        return debugLevel;
    }

    /// Debugs more or less from now on: `driver.debug`, `DEBUG_MIN` after a reload.
    public void debugLevel(int level) {
        debugLevel = Math.max(0, level);
        adjust();
    }

    /// Another name in the debug tags, such as the device a driver serves (common/common.c: setproctag). It
    /// stands alone, with `NUT_DEBUG_PROCNAME` after the program's.
    public void tag(String tag) {
        this.tag = tag;
    }

    /// `-q`, so many times: leaves out of the system's log what is less than notice (1), ... emergency (7);
    /// standard error still gets all, as upstream, unless it is the journal.
    ///
    /// @throws IllegalArgumentException with upstream's words if there is no such threshold
    public void quiet(int times) {
        if (times < 0 || times > MAX_THRESHOLD) {
            throw new IllegalArgumentException("Invalid log level threshold");
        }
        threshold = MAX_THRESHOLD - times;
    }

    /// Logs to the system's log as well from now on, unless `NUT_DEBUG_SYSLOG` forbids it: what a program does
    /// that is going to be a background daemon, before chroot and before root is given up.
    public void prepareBackground() {
        if (system == null && mode.inBackground()) {
            system = SystemLog.open(program);
        }
    }

    /// From now on to the system's log in place of standard error, as far as `NUT_DEBUG_SYSLOG` lets it.
    public void background() {
        prepareBackground();
        toStderr = mode.stderrInBackground();
        LoggerFactory.getLogger(Logging.class).info("Startup successful: {}", program);
    }

    /// Ends this log; what comes later goes to another that is running, or to standard error.
    @Override
    public void close() {
        RUNNING.remove(this);
        if (OWN.get() == this) {
            OWN.remove();
        }
        adjust();
    }

    void write(ILoggingEvent event) {
        List<Marker> markers = event.getMarkerList() == null ? List.of() : event.getMarkerList();
        int level = Priority.debugLevel(event.getLevel(), markers);
        if (level > debugLevel) {
            return;
        }
        int priority = Priority.of(event.getLevel(), markers);
        String text = text(event);
        emit(priority, level == 0 ? text : tag(level) + text);
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null && (debugLevel > 0 || event.getLevel().isGreaterOrEqual(Level.ERROR))) {
            for (StackTraceElementProxy frame : thrown.getStackTraceElementProxyArray()) {
                emit(priority, "    at " + frame.getStackTraceElement());
            }
        }
    }

    private static String text(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        String text = event.getFormattedMessage();
        return thrown == null ? text : text + ": " + thrown.getClassName() + ": " + thrown.getMessage();
    }

    private String tag(int level) {
        var text = new StringBuilder("[D").append(level);
        if (pidInTag) {
            text.append(':').append(ProcessHandle.current().pid());
        }
        if (programInTag && !tag.equals(program)) {
            text.append(':').append(program);
        }
        return text.append(':').append(tag).append("] ").toString();
    }

    private void emit(int priority, String text) {
        String safe = LogText.printable(text);
        LogSink sink = system;
        if (sink != null && priority <= threshold) {
            sink.write(priority, safe);
        }
        if (toStderr && (!journal || priority <= threshold)) {
            var line = new StringBuilder(safe.length() + 24);
            if (journal) {
                line.append('<').append(priority).append('>');
            }
            if (debugLevel > 0) {
                LogText.stamp(line, System.nanoTime() - startNanos);
            }
            err.print(line.append(safe).append('\n'));
            err.flush();
        }
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    /// Lets through what any of the running programs wants to see.
    private static void adjust() {
        int most = 0;
        for (Logging logging : RUNNING) {
            most = Math.max(most, logging.debugLevel);
        }
        context().getLogger(Logger.ROOT_LOGGER_NAME).setLevel(most == 0 ? Level.INFO : Level.TRACE);
    }

    /// A debug level from the environment; what is no number counts for nothing, nor does an empty value.
    private static int number(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
