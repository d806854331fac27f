package org.nutjvm.upsd;

import java.io.PrintStream;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.cli.NutCli;

/// The command line of upsd.
final class UpsdOptions {
    private UpsdOptions() {}

    static NutCli cli() {
        return new NutCli("upsd", "NUT network data server for UPS monitoring and management.")
                .details(NutVersion.SERVER_SSL)
                .usage("[OPTIONS]")
                .value(
                        'c',
                        "<command>",
                        "send a command via signal to the background process:\n"
                                + " - reload: reread configuration files\n - stop: stop process and exit")
                .value('P', "<pid>", "send the signal above to specified PID (bypassing PID file)")
                .flag('D', "raise debugging level (and stay foreground by default)")
                .flag(
                        'F',
                        "stay foregrounded even if no debugging is enabled\n-FF stays foregrounded and still saves"
                                + " the PID file")
                .flag('B', "stay backgrounded even if debugging is bumped")
                .flag('h', "display this help text")
                .flag('V', "display the version of this software")
                .value('r', "<dir>", "chroots to <dir>")
                .flag('q', "raise log level threshold")
                .value('u', "<user>", "switch to <user> (if started as root)")
                .flag('4', "IPv4 only")
                .flag('6', "IPv6 only")
                .hidden('p', true)
                .hidden('i', true)
                .note("See also: ups.conf, upsd.conf and upsd.users");
    }

    /// Answers what needs no server.
    ///
    /// @return the exit code, or -1 to go on
    static int answer(NutCli cli, CommandLine line, PrintStream out, PrintStream err) {
        if (line.has('p') || line.has('i')) {
            err.println("Specifying a listening addresses with '-i <address>' and '-p <port>'");
            err.println("is deprecated. Use 'LISTEN <address> [<port>]' in 'upsd.conf' instead.");
            err.println("See 'man 8 upsd.conf' for more information.");
            return 1;
        }
        int answered = cli.answer(line, out, err);
        boolean unknown = line.has('c') && Control.signal(line.last('c', "")).isEmpty();
        if (answered < 0 && (unknown || !line.operands().isEmpty())) {
            out.print(cli.help());
            return 0;
        }
        return answered;
    }
}
