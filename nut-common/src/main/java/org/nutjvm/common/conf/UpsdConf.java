package org.nutjvm.common.conf;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// upsd.conf: how upsd serves (server/conf.c). Every word C ever took is read; what this upsd does with it is its own
/// affair.
///
/// @param maxageSeconds after how many seconds of silence a driver's data are stale
/// @param trackingDelaySeconds how long the outcome of a tracked command can be asked for
/// @param allowNoDevice whether to start without any device; empty when the file does not say
/// @param allowNotAllListeners whether one usable LISTEN address is enough; empty when the file does not say
/// @param statepath where the drivers' sockets are
/// @param datapath where cmdvartab is
/// @param listen the addresses in order; empty when the file has none
/// @param maxconn the most connections
/// @param maxconnAddress the most connections of one address that have not logged in
/// @param readRequiresLogin whether who only reads has to be a user, too
/// @param certfile PEM file of the server
/// @param certpath certificates of authorities
/// @param certident which certificate, and the password of its key
/// @param certrequest 0 no, 1 request, 2 require a certificate of clients
/// @param disableWeakSsl whether TLS must be 1.2 or newer
/// @param debugMin the least debug level; empty when the file does not say
/// @param complaints what an administrator should look at, the text's first; the last one counts C's config errors
public record UpsdConf(
        int maxageSeconds,
        int trackingDelaySeconds,
        Optional<Boolean> allowNoDevice,
        Optional<Boolean> allowNotAllListeners,
        Optional<String> statepath,
        Optional<String> datapath,
        List<Listen> listen,
        OptionalInt maxconn,
        OptionalInt maxconnAddress,
        boolean readRequiresLogin,
        Optional<String> certfile,
        Optional<String> certpath,
        Optional<CertIdent> certident,
        OptionalInt certrequest,
        boolean disableWeakSsl,
        OptionalInt debugMin,
        List<Complaint> complaints) {
    /// The file's name in the configuration directory.
    public static final String FILE = "upsd.conf";

    /// The port where a LISTEN line has none (nut in /etc/services).
    public static final String DEFAULT_PORT = "3493";

    /// One LISTEN line.
    ///
    /// @param address a name, an IPv4 or IPv6 address, or `*`
    /// @param port a number or the name of a service, as written
    /// @param line the physical line
    public record Listen(String address, String port, int line) {}

    /// What CERTIDENT says.
    ///
    /// @param name the certificate's name
    /// @param password the password of its key; left out of {@link #toString}
    public record CertIdent(String name, String password) {
        @Override
        public String toString() {
            return "CertIdent[" + name + "]";
        }
    }

    /// Reads upsd.conf from the directory and warns if everybody can.
    ///
    /// @throws ConfException when there is none or it cannot be read
    public static UpsdConf load(Path confpath) throws ConfException {
        return of(ConfReader.readSecret(confpath.resolve(FILE)));
    }

    /// What the text says.
    public static UpsdConf of(ConfText text) {
        return new UpsdConfParser(text).parse();
    }
}
