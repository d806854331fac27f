package org.nutjvm.tools.upslog;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.nutjvm.common.client.Credentials;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.client.UpsdClient;
import org.nutjvm.common.tls.ClientTls;
import org.nutjvm.common.tls.TlsException;
import org.nutjvm.tools.shared.Failure;

/// How servers are reached: as nutauth.conf and the command line say. Files are read once, before this process
/// gives up root.
final class Reach {
    private final Credentials credentials;
    private final Duration connectTimeout;
    private final Map<String, ClientTls> known = new HashMap<>();

    Reach(Credentials credentials, Duration connectTimeout) {
        this.credentials = credentials;
        this.connectTimeout = connectTimeout;
    }

    /// Reads what is needed for a server.
    void prepare(UpsAddress server) throws Failure {
        try {
            if (!known.containsKey(server.server())) {
                known.put(server.server(), credentials.tls("", server));
            }
        } catch (TlsException e) {
            throw new Failure("Error: " + e.getMessage());
        }
    }

    /// Connects to a server that is prepared for, and logs in there if a user is known.
    UpsdClient connect(UpsAddress server) throws NutException {
        var tls = known.getOrDefault(server.server(), ClientTls.IF_POSSIBLE);
        var client = UpsdClient.connect(
                server.host(), server.port(), UpsdClient.Family.ANY, connectTimeout, UpsdClient.READ_TIMEOUT, tls);
        var account = credentials.account("", server);
        if (account.isPresent()) {
            client.username(account.get().user());
            client.password(account.get().password());
        }
        return client;
    }
}
