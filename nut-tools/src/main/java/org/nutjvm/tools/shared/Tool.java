package org.nutjvm.tools.shared;

import java.io.PrintStream;
import java.util.List;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.cli.NutCli;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.client.UpsAddress.Malformed;

/// What tools that talk to one UPS have in common.
public final class Tool {
    /// What a tool does with its command line.
    public interface Work {
        void run(CommandLine line) throws Failure;
    }

    private static final String ERROR = "Error: ";

    private Tool() {}

    /// Reads the command line, and does what it asks.
    ///
    /// @return the exit code
    public static int run(
            NutCli cli, List<String> args, Terminal terminal, PrintStream out, PrintStream err, Work work) {
        CommandLine line = cli.parse(Json.withoutLong(args));
        int answered = cli.answer(line, out, err);
        if (answered >= 0) {
            return answered;
        }
        terminal.debugLevel(line.count('D'));
        try {
            work.run(line);
            return terminal.finish();
        } catch (Failure e) {
            return terminal.fail(e);
        }
    }

    /// Does what a command line asks; with `-j` a failure is an object on standard output as well.
    public static void jsonErrors(CommandLine line, Terminal terminal, Work work) throws Failure {
        try {
            work.run(line);
        } catch (Failure e) {
            if (line.has('j')) {
                String message = e.getMessage();
                StringBuilder json = terminal.collected().append("{\"error\": ");
                Json.string(json, message.startsWith(ERROR) ? message.substring(ERROR.length()) : message);
                json.append("}\n");
            }
            throw e;
        }
    }

    /// Adds the options of tools that log in and change something.
    ///
    /// @param login what the user name is for
    /// @param wait what -w waits for
    public static NutCli changing(NutCli cli, String login, String wait) {
        return Connection.options(cli)
                .value('u', "<username>", login + " (asked for if not given)")
                .value('p', "<password>", "the password (asked for if not given)")
                .flag('w', wait + ", and show its result")
                .value('t', "<secs>", "wait no longer than so many seconds with -w (default: 10)")
                .value('W', "<secs>", "give up connecting after so many seconds (default: 10)")
                .flag('D', "say more about what happens; repeat for more")
                .flag('V', "show the version")
                .flag('h', "show this help");
    }

    /// The UPS an operand names.
    public static UpsAddress ups(String operand, Terminal terminal) throws Failure {
        try {
            return UpsAddress.ofUps(operand);
        } catch (Malformed e) {
            terminal.complain(e.getMessage());
            throw new Failure(
                    "Error: invalid UPS definition.  Required format: upsname[@hostname[:port]]",
                    Hints.malformed(operand));
        }
    }
}
