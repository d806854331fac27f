package org.nutjvm.tools.upsrw;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.cli.CommandLine.Option;
import org.nutjvm.common.cli.NutCli;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.client.UpsdClient;
import org.nutjvm.common.wire.Words;
import org.nutjvm.tools.shared.Connection;
import org.nutjvm.tools.shared.Failure;
import org.nutjvm.tools.shared.Json;
import org.nutjvm.tools.shared.Login;
import org.nutjvm.tools.shared.Request;
import org.nutjvm.tools.shared.Terminal;
import org.nutjvm.tools.shared.Tool;

/// upsrw: lists the variables of a UPS that can be changed, and changes one (clients/upsrw.c).
public final class Upsrw {
    private final Terminal terminal;
    private final PrintStream out;
    private final PrintStream err;

    public Upsrw(Map<String, String> env, InputStream in, PrintStream out, PrintStream err) {
        this.terminal = new Terminal(env, in, out, err);
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        Terminal.exit(new Upsrw(System.getenv(), System.in, System.out, System.err).run(List.of(args)));
    }

    /// Does what the arguments ask, once.
    ///
    /// @return the exit code: 0, or 1 after an error. As upstream's it is 0 too when the driver, asked with
    ///     `-w`, says that setting failed
    public int run(List<String> args) {
        NutCli cli = cli();
        return Tool.run(
                cli, args, terminal, out, err, line -> Tool.jsonErrors(line, terminal, asked -> work(cli, asked)));
    }

    private static NutCli cli() {
        var cli = new NutCli("upsrw", "Shows and sets the variables of a UPS that can be changed.")
                .details(NutVersion.CLIENT_SSL)
                .usage("[-l] [-j] <ups>")
                .usage("-s <variable>[=<value>] [-A <file>] [-u <username>] [-p <password>] [-w] [-t <secs>] <ups>")
                .flag('l', "list what can be changed, with types and choices (the default)")
                .flag('j', Json.MEANING)
                .value('s', "<variable>[=<value>]", "change this variable (the value is asked for if not given)");
        return Tool.changing(cli, "who changes it", "wait until the driver has set it")
                .note("<ups> is <upsname>[@<hostname>[:<port>]].");
    }

    private void work(NutCli cli, CommandLine line) throws Failure {
        Request request = Request.of(line, terminal);
        String setting = setting(line);
        if (line.operands().isEmpty()) {
            terminal.print(cli.help());
            return;
        }
        UpsAddress address = Tool.ups(line.operands().getFirst(), terminal);
        try (var connection = Connection.open(address, line, terminal)) {
            if (setting.isEmpty()) {
                connection.introduce();
                new Settings(connection, address.ups(), terminal).print(line.has('j'));
            } else {
                set(connection, address.ups(), setting, line, request);
            }
            terminal.flush();
        }
    }

    /// What `-s` gave last, unless a `-l` after it took that back; empty to list.
    private String setting(CommandLine line) throws Failure {
        String setting = "";
        for (Option option : line.options()) {
            if (option.letter() == 's') {
                setting = option.value();
                if (setting.isEmpty()) {
                    throw new Failure("Error: -s needs the name of a variable");
                }
            } else if (option.letter() == 'l' && !setting.isEmpty()) {
                terminal.complain("Listing mode requested, overriding setvar specified earlier!");
                setting = "";
            }
        }
        return setting;
    }

    private void set(Connection connection, String ups, String setting, CommandLine line, Request request)
            throws Failure {
        var login = Login.of(line, connection, terminal);
        login.send(connection);
        int equals = setting.indexOf('=');
        String name = equals < 0 ? setting : setting.substring(0, equals);
        String value = equals < 0
                ? Login.answer(terminal, "Enter new value for " + name + ": ")
                : setting.substring(equals + 1);
        if (name.indexOf('.') < 0) {
            throw new Failure("Error: old variable names are not supported");
        }
        request.track(connection, "set variable");
        request.send(
                connection,
                UpsdClient.line("SET", "VAR", ups, name) + ' ' + Words.quote(value),
                "Set variable failed: ");
    }
}
