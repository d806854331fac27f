package org.nutjvm.tools.check;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.client.UpsdClient;
import org.nutjvm.common.tls.CertLife;
import org.nutjvm.common.tls.ClientTls;

/// What can be learnt of servers by asking them.
interface Servers {
    /// How long one of them may take.
    Duration LIMIT = Duration.ofSeconds(3);

    /// How asking a server went.
    enum Outcome {
        ANSWERED,
        /// It tells its UPSes to those only who log in.
        RESERVED,
        SILENT,
        /// There was somebody who is no upsd.
        STRANGER,
        /// There is no encryption with it, or not the right one, and it is insisted on.
        REFUSED
    }

    /// What a server said.
    ///
    /// @param upses the UPSes it has
    /// @param failure why it said nothing, or empty
    /// @param certificate that it showed
    record Reply(Outcome outcome, List<String> upses, String failure, Optional<CertLife> certificate) {}

    /// Asks a server for its UPSes.
    Reply upses(UpsAddress server, ClientTls tls);

    /// Whether this machine has the address.
    ///
    /// @throws IOException when it is a name that nobody knows
    boolean here(String address) throws IOException;

    /// Whether somebody answers at a Unix socket.
    boolean listening(Path socket);

    /// Those of the network.
    static Servers real() {
        return new Servers() {
            @Override
            public Reply upses(UpsAddress server, ClientTls tls) {
                try (UpsdClient client =
                        UpsdClient.connect(server.host(), server.port(), UpsdClient.Family.ANY, LIMIT, LIMIT, tls)) {
                    Optional<CertLife> certificate = client.certificate();
                    try {
                        List<String> names = List.copyOf(client.listUps().keySet());
                        client.logout();
                        return new Reply(Outcome.ANSWERED, names, "", certificate);
                    } catch (NutException e) {
                        if (!e.wantsLogin()) {
                            throw e;
                        }
                        return new Reply(Outcome.RESERVED, List.of(), "", certificate);
                    }
                } catch (NutException e) {
                    Outcome outcome = switch (e.reason()) {
                        case READ, SRVDISC, PARSE, PROTOCOL -> Outcome.STRANGER;
                        case SSLERR, SSLFAIL -> Outcome.REFUSED;
                        default -> Outcome.SILENT;
                    };
                    String why = e.getMessage();
                    return new Reply(
                            outcome, List.of(), why == null ? e.reason().toString() : why, Optional.empty());
                }
            }

            @Override
            public boolean here(String address) throws IOException {
                InetAddress known = InetAddress.getByName(address);
                try (var probe = new ServerSocket()) {
                    probe.bind(new InetSocketAddress(known, 0));
                    return true;
                } catch (BindException _) {
                    return false;
                }
            }

            @Override
            public boolean listening(Path socket) {
                try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                    return channel.connect(UnixDomainSocketAddress.of(socket));
                } catch (IOException | IllegalArgumentException _) {
                    return false;
                }
            }
        };
    }
}
