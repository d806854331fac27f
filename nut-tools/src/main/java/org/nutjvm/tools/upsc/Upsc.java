package org.nutjvm.tools.upsc;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.cli.NutCli;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.NutException.Reason;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.client.UpsAddress.Malformed;
import org.nutjvm.common.client.UpsdClient;
import org.nutjvm.tools.shared.Connection;
import org.nutjvm.tools.shared.Failure;
import org.nutjvm.tools.shared.Hints;
import org.nutjvm.tools.shared.Json;
import org.nutjvm.tools.shared.Terminal;
import org.nutjvm.tools.shared.Tool;

/// upsc: shows variables of a UPS, the devices of a server, or who is logged in (clients/upsc.c).
public final class Upsc {
    private final Terminal terminal;
    private final PrintStream out;
    private final PrintStream err;
    private boolean json;

    public Upsc(Map<String, String> env, InputStream in, PrintStream out, PrintStream err) {
        this.terminal = new Terminal(env, in, out, err);
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        Terminal.exit(new Upsc(System.getenv(), System.in, System.out, System.err).run(List.of(args)));
    }

    /// Does what the arguments ask, once.
    ///
    /// @return the exit code: 0, or 1 after an error
    public int run(List<String> args) {
        return Tool.run(cli(), args, terminal, out, err, line -> {
            json = line.has('j');
            work(line);
        });
    }

    private static NutCli cli() {
        var cli = new NutCli("upsc", "Shows what a UPS reports.")
                .details(NutVersion.CLIENT_SSL)
                .usage("[-j] -l | -L [<hostname>[:port]]")
                .usage("[-j] <ups> [<variable>]")
                .usage("[-j] -c <ups>")
                .flag('l', "list the UPSes of a server, one a line (of localhost if none is named)")
                .flag('L', "the same, with descriptions")
                .flag('c', "list the clients logged in to a UPS, one a line")
                .flag('j', Json.MEANING);
        return Connection.options(cli)
                .value('W', "<secs>", "give up connecting after so many seconds (default: 10)")
                .flag('D', "say more about what happens; repeat for more")
                .flag('V', "show the version")
                .flag('h', "show this help")
                .note("<ups> is <upsname>[@<hostname>[:<port>]]. Without <variable> all are shown.");
    }

    private void work(CommandLine line) throws Failure {
        boolean upses = line.has('l') || line.has('L');
        List<String> operands = line.operands();
        UpsAddress address =
                upses ? server(operands.isEmpty() ? UpsAddress.DEFAULT_HOST : operands.getFirst()) : ups(operands);
        try (Connection connection = connect(address, line)) {
            connection.introduce();
            if (upses) {
                list(connection, line.has('L') ? Listing.DESCRIPTIONS : Listing.UPSES, "UPS");
            } else if (line.has('c')) {
                list(connection, Listing.CLIENTS, "CLIENT", address.ups());
            } else if (operands.size() > 1) {
                variable(connection, address.ups(), operands.get(1));
            } else {
                list(connection, Listing.VARS, "VAR", address.ups());
            }
            terminal.flush();
        }
    }

    private UpsAddress server(String text) throws Failure {
        try {
            return UpsAddress.ofServer(text);
        } catch (Malformed e) {
            terminal.complain(e.getMessage());
            throw failure("invalid hostname.\nRequired format: [hostname[:port]]", Hints.malformed(text));
        }
    }

    private UpsAddress ups(List<String> operands) throws Failure {
        String hint = "";
        try {
            if (!operands.isEmpty()) {
                return UpsAddress.ofUps(operands.getFirst());
            }
        } catch (Malformed e) {
            terminal.complain(e.getMessage());
            hint = Hints.malformed(operands.getFirst());
        }
        throw failure("invalid UPS definition.\nRequired format: upsname[@hostname[:port]]", hint);
    }

    private Connection connect(UpsAddress address, CommandLine line) throws Failure {
        try {
            return Connection.open(address, line, terminal);
        } catch (Failure e) {
            jsonError(e.getMessage().substring("Error: ".length()));
            throw e;
        }
    }

    private void variable(Connection connection, String ups, String name) throws Failure {
        if (name.indexOf('.') < 0) {
            throw failure("old-style variable names are not supported", "");
        }
        List<String> answer;
        try {
            answer = connection.client().get("VAR", ups, name);
        } catch (NutException e) {
            Failure failure = e.reason() == Reason.UNKCOMMAND
                    ? new Failure("Error: variable unknown (old upsd detected)")
                    : connection.failure("Error: ", e);
            jsonError(failure.getMessage().substring("Error: ".length()));
            throw failure;
        }
        if (answer.size() < 4) {
            throw failure("insufficient data (got " + answer.size() + " args, need at least 4)", "");
        }
        if (json) {
            Json.string(terminal.collected(), answer.get(3));
        } else {
            terminal.print(answer.get(3));
        }
        terminal.println("");
    }

    private void list(Connection connection, Listing listing, String... query) throws Failure {
        UpsdClient client = connection.client();
        StringBuilder text = terminal.collected();
        boolean begun = json && listing == Listing.VARS;
        boolean first = true;
        if (begun) {
            text.append(listing.jsonOpen());
        }
        try {
            client.startList(query);
            if (json && !begun) {
                text.append(listing.jsonOpen());
                begun = true;
            }
            for (var row = client.nextRow(); row != null; row = client.nextRow()) {
                if (row.size() < listing.least()) {
                    throw listFailure(
                            new Failure("Error: insufficient data (got " + row.size() + " args, need at least "
                                    + listing.least() + ")"),
                            listing,
                            begun,
                            first);
                }
                if (!json) {
                    listing.text(text, row);
                } else {
                    if (!first) {
                        text.append(",\n");
                    }
                    listing.json(text, row);
                }
                first = false;
            }
        } catch (NutException e) {
            Failure failure = e.reason() == Reason.UNKCOMMAND
                    ? new Failure("Error: upsd is too old to support this query")
                    : connection.failure("Error: ", e);
            throw listFailure(failure, listing, begun, first);
        }
        if (json) {
            text.append(listing.jsonClose());
        }
    }

    private Failure listFailure(Failure failure, Listing listing, boolean begun, boolean first) {
        String message = failure.getMessage().substring("Error: ".length());
        if (!begun) {
            jsonError(message);
        } else {
            StringBuilder text = terminal.collected();
            if (!first) {
                text.append(",\n");
            }
            listing.jsonError(text, message);
            text.append(listing.jsonClose());
        }
        return failure;
    }

    private Failure failure(String message, String hint) {
        jsonError(message);
        return new Failure("Error: " + message, hint);
    }

    /// The error as a JSON object of its own on standard output (clients/upsc.c: fatalx_error_json_simple).
    private void jsonError(String message) {
        if (json) {
            StringBuilder text = terminal.collected().append("{\"error\": ");
            Json.string(text, message);
            text.append("}\n");
        }
    }
}
