package org.nutjvm.cgi.run;

import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.ups.UpsTrouble;
import org.nutjvm.common.client.Credentials;
import org.nutjvm.common.client.Credentials.Account;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.client.UpsdClient;
import org.nutjvm.common.conf.Complaint;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.tls.ClientTls;
import org.nutjvm.common.tls.TlsException;

/// How pages speak with servers: encrypted as nutauth.conf says, and as whom, where servers want to know that of
/// readers, too. The file is looked for as the tools look for it without `-A`, when the first server is asked.
///
/// Any thread may use it.
public final class Keyring {
    private final Map<String, String> env;
    private final PrintStream log;
    private @Nullable Credentials credentials;

    /// @param log where complaints about the file go, once
    public Keyring(Map<String, String> env, PrintStream log) {
        this.env = env;
        this.log = log;
    }

    private synchronized Credentials credentials() throws UpsTrouble {
        Credentials known = credentials;
        if (known == null) {
            try {
                known = Credentials.load("", env);
            } catch (ConfException e) {
                // Without the file it is not known whether the connection may be in clear text.
                throw new UpsTrouble(UpsTrouble.Kind.SERVER, e.getMessage());
            }
            for (Complaint complaint : known.complaints()) {
                log.print(complaint.text() + '\n');
            }
            credentials = known;
        }
        return known;
    }

    /// How a connection to that server is encrypted.
    ///
    /// @throws UpsTrouble nutauth.conf wants what cannot be had
    public ClientTls tls(UpsAddress server) throws UpsTrouble {
        try {
            return credentials().tls("", server);
        } catch (TlsException e) {
            throw new UpsTrouble(UpsTrouble.Kind.SERVER, e.getMessage());
        }
    }

    /// Says who reads, if nutauth.conf has somebody for that server.
    public void introduce(UpsdClient client, UpsAddress server) throws UpsTrouble, NutException {
        Optional<Account> account = credentials().account("", server);
        if (account.isPresent()) {
            client.username(account.get().user());
            client.password(account.get().password());
        }
    }
}
