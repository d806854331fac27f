package org.nutjvm.tools.shared;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.client.UpsdClient;
import org.nutjvm.common.client.UpsdClient.Family;

/// A program's connection to the server it was told, with failures in the form the programs report them.
public final class Connection implements AutoCloseable {
    private final UpsAddress address;
    private final UpsdClient client;

    private Connection(UpsAddress address, UpsdClient client) {
        this.address = address;
        this.client = client;
    }

    /// Connects.
    ///
    /// @param seconds what `-W` gave; may be empty
    public static Connection open(UpsAddress address, String seconds, Terminal terminal) throws Failure {
        Duration timeout = connectTimeout(seconds, terminal);
        if (terminal.debugs(1)) {
            terminal.debug(1, "connecting to " + address.server() + ", time-out " + timeout);
        }
        try {
            var client =
                    UpsdClient.connect(address.host(), address.port(), Family.ANY, timeout, UpsdClient.READ_TIMEOUT);
            terminal.debug(1, "connected");
            return new Connection(address, client);
        } catch (NutException e) {
            throw new Failure("Error: " + e.getMessage(), Hints.connecting(address, e));
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
