package org.nutjvm.tools.upsdrvctl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.cli.NutCli;
import org.nutjvm.tools.shared.Failure;

/// What the command line asks for (drivers/upsdrvctl.c: main).
///
/// @param command what to tell drivers, with {@link Action#COMMAND} only
/// @param ups the one UPS that is meant; empty for all
/// @param test only shows what would be done
/// @param json reports as JSON
/// @param foreground whether drivers are told `-B`, `-F` or `-FF`, or nothing
/// @param passDebug whether drivers get the debug level
/// @param chroot for drivers; may be empty
/// @param user for drivers; may be empty
record Options(
        Action action,
        @Nullable DriverCommand command,
        String ups,
        boolean test,
        boolean json,
        Foreground foreground,
        boolean passDebug,
        String chroot,
        String user) {
    /// Where drivers run.
    enum Foreground {
        /// As their debug level has it.
        UNSAID(""),
        BACKGROUND("-B"),
        FOREGROUND("-F"),
        FOREGROUND_WITH_PID("-FF");

        private final String word;

        Foreground(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        boolean foreground() {
            return this == FOREGROUND || this == FOREGROUND_WITH_PID;
        }
    }

    /// The options there are.
    static NutCli cli() {
        return new NutCli("upsdrvctl", "UPS driver controller: starts and stops UPS drivers as ups.conf says.")
                .usage("[OPTIONS] (start | stop | shutdown | status) [<ups>]")
                .usage("[OPTIONS] (list | -l) [<ups>]")
                .usage("[OPTIONS] -c <command> [<ups>]")
                .flag('h', "print this help")
                .flag('V', "print the version")
                .value('r', "<path>", "drivers chroot to <path>")
                .flag('t', "testing mode: prints actions without doing them")
                .value('u', "<user>", "drivers started by root become <user>")
                .flag('D', "debug this program, more with each -D")
                .flag('d', "pass the debug level on to drivers")
                .flag(
                        'F',
                        "drivers stay in the foreground; with one driver to start this program becomes it\n"
                                + "-FF: and they write their PID files all the same")
                .flag('B', "drivers go to the background even when debugging")
                .flag('l', "the same as list")
                .value('c', "<command>", """
                        tell running drivers to
                        data-dump        print what they know to their standard output
                        reload           read ups.conf again, as far as that works without a restart
                        reload-or-error  the same, and fail if something needs a restart
                        reload-or-exit   the same, and exit if something needs a restart
                        exit             exit""")
                .flag('j', "list and status as JSON (also --json)")
                .note("""
                        Without <ups> all devices of ups.conf are meant. Drivers start side by side, those for USB one
                        after the other. shutdown has drivers switch their UPSes off, in the order of sdorder.

                        status prints: UPSNAME UPSDRV RUNNING PF_PID S_RESPONSIVE S_PID S_STATUS
                        (PF_*: by the PID file; S_*: by the driver's socket). For scripts there are --json and
                        NUT_QUIET_INIT_BANNER=true.""");
    }

    /// Takes the words apart.
    ///
    /// @return null if nothing is asked for
    /// @throws Failure in upstream's words
    static @Nullable Options of(CommandLine line) throws Failure {
        DriverCommand command = null;
        for (String word : line.all('c')) {
            if (command != null) {
                throw new Failure("Error: only one command per run can be sent with option -c. Try -h for help.");
            }
            command = DriverCommand.of(word);
            if (command == null) {
                throw new Failure("Error: unknown argument to option -c. Try -h for help.");
            }
        }
        var operands = line.operands();
        Action action = line.has('l') ? Action.LIST : command != null ? Action.COMMAND : null;
        int taken = 0;
        if (action == null) {
            if (operands.isEmpty()) {
                return null;
            }
            action = Action.of(operands.getFirst());
            if (action == null) {
                throw new Failure("Error: unrecognized command [" + operands.getFirst() + "]");
            }
            taken = 1;
        }
        if (operands.size() > taken + 1) {
            throw new Failure("Error: extra arguments left on command line\n"
                    + "(common options should be before a command and UPS name)");
        }
        String ups = operands.size() > taken ? operands.get(taken) : "";
        return new Options(
                action,
                action == Action.COMMAND ? command : null,
                ups,
                line.has('t'),
                line.has('j'),
                foreground(line),
                line.has('d'),
                line.last('r', ""),
                line.last('u', ""));
    }

    private static Foreground foreground(CommandLine line) {
        if (!line.has('F') && !line.has('B')) {
            return Foreground.UNSAID;
        }
        var unsaidOfDebug = new CommandLine(line.options(), List.of(), "").foreground();
        return switch (unsaidOfDebug) {
            case NO -> Foreground.BACKGROUND;
            case YES -> Foreground.FOREGROUND;
            case WITH_PID_FILE -> Foreground.FOREGROUND_WITH_PID;
        };
    }

    /// The words a driver is started with, without its own name (drivers/upsdrvctl.c: start_driver).
    List<String> startWords(String name, int debugLevel) {
        var words = new ArrayList<String>();
        if (passDebug && debugLevel > 0) {
            words.add("-" + "D".repeat(Math.min(debugLevel, 100)));
        }
        if (foreground != Foreground.UNSAID) {
            words.add(foreground.word());
        }
        words.add("-a");
        words.add(name);
        return withPlace(words);
    }

    /// The words a driver is run with to switch its UPS off.
    List<String> shutdownWords(String name) {
        return withPlace(new ArrayList<>(List.of("-a", name, "-k")));
    }

    private List<String> withPlace(List<String> words) {
        if (!chroot.isEmpty()) {
            words.add("-r");
            words.add(chroot);
        }
        if (!user.isEmpty()) {
            words.add("-u");
            words.add(user);
        }
        return words;
    }

    /// Whether a driver that is started goes to the background, so that its start can be waited for.
    boolean detaches(int debugLevel) {
        return !foreground.foreground() && !(foreground == Foreground.UNSAID && passDebug && debugLevel > 0);
    }
}
