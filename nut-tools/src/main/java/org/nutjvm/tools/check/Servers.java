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
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.client.UpsdClient;

/// What can be learnt of servers by asking them.
interface Servers {
    /// How long one of them may take.
    Duration LIMIT = Duration.ofSeconds(3);

    /// What a server said.
    ///
    /// @param upses the UPSes it has
    /// @param failure why it said nothing, or empty
    /// @param stranger whether there was somebody who is no upsd
    record Reply(List<String> upses, String failure, boolean stranger) {}

    /// Asks a server for its UPSes.
    Reply upses(UpsAddress server);

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
            public Reply upses(UpsAddress server) {
                try (UpsdClient client =
                        UpsdClient.connect(server.host(), server.port(), UpsdClient.Family.ANY, LIMIT, LIMIT)) {
                    List<String> names = List.copyOf(client.listUps().keySet());
                    client.logout();
                    return new Reply(names, "", false);
                } catch (NutException e) {
                    boolean stranger = switch (e.reason()) {
                        case READ, SRVDISC, PARSE, PROTOCOL -> true;
                        default -> false;
                    };
                    String why = e.getMessage();
                    return new Reply(List.of(), why == null ? e.reason().toString() : why, stranger);
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
