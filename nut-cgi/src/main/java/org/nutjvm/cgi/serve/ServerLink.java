package org.nutjvm.cgi.serve;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.board.Polled;
import org.nutjvm.cgi.run.Keyring;
import org.nutjvm.cgi.run.Servers;
import org.nutjvm.cgi.ups.Reading;
import org.nutjvm.cgi.ups.UpsTrouble;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.client.UpsdClient;

/// One server and the UPSes of it that are shown, asked again and again over one connection. One thread at a time uses
/// it.
final class ServerLink {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final List<String> OF_SERVER = List.of("server.info", "server.version");

    private final Map<String, UpsAddress> upses;
    private final Keyring keys;
    private final SequencedMap<String, String> server = new LinkedHashMap<>();
    private @Nullable UpsdClient client;

    /// @param upses by their names in hosts.conf, all of one server
    ServerLink(Map<String, UpsAddress> upses, Keyring keys) {
        this.keys = keys;
        this.upses = Map.copyOf(upses);
    }

    Map<String, UpsAddress> upses() {
        return upses;
    }

    /// Asks for everything once. A connection that has ended since the last time is made anew: a server that was
    /// started again is no trouble.
    Map<String, Polled> poll() {
        boolean kept = client != null;
        Map<String, Polled> answers = ask();
        return kept && client == null ? ask() : answers;
    }

    private Map<String, Polled> ask() {
        var answers = new LinkedHashMap<String, Polled>();
        UpsTrouble lost = null;
        for (Map.Entry<String, UpsAddress> ups : upses.entrySet()) {
            if (lost == null) {
                try {
                    answers.put(
                            ups.getKey(),
                            ask(connected(ups.getValue()), ups.getValue().ups()));
                    continue;
                } catch (NutException e) {
                    lost = Servers.trouble(e);
                    close();
                } catch (UpsTrouble e) {
                    lost = e;
                }
            }
            answers.put(ups.getKey(), new Polled(new Reading.Unknown(lost), null, new LinkedHashMap<>()));
        }
        return answers;
    }

    private UpsdClient connected(UpsAddress address) throws UpsTrouble {
        UpsdClient open = client;
        if (open == null) {
            open = Servers.reader(address, CONNECT_TIMEOUT, UpsdClient.READ_TIMEOUT, keys);
            client = open;
            server.clear();
        }
        return open;
    }

    /// @throws NutException if the connection is of no use any more
    private Polled ask(UpsdClient open, String ups) throws NutException {
        try {
            SequencedMap<String, String> vars = open.listVar(ups);
            if (server.isEmpty()) {
                for (String name : OF_SERVER) {
                    server.put(name, open.getVar(ups, name));
                }
            }
            return new Polled(new Reading.Known(vars), clients(open, ups), new LinkedHashMap<>(server));
        } catch (NutException e) {
            if (!e.answered()) {
                throw e;
            }
            return new Polled(new Reading.Unknown(Servers.trouble(e)), null, new LinkedHashMap<>(server));
        }
    }

    /// Older servers cannot tell.
    private static @Nullable List<String> clients(UpsdClient open, String ups) throws NutException {
        try {
            return open.listClient(ups);
        } catch (NutException e) {
            if (!e.answered()) {
                throw e;
            }
            return null;
        }
    }

    void close() {
        UpsdClient open = client;
        client = null;
        if (open != null) {
            open.close();
        }
    }
}
