package org.nutjvm.tools.check;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.conf.Complaint.Level;
import org.nutjvm.common.conf.Nearest;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.common.conf.UpsmonConf;
import org.nutjvm.common.conf.Values;
import org.nutjvm.common.tls.CertLife;
import org.nutjvm.common.tls.ClientTls;

/// The configuration against the servers it names. They are asked for the names of their UPSes and nothing else; nobody
/// logs in.
final class LiveServers {
    /// So many are asked at once.
    private static final int AT_ONCE = 32;

    private final ConfSet set;
    private final Servers servers;
    private final Findings found;

    LiveServers(ConfSet set, Servers servers, Findings found) {
        this.set = set;
        this.servers = servers;
        this.found = found;
    }

    /// @param tls how upsmon encrypts
    void monitors(UpsmonConf conf, ClientTls tls, Instant now) {
        Map<String, UpsAddress> asked = new LinkedHashMap<>();
        for (UpsmonConf.Monitor monitor : conf.monitors()) {
            LocalMonitors.address(monitor.sys()).ifPresent(address -> asked.put(address.server(), address));
        }
        Map<String, Servers.Reply> answers = ask(asked, tls);
        for (UpsmonConf.Monitor monitor : conf.monitors()) {
            LocalMonitors.address(monitor.sys()).ifPresent(address -> {
                Servers.Reply answer = answers.get(address.server());
                if (answer != null) {
                    monitor(monitor, address, answer);
                    certificate(monitor, answer, now);
                }
            });
        }
    }

    private Map<String, Servers.Reply> ask(Map<String, UpsAddress> asked, ClientTls tls) {
        var answers = new ConcurrentHashMap<String, Servers.Reply>();
        var threads = new ArrayList<Thread>();
        var left = new Semaphore(AT_ONCE);
        for (Map.Entry<String, UpsAddress> server : asked.entrySet()) {
            left.acquireUninterruptibly();
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    answers.put(server.getKey(), servers.upses(server.getValue(), tls));
                } finally {
                    left.release();
                }
            }));
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return answers;
            }
        }
        return answers;
    }

    private void monitor(UpsmonConf.Monitor monitor, UpsAddress address, Servers.Reply answer) {
        String file = set.file(UpsmonConf.FILE);
        if (!answer.failure().isEmpty()) {
            boolean local = LocalMonitors.local(monitor.sys());
            found.add(
                    Mistake.MONITOR_UNREACHABLE,
                    file,
                    monitor.line(),
                    "MONITOR " + monitor.sys() + ": " + answer.failure(),
                    answer.outcome() == Servers.Outcome.REFUSED
                            ? "let CERTPATH have the authority of the server's certificate, and CERTHOST say what it is"
                                    + " called where that is not the name in MONITOR"
                            : local
                                    ? "start upsd, and see what it says"
                                    : "on " + address.host()
                                            + ": start upsd, let LISTEN name an address of the network, and"
                                            + " the firewall pass TCP port " + address.port());
            return;
        }
        if (answer.outcome() == Servers.Outcome.RESERVED) {
            return;
        }
        for (String ups : answer.upses()) {
            if (ups.equalsIgnoreCase(address.ups())) {
                return;
            }
        }
        found.add(
                Mistake.MONITOR_UPS,
                file,
                monitor.line(),
                "MONITOR " + monitor.sys() + ": " + address.server() + " has no such UPS"
                        + (answer.upses().isEmpty() ? "" : ", but " + String.join(", ", answer.upses())),
                Nearest.of(address.ups(), answer.upses())
                        .map(near -> "write " + near)
                        .orElse(Mistake.MONITOR_UPS.cure()));
    }

    /// Another machine's; for this one's own see {@link LiveTls}.
    private void certificate(UpsmonConf.Monitor monitor, Servers.Reply answer, Instant now) {
        if (LocalMonitors.local(monitor.sys()) && set.upsd().isPresent()) {
            return;
        }
        answer.certificate().ifPresent(life -> {
            String what = LiveTls.what(life, now);
            if (!what.isEmpty()) {
                Mistake mistake = life.state(now) == CertLife.State.SOON
                        ? Mistake.CERTIFICATE_EXPIRES
                        : Mistake.CERTIFICATE_EXPIRED;
                // It was taken, so it is not verified.
                found.add(
                        mistake,
                        Level.WARNING,
                        set.file(UpsmonConf.FILE),
                        monitor.line(),
                        "MONITOR " + monitor.sys() + ": " + what,
                        mistake.cure());
            }
        });
    }

    /// Whether upsd can have its addresses, or has them.
    void listen(UpsdConf conf) {
        List<UpsdConf.Listen> lines = conf.listen().isEmpty()
                ? List.of(new UpsdConf.Listen("127.0.0.1", UpsdConf.DEFAULT_PORT, 0))
                : conf.listen();
        for (UpsdConf.Listen listen : lines) {
            String address = ServerRules.all(listen.address()) ? "127.0.0.1" : listen.address();
            int port = Values.number(listen.port()).orElse(UpsAddress.DEFAULT_PORT);
            if (port < 1 || port > 65535 || TextRules.placeholder(address)) {
                continue; // told of by ServerRules
            }
            String file = set.file(UpsdConf.FILE);
            try {
                if (!servers.here(address)) {
                    found.add(
                            Mistake.ADDRESS_NOT_HERE,
                            file,
                            listen.line(),
                            "LISTEN " + listen.address() + ": this machine does not have that address");
                    continue;
                }
            } catch (IOException _) {
                found.add(
                        Mistake.ADDRESS_NOT_HERE,
                        file,
                        listen.line(),
                        "LISTEN " + listen.address() + ": nobody knows that name",
                        "write an address, or a name of /etc/hosts");
                continue;
            }
            if (servers.upses(new UpsAddress("", address, port), ClientTls.NONE).outcome()
                    == Servers.Outcome.STRANGER) {
                found.add(
                        Mistake.PORT_IN_USE,
                        file,
                        listen.line(),
                        "LISTEN " + listen.address() + " " + port + ": something that is no upsd has that port",
                        "see ss -ltnp, stop it, or choose another port");
            }
        }
    }
}
