package org.nutjvm.tools.scanner;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nutjvm.common.client.Credentials;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.NutException.Reason;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.client.UpsdClient;
import org.nutjvm.common.tls.TlsException;

/// NUT servers and what they serve (tools/nut-scanner/scan_nut.c). A device of such a server is one for dummy-ups as a
/// repeater.
///
/// Connections are encrypted where the server can, or as nutauth.conf has it. Who scans meets strangers: a password
/// goes
/// to a server only that the file names, or whose certificate is verified, and only where the server tells nothing
/// without.
///
/// @param keys what nutauth.conf says
record NutSearch(
        List<InetAddress> targets, int port, Duration timeout, int inFlight, Credentials keys, Progress progress)
        implements Search {
    static final String DRIVER = "dummy-ups";

    /// A server is heard out for so many times the time-out.
    private static final int PATIENCE = 3;

    /// What is taken from one server.
    private static final int MOST_DEVICES = 256;

    @Override
    public List<Device> find() throws InterruptedException, ExecutionException {
        var starved = new AtomicBoolean();
        return Sweep.over(targets, inFlight, progress.counter("NUT", targets.size()), target -> ask(target, starved));
    }

    /// What one server serves; nothing if there is none.
    private List<Device> ask(InetAddress target, AtomicBoolean starved) {
        var server = new UpsAddress("", target.getHostAddress(), port);
        try (var client = UpsdClient.connect(
                server.host(), port, UpsdClient.Family.ANY, timeout, timeout, keys.tls("", server))) {
            Thread guard = Thread.startVirtualThread(() -> closeLate(client));
            try {
                return devices(target, names(client, server));
            } finally {
                guard.interrupt();
            }
        } catch (NutException e) {
            progress.debug(4, IpRange.text(target) + ": " + e.getMessage());
            if (e.reason() == Reason.SSLERR || e.reason() == Reason.SSLFAIL) {
                leftOut(target, String.valueOf(e.getMessage()));
            } else if (e.wantsLogin()) {
                leftOut(target, "it tells its devices to those only who log in (nutauth.conf can say as whom)");
            }
            if (String.valueOf(e.getMessage()).contains("Too many open files") && starved.compareAndSet(false, true)) {
                progress.say("WARNING: Too many open files: some addresses were not asked (a smaller -T helps)");
            }
            return List.of();
        } catch (TlsException e) {
            leftOut(target, String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    private void leftOut(InetAddress target, String why) {
        progress.say("WARNING: the NUT server at " + IpRange.text(target) + " is left out: " + Device.clean(why));
    }

    private Iterable<String> names(UpsdClient client, UpsAddress server) throws NutException {
        try {
            return client.listUps().sequencedKeySet();
        } catch (NutException e) {
            var account = keys.account("", server);
            boolean known = keys.names(server) || client.privacy() == UpsdClient.Privacy.VERIFIED;
            if (!e.wantsLogin() || account.isEmpty() || !known) {
                throw e;
            }
            client.username(account.get().user());
            client.password(account.get().password());
            return client.listUps().sequencedKeySet();
        }
    }

    /// A server that sends its list drop by drop is given up.
    private void closeLate(UpsdClient client) {
        try {
            Thread.sleep(timeout.multipliedBy(PATIENCE));
            client.close();
        } catch (InterruptedException e) {
            // It was done in time.
        }
    }

    private List<Device> devices(InetAddress target, Iterable<String> names) {
        var devices = new ArrayList<Device>();
        for (String name : names) {
            if (devices.size() == MOST_DEVICES) {
                progress.say("WARNING: " + IpRange.text(target) + " claims to serve more than " + MOST_DEVICES
                        + " devices; the others are left out");
                break;
            }
            String server = IpRange.bracketed(target) + (port == UpsAddress.DEFAULT_PORT ? "" : ":" + port);
            devices.add(Device.of(Kind.NUT, DRIVER, name + '@' + server));
        }
        return devices;
    }
}
