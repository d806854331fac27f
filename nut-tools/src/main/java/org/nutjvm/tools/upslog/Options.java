package org.nutjvm.tools.upslog;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.cli.NutCli;
import org.nutjvm.common.conf.Values;
import org.nutjvm.tools.shared.Failure;

/// What the command line asks for (clients/upslog.c: main).
///
/// @param tuples what goes where, in their order
/// @param most how many rounds; 0 for no end
/// @param pidBase the pid file's path, or its name in the usual place without `.pid`
/// @param foreground null where debugging and standard output decide
record Options(
        List<Tuple> tuples,
        String format,
        int intervalSeconds,
        long most,
        String user,
        String pidBase,
        @Nullable Boolean foreground) {
    private static final String NOTHING = "No UPS defined for monitoring - use -s <system> -l <logfile>, or use"
            + " -m <ups,logfile>; consider -m '*,-' to view updates of all known local devices";
    private static final String TWO = "Argument '-m upsspec,logfile' requires exactly 2 components in the tuple";
    private static final int INTERVAL = 30;
    private static final String RUN_AS_USER = "nut";

    /// One `-m`, or `-s` and `-l` together.
    ///
    /// @param ups `name@host:port`; the name `*` stands for all the server has
    /// @param file the log file, `-` for standard output
    record Tuple(String ups, String file) {}

    static NutCli cli() {
        return new NutCli("upslog", "Writes values of UPSes to a log at regular times.")
                .details(NutVersion.CLIENT_SSL)
                .usage("[OPTIONS] -s <ups> -l <file>")
                .usage("[OPTIONS] -m <ups>,<file> [-m ...]")
                .value(
                        'f',
                        "<format>",
                        "what a line looks like, see below; in quotes, so that the shell leaves it whole")
                .flag('N', "put \"%UPSHOST%%t\" before the format, to tell UPSes apart that share a file")
                .value('i', "<secs>", "time between two lines (30)")
                .value('d', "<count>", "exit after so many rounds")
                .value('s', "<ups>", "the UPS, <name>@<host>[:<port>]; * as its name means all of that server")
                .value('l', "<file>", "the log file, - for standard output")
                .value('m', "<tuple>", "<ups>,<file>; may be given several times")
                .value('u', "<user>", "become <user> if started by root (nut)")
                .value('p', "<pidbase>", "name of the PID file without .pid, or its whole path (upslog)")
                .flag('F', "stay in the foreground even when logging to a file")
                .flag('B', "go to the background even when debugging or logging to standard output")
                .value(
                        'A',
                        "<file>",
                        "take users, passwords and TLS settings from this nutauth.conf;\n\"default\" for the"
                                + " one where it usually is, \"none\" for none")
                .value('W', "<secs>", "limit for connecting (10)")
                .flag('D', "debug, more with each -D (and stay in the foreground)")
                .flag('V', "print the version")
                .flag('h', "print this help")
                .note("""
                        In a format:
                          %%              a percent sign         %HOST%       this machine's name
                          %t              a tab                  %UPSHOST%    the UPS as it was named above
                          %TIME <format>% date and time by strftime, with @ in place of %
                          %ETIME%         seconds since 1970     %PID%        the number of this process
                          %VAR <name>%    a variable of the UPS, NA if it cannot be had
                        """ + "The standard format is\n" + LogFormat.STANDARD)
                .note("Signals: USR1 logs at once, HUP opens the files anew, TERM ends.");
    }

    /// Takes the words apart.
    ///
    /// @return null if they are too few of the old style, which means help
    /// @throws Failure in upstream's words
    static @Nullable Options of(CommandLine line) throws Failure {
        if (!line.complaint().isEmpty()) {
            throw new Failure("Error: unknown option -?. Try -h for help.");
        }
        var tuples = new ArrayList<Tuple>();
        for (String given : line.all('m')) {
            int comma = given.indexOf(',');
            if (comma < 0 || given.indexOf(',', comma + 1) >= 0 || comma + 1 == given.length()) {
                throw new Failure(TWO);
            }
            tuples.add(new Tuple(given.substring(0, comma), given.substring(comma + 1)));
        }
        String ups = line.last('s', "");
        String file = line.last('l', "");
        String interval = line.last('i', Integer.toString(INTERVAL));
        String format = line.last('f', LogFormat.STANDARD);
        var old = line.operands();
        if (old.size() == 1 || old.size() == 2) {
            return null;
        }
        if (old.size() >= 3) {
            ups = old.get(0);
            file = old.get(1);
            interval = old.get(2);
        }
        if (old.size() > 3) {
            format = String.join(" ", old.subList(3, old.size())) + " ";
        }
        if (!ups.isEmpty() || !file.isEmpty()) {
            tuples.add(tuple(ups, file));
        }
        if (tuples.isEmpty()) {
            throw new Failure(NOTHING);
        }
        return new Options(
                List.copyOf(tuples),
                (line.has('N') ? LogFormat.UPSHOST_FIRST : "") + format,
                interval(interval),
                most(line),
                line.last('u', RUN_AS_USER),
                line.last('p', "upslog"),
                foreground(line));
    }

    private static Tuple tuple(String ups, String file) throws Failure {
        if (ups.isEmpty()) {
            throw new Failure("No UPS defined for monitoring - use -s <system> when using -l <file>, or use -m"
                    + " <ups,logfile>; consider -m '*,-' to view updates of all known local devices");
        }
        if (file.isEmpty()) {
            throw new Failure("No filename defined for logging - use -l <file> when using -s <system>, or use -m"
                    + " <ups,logfile>; consider -m '*,-' to view updates of all known local devices");
        }
        return new Tuple(ups, file);
    }

    private static int interval(String text) throws Failure {
        int seconds = Values.atoi(text);
        if (seconds < 1) {
            throw new Failure("Error: the time between lines (-i) is a number of seconds from 1, not '" + text + "'");
        }
        return seconds;
    }

    private static long most(CommandLine line) throws Failure {
        if (!line.has('d')) {
            return 0;
        }
        int most = Values.number(line.last('d', "")).orElse(-1);
        if (most < 0) {
            throw new Failure("Invalid max loops: -d takes a number from 0, not '" + line.last('d', "") + "'");
        }
        return most;
    }

    private static @Nullable Boolean foreground(CommandLine line) {
        Boolean foreground = null;
        for (var option : line.options()) {
            if (option.letter() == 'F') {
                foreground = true;
            } else if (option.letter() == 'B') {
                foreground = false;
            }
        }
        return foreground;
    }

    /// Whether it runs detached.
    boolean detached(int debugLevel) {
        Boolean said = foreground;
        if (said != null) {
            return !said;
        }
        for (Tuple tuple : tuples) {
            if (tuple.file.equals(Target.STDOUT)) {
                return false;
            }
        }
        return debugLevel == 0;
    }
}
