package org.nutjvm.tools.shared;

import java.util.ArrayList;
import java.util.List;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.client.UpsdClient;
import org.nutjvm.common.conf.Nearest;

/// The second line of an error: which name, host or port did not work, and what to check.
public final class Hints {
    private static final int NAMES_SHOWN = 10;

    private Hints() {}

    /// Why there is no connection.
    public static String connecting(UpsAddress address, NutException failure) {
        String server = address.server();
        if (failure.reason() == NutException.Reason.NOSUCHHOST) {
            return "The name \"" + address.host() + "\" does not resolve to an address: check its spelling and the"
                    + " resolver, or give an IP address" + (address.host().indexOf('@') >= 0 ? " (one @ only)" : "")
                    + '.';
        }
        if (failure.reason() == NutException.Reason.SSLFAIL || failure.reason() == NutException.Reason.SSLERR) {
            return "TLS with " + server + " did not come about: what this side wants of it is in nutauth.conf (-A names"
                    + " another, -A none does without), what the server has in its upsd.conf.";
        }
        if (failure.timedOut()) {
            return "No answer from " + server + " in time: check address and port, whether the host is up, and"
                    + " firewalls in between (-W sets how many seconds to wait).";
        }
        if (failure.detail().equals("Connection refused")) {
            return "Nothing listens at " + server + ": check that upsd runs there and that a LISTEN line of its"
                    + " upsd.conf covers this address and port.";
        }
        return "No way to " + server + ": check the address, this machine's network, and firewalls in between.";
    }

    /// What else could be meant when the server does not know the device, or did not answer at all.
    ///
    /// @param client the connection that got the answer
    public static String answered(UpsAddress address, NutException failure, UpsdClient client) {
        if (failure.reason() == NutException.Reason.UNKNOWNUPS) {
            return unknownUps(address, client);
        }
        if (failure.timedOut()) {
            return "Connected to " + address.server() + ", but " + failure.detail()
                    + ": check that it is a upsd, and not stuck.";
        }
        if (failure.reason() == NutException.Reason.PROTOCOL) {
            return "What listens at " + address.server() + " does not answer as a upsd does: check host and port.";
        }
        return "";
    }

    /// What is wrong with a text that is no address, where that can be seen.
    public static String malformed(String text) {
        int colon = text.indexOf(':');
        boolean ipv6 = colon >= 0 && text.indexOf(':', colon + 1) >= 0 && text.indexOf('[') < 0;
        return ipv6 ? "An IPv6 address stands in brackets: ups@[::1]:" + UpsAddress.DEFAULT_PORT : "";
    }

    private static String unknownUps(UpsAddress address, UpsdClient client) {
        List<String> names;
        try {
            names = new ArrayList<>(client.listUps().keySet());
        } catch (NutException e) {
            return "";
        }
        if (names.isEmpty()) {
            return "The upsd at " + address.server() + " serves no UPS: check its ups.conf.";
        }
        var text = new StringBuilder();
        String nearest = Nearest.of(address.ups(), names).orElse("");
        if (!nearest.isEmpty()) {
            text.append("Did you mean \"").append(nearest).append("\"? ");
        }
        text.append("The upsd at ").append(address.server()).append(" serves: ");
        int shown = Math.min(names.size(), NAMES_SHOWN);
        text.append(String.join(", ", names.subList(0, shown)));
        if (shown < names.size()) {
            text.append(", and ").append(names.size() - shown).append(" more");
        }
        return text.append('.').toString();
    }
}
