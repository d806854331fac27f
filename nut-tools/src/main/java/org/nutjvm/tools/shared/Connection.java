package org.nutjvm.tools.shared;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.cli.NutCli;
import org.nutjvm.common.client.Credentials;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.client.UpsdClient;
import org.nutjvm.common.client.UpsdClient.Family;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.tls.ClientTls;
import org.nutjvm.common.tls.TlsException;

/// A program's connection to the server it was told, with failures in the form the programs report them.
public final class Connection implements AutoCloseable {
    private final UpsAddress address;
    private final UpsdClient client;
    private final Optional<Credentials.Account> account;

    private Connection(UpsAddress address, UpsdClient client, Optional<Credentials.Account> account) {
        this.address = address;
        this.client = client;
        this.account = account;
    }

    /// Adds the option that names the file with users and passwords.
    public static NutCli options(NutCli cli) {
        return cli.value(
                'A',
                "<file>",
                "take users, passwords and TLS settings from this nutauth.conf;\n"
                        + "\"default\" for the one where it usually is, \"none\" for none");
    }

    /// Connects, as the command line (`-A`, `-u`, `-W`) and nutauth.conf say.
    public static Connection open(UpsAddress address, CommandLine line, Terminal terminal) throws Failure {
        Duration timeout = connectTimeout(line.last('W', ""), terminal);
        String user = line.last('u', "");
        Credentials credentials = credentials(line.last('A', ""), terminal);
        ClientTls tls;
        try {
            tls = credentials.tls(user, address);
        } catch (TlsException e) {
            throw new Failure("Error: " + e.getMessage());
        }
        tls.warnings().forEach(terminal::complain);
        if (terminal.debugs(1)) {
            terminal.debug(1, "connecting to " + address.server() + ", time-out " + timeout);
        }
        try {
            var client = UpsdClient.connect(
                    address.host(), address.port(), Family.ANY, timeout, UpsdClient.READ_TIMEOUT, tls);
            if (terminal.debugs(1)) {
                terminal.debug(1, "connected, " + client.privacy());
            }
            return new Connection(address, client, credentials.account(user, address));
        } catch (NutException e) {
            throw new Failure("Error: " + e.getMessage(), Hints.connecting(address, e));
        }
    }

    private static Credentials credentials(String choice, Terminal terminal) throws Failure {
        try {
            var credentials = Credentials.load(choice, terminal.env());
            for (var complaint : credentials.complaints()) {
                terminal.complain(complaint.text());
            }
            return credentials;
        } catch (ConfException e) {
            throw new Failure("Error: " + e.getMessage());
        }
    }

    /// As whom to log in, if nutauth.conf knows.
    public Optional<Credentials.Account> account() {
        return account;
    }

    /// Logs in as nutauth.conf says, if it does: a server may want that of who reads, too.
    public void introduce() throws Failure {
        if (account.isPresent()) {
            new Login(account.get().user(), account.get().password()).send(this);
        }
    }

    /// The limit for connecting: the last usable one of the built-in, NUT_DEFAULT_CONNECT_TIMEOUT and `-W`. What is not
    /// usable is complained about and passed over (clients/upsclient.c: upscli_init_default_connect_timeout).
    private static Duration connectTimeout(String seconds, Terminal terminal) {
        Duration timeout = UpsdClient.CONNECT_TIMEOUT;
        timeout = usable("NUT_DEFAULT_CONNECT_TIMEOUT", terminal.env("NUT_DEFAULT_CONNECT_TIMEOUT"), timeout, terminal);
        return usable("cli_secs", seconds.isEmpty() ? null : seconds, timeout, terminal);
    }

    private static Duration usable(String source, @Nullable String text, Duration otherwise, Terminal terminal) {
        if (text == null) {
            return otherwise;
        }
        Duration seconds = Numbers.seconds(text);
        if (seconds.isNegative()) {
            terminal.complain("upscli_init_default_connect_timeout: " + source + "='" + text
                    + "' value was not recognized, ignored");
            return otherwise;
        }
        return seconds;
    }

    public UpsdClient client() {
        return client;
    }

    /// What the server, or the connection, said, after a text of the program's own such as `Error: `.
    public Failure failure(String before, NutException e) {
        return new Failure(before + e.getMessage(), Hints.answered(address, e, client));
    }

    /// Says good-bye.
    @Override
    public void close() {
        client.logout();
    }
}
