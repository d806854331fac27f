package org.nutjvm.tools.upscmd;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.cli.NutCli;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.NutException.Reason;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.client.UpsdClient;
import org.nutjvm.tools.shared.Connection;
import org.nutjvm.tools.shared.Failure;
import org.nutjvm.tools.shared.Json;
import org.nutjvm.tools.shared.Login;
import org.nutjvm.tools.shared.Request;
import org.nutjvm.tools.shared.Terminal;
import org.nutjvm.tools.shared.Tool;

/// upscmd: lists the instant commands of a UPS and runs one (clients/upscmd.c).
public final class Upscmd {
    private final Terminal terminal;
    private final PrintStream out;
    private final PrintStream err;

    public Upscmd(Map<String, String> env, InputStream in, PrintStream out, PrintStream err) {
        this.terminal = new Terminal(env, in, out, err);
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        Terminal.exit(new Upscmd(System.getenv(), System.in, System.out, System.err).run(List.of(args)));
    }

    /// Does what the arguments ask, once.
    ///
    /// @return the exit code: 0, or 1 after an error. As upstream's it is 0 too when the driver, asked with
    ///     `-w`, says that the command failed
    public int run(List<String> args) {
        NutCli cli = cli();
        return Tool.run(
                cli, args, terminal, out, err, line -> Tool.jsonErrors(line, terminal, asked -> work(cli, asked)));
    }

    private static NutCli cli() {
        var cli = new NutCli("upscmd", "Runs instant commands of a UPS.")
                .details(NutVersion.CLIENT_SSL)
                .usage("-l [-j] <ups>")
                .usage("[-A <file>] [-u <username>] [-p <password>] [-w] [-t <secs>] <ups> <command> [<value>]")
                .flag('l', "list the commands of a UPS with their descriptions")
                .flag('j', Json.MEANING);
        return Tool.changing(cli, "who commands", "wait until the driver has run the command")
                .note("<ups> is <upsname>[@<hostname>[:<port>]], <command> for instance test.panel.start,\n"
                        + "<value> what some commands take besides, for instance seconds.");
    }

    private void work(NutCli cli, CommandLine line) throws Failure {
        Request request = Request.of(line, terminal);
        List<String> operands = line.operands();
        if (operands.isEmpty()) {
            terminal.print(cli.help());
            return;
        }
        UpsAddress address = Tool.ups(operands.getFirst(), terminal);
        try (var connection = Connection.open(address, line, terminal)) {
            if (line.has('l')) {
                connection.introduce();
                list(connection, address.ups(), line.has('j'));
            } else if (operands.size() < 2) {
                terminal.print(cli.help());
            } else {
                command(connection, address.ups(), line, request);
            }
            terminal.flush();
        }
    }

    private void command(Connection connection, String ups, CommandLine line, Request request) throws Failure {
        List<String> operands = line.operands();
        String command = operands.get(1);
        if (command.indexOf('.') < 0) {
            throw new Failure("Error: old command names are not supported");
        }
        var login = Login.of(line, connection, terminal);
        login.send(connection);
        request.track(connection, "command");
        String text = operands.size() > 2
                ? UpsdClient.line("INSTCMD", ups, command, operands.get(2))
                : UpsdClient.line("INSTCMD", ups, command);
        request.send(connection, text, "Instant command failed: ");
    }

    private void list(Connection connection, String ups, boolean json) throws Failure {
        UpsdClient client = connection.client();
        var commands = new ArrayList<String>();
        List<List<String>> rows;
        try {
            rows = client.list("CMD", ups);
        } catch (NutException e) {
            throw e.reason() == Reason.UNKCOMMAND
                    ? new Failure("Error: upsd is too old to support this query")
                    : connection.failure("Error: ", e);
        }
        var queries = new ArrayList<String[]>();
        for (List<String> row : rows) {
            if (row.size() < 3) {
                throw new Failure("Error: insufficient data (got " + row.size() + " args, need at least 3)");
            }
            commands.add(row.get(2));
            queries.add(new String[] {"CMDDESC", ups, row.get(2)});
        }
        List<@Nullable List<String>> descriptions;
        try {
            descriptions = client.getEach(queries);
        } catch (NutException e) {
            throw connection.failure("Error: ", e);
        }
        var text = new StringBuilder(json ? "{" : "Instant commands supported on UPS [" + ups + "]:\n\n");
        for (int i = 0; i < commands.size(); i++) {
            @Nullable List<String> answer = descriptions.get(i);
            String description = answer == null || answer.size() < 4 ? null : answer.get(3);
            if (json) {
                Json.string(text.append(i == 0 ? "\n  " : ",\n  "), commands.get(i));
                Json.stringOrNull(text.append(": "), description);
            } else {
                text.append(commands.get(i))
                        .append(description == null ? "" : " - " + description)
                        .append('\n');
            }
        }
        terminal.print(text.append(json ? "\n}\n" : "").toString());
    }
}
