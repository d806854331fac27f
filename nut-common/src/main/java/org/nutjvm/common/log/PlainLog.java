package org.nutjvm.common.log;

import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The log of a program that comes and goes, without SLF4J and Logback, which take longer to load than such a program
/// runs: to the system's log and, as far as anybody reads that, to standard error (common/common.c: upslogx,
/// upsdebugx, open_syslog, syslogbit_set).
///
/// `NUT_DEBUG_SYSLOG`, `NUT_DEBUG_LEVEL`, `NUT_DEBUG_PID` and `NUT_DEBUG_PROCNAME` are heeded as {@link Logging} does.
/// When standard error is the journal nothing is written there, for the line gets there by the system's log, under the
/// right name. Nothing is opened before there is something to say. For any thread.
public final class PlainLog {
    private static final int LOG_ERR = 3;
    private static final int LOG_WARNING = 4;
    private static final int LOG_NOTICE = 5;
    private static final int LOG_INFO = 6;
    private static final int LOG_DEBUG = 7;

    private final String program;
    private final Map<String, String> env;
    private final PrintStream err;
    private final DebugSyslog mode;
    private final long startNanos = System.nanoTime();
    private int debugLevel;
    private boolean toStderr;
    private @Nullable LogSink system;

    /// @param program the name in the system's log
    /// @param debugCount how many `-D` there were; without any, `NUT_DEBUG_LEVEL` decides, and that is said
    public PlainLog(String program, Map<String, String> env, PrintStream err, int debugCount) {
        this(program, env, err, debugCount, true);
    }

    private PlainLog(String program, Map<String, String> env, PrintStream err, int debugCount, boolean toSystem) {
        this.program = program;
        this.env = env;
        this.err = err;
        this.mode = toSystem ? DebugSyslog.of(env.get("NUT_DEBUG_SYSLOG")) : DebugSyslog.STDERR;
        this.toStderr = mode == DebugSyslog.STDERR || !JournalStream.isStderr(env.get("JOURNAL_STREAM"));
        this.debugLevel = debugCount;
        int wished = debugCount > 0 ? 0 : number(env.get("NUT_DEBUG_LEVEL"));
        if (wished > 0) {
            debugLevel = wished;
            info("Defaulting debug verbosity to NUT_DEBUG_LEVEL=" + wished
                    + " since none was requested by command-line options");
        }
    }

    /// The log of a program that upstream never lets near the system's log: to standard error alone, whatever
    /// `NUT_DEBUG_SYSLOG` says.
    public static PlainLog onStderr(String program, Map<String, String> env, PrintStream err, int debugCount) {
        return new PlainLog(program, env, err, debugCount, false);
    }

    /// How much is debugged: 0 nothing.
    public synchronized int debugLevel() {
        return debugLevel;
    }

    /// Debugs at least so much from now on: `DEBUG_MIN`.
    public synchronized void atLeast(int level) {
        debugLevel = Math.max(debugLevel, level);
    }

    /// From now on to standard error only if `NUT_DEBUG_SYSLOG` or debugging asks for it: this is a daemon.
    public synchronized void background() {
        toStderr &= mode.stderrInBackground() || debugLevel > 0;
    }

    public void error(String text) {
        write(LOG_ERR, text);
    }

    public void warning(String text) {
        write(LOG_WARNING, text);
    }

    public void notice(String text) {
        write(LOG_NOTICE, text);
    }

    public void info(String text) {
        write(LOG_INFO, text);
    }

    /// What upstream says at LOG_INFO, but only when something is debugged at all.
    public void detail(String text) {
        if (debugLevel() > 0) {
            write(LOG_INFO, text);
        }
    }

    /// `upsdebugx(level, ...)`.
    public void debug(int level, String text) {
        if (debugLevel() >= level) {
            var tag = new StringBuilder("[D").append(level);
            if (env.containsKey("NUT_DEBUG_PID")) {
                tag.append(':').append(ProcessHandle.current().pid());
            }
            if (env.containsKey("NUT_DEBUG_PROCNAME")) {
                tag.append(':').append(program);
            }
            write(LOG_DEBUG, tag.append("] ").append(text).toString());
        }
    }

    private synchronized void write(int priority, String text) {
        String safe = LogText.printable(text);
        if (mode.inBackground()) {
            if (system == null) {
                system = new LoggerCommand(program);
            }
            system.write(priority, safe);
        }
        if (toStderr) {
            var line = new StringBuilder(safe.length() + 24);
            if (debugLevel > 0) {
                LogText.stamp(line, System.nanoTime() - startNanos);
            }
            err.print(line.append(safe).append('\n'));
            err.flush();
        }
    }

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
