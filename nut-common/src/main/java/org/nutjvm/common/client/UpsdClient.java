package org.nutjvm.common.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.nutjvm.common.client.NutException.Reason;
import org.nutjvm.common.tls.CertLife;
import org.nutjvm.common.tls.ClientTls;

/// One connection to a upsd (clients/upsclient.c). Every call sends one line, waits for the answer and gives it back as
/// words, or throws a {@link NutException}. What the server may take is bounded: the time to connect, the time for
/// each line, the length of a line and the size of a list.
///
/// An `ERR` answer leaves the connection usable. After any other failure it is closed; further calls then say
/// `Driver not connected`, as upstream's.
///
/// One thread uses it at a time; only {@link #close} may be called from another.
public final class UpsdClient extends Exchange {
    /// How long connecting may take unless told otherwise.
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /// How long a handshake may take at least: on a small board it is work of seconds, for either end.
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(20);

    /// How long one line of an answer may take unless told otherwise (common.h: DEFAULT_NETWORK_TIMEOUT).
    public static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

    /// Which addresses of a name are tried.
    public enum Family {
        ANY,
        IPV4,
        IPV6;

        boolean takes(InetAddress address) {
            int bytes = address.getAddress().length;
            return this == ANY || bytes == (this == IPV4 ? 4 : 16);
        }
    }

    private final Privacy privacy;
    private final Socket socket;

    private UpsdClient(String host, int port, Socket plain, Socket socket, Privacy privacy, Duration readTimeout)
            throws IOException {
        super(host, port, plain, socket, readTimeout);
        this.privacy = privacy;
        this.socket = socket;
    }

    /// On a connection that is there already.
    UpsdClient(String host, int port, Socket socket, Duration readTimeout) throws IOException {
        this(host, port, socket, socket, Privacy.CLEAR, readTimeout);
    }

    /// Who may read what is said.
    public enum Privacy {
        /// Whoever is between the two.
        CLEAR,
        /// As CLEAR, because encryption failed with a server that offers it, and was not required.
        FALLEN_BACK,
        /// The server alone, whoever that is.
        ENCRYPTED,
        /// The server alone, and it has proved who it is.
        VERIFIED
    }

    /// Who may read what is said on this connection.
    public Privacy privacy() {
        return privacy;
    }

    /// How long the server's certificate is good; empty on a connection that is not encrypted.
    public Optional<CertLife> certificate() {
        return ClientTls.certificate(socket);
    }

    /// Connects with the usual limits of time.
    public static UpsdClient connect(String host, int port) throws NutException {
        return connect(host, port, Family.ANY, CONNECT_TIMEOUT, READ_TIMEOUT);
    }

    /// Connects, trying each address the name has until one accepts. The time is shared among those left, so that one
    /// that does not answer leaves some for the next.
    ///
    /// @param connectTimeout for all addresses together, not counting the look-up; zero for the system's own limit
    /// @param readTimeout for each line of an answer; zero for none
    public static UpsdClient connect(
            String host, int port, Family family, Duration connectTimeout, Duration readTimeout) throws NutException {
        return connect(host, port, family, connectTimeout, readTimeout, ClientTls.NONE);
    }

    /// The same, encrypted as far as the server can and the configuration wants it: STARTTLS comes before anything
    /// else.
    /// The handshake may take as long as connecting, and longer if that is little.
    public static UpsdClient connect(
            String host, int port, Family family, Duration connectTimeout, Duration readTimeout, ClientTls tls)
            throws NutException {
        var terms = tls.terms(host, port);
        var socket = Dial.reach(host, port, family, connectTimeout);
        try {
            if (!tls.attempts(socket, terms)) {
                return new UpsdClient(host, port, socket, socket, Privacy.CLEAR, readTimeout);
            }
            var starting = new StartTls(socket, host, port, tls, terms);
            var secured = starting.secured(handshakeTimeout(connectTimeout), readTimeout);
            if (secured == null) {
                return new UpsdClient(host, port, socket, socket, Privacy.CLEAR, readTimeout);
            }
            var privacy = terms.verify() ? Privacy.VERIFIED : Privacy.ENCRYPTED;
            var client = new UpsdClient(host, port, socket, secured, privacy, readTimeout);
            verdict(client);
            return client;
        } catch (NutException e) {
            close(socket);
            if (terms.required() || e.timedOut()) {
                throw e;
            }
            // Somebody in between could have had this by leaving out the offer, too.
            var again = Dial.reach(host, port, family, connectTimeout);
            try {
                return new UpsdClient(host, port, again, again, Privacy.FALLEN_BACK, readTimeout);
            } catch (IOException _) {
                close(again);
                throw e;
            }
        } catch (IOException e) {
            close(socket);
            throw NutException.ofSystem(Reason.CONNFAILURE, Dial.system(e), e); // closed by the other side already
        }
    }

    /// Only now it shows whether the server took our certificate: with TLS 1.3 it hears of that after we are done. C
    /// asks
    /// the same.
    private static void verdict(UpsdClient client) throws NutException {
        try {
            client.protver();
        } catch (NutException e) {
            boolean broken = e.reason() == Reason.READ || e.reason() == Reason.WRITE || e.reason() == Reason.SRVDISC;
            if (!broken || e.timedOut()) {
                throw e;
            }
            boolean wanted = e.getMessage().contains("certificate_required");
            throw NutException.ofSystem(
                    Reason.SSLERR,
                    wanted
                            ? "the server wants a certificate of this client (CERTFILE)"
                            : "the server ended the connection after the handshake, as it does when it does not"
                                    + " accept this client's certificate (CERTFILE)",
                    e);
        }
    }

    private static Duration handshakeTimeout(Duration connectTimeout) {
        boolean raised = !connectTimeout.isZero() && connectTimeout.compareTo(HANDSHAKE_TIMEOUT) < 0;
        return raised ? HANDSHAKE_TIMEOUT : connectTimeout;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more.
        }
    }

    // What upsd is asked, from general to particular.

    /// The devices served and their descriptions, in the server's order.
    public SequencedMap<String, String> listUps() throws NutException {
        return pairs(1, "UPS");
    }

    /// All variables of a device and their values, in the server's order.
    public SequencedMap<String, String> listVar(String ups) throws NutException {
        return pairs(2, "VAR", ups);
    }

    /// The variables that can be set, and their values.
    public SequencedMap<String, String> listRw(String ups) throws NutException {
        return pairs(2, "RW", ups);
    }

    /// The instant commands of a device.
    public List<String> listCmd(String ups) throws NutException {
        return column(2, "CMD", ups);
    }

    /// The values an enumerated variable accepts.
    public List<String> listEnum(String ups, String var) throws NutException {
        return column(3, "ENUM", ups, var);
    }

    /// The addresses of the clients logged in to a device.
    public List<String> listClient(String ups) throws NutException {
        return column(2, "CLIENT", ups);
    }

    public String getVar(String ups, String var) throws NutException {
        return value(get("VAR", ups, var), 3);
    }

    /// How many clients are logged in to a device.
    public int getNumLogins(String ups) throws NutException {
        String count = value(get("NUMLOGINS", ups), 2);
        try {
            return Integer.parseInt(count);
        } catch (NumberFormatException e) {
            throw malformed();
        }
    }

    /// Names the user; the server believes it until a command needs to know.
    public void username(String user) throws NutException {
        expectOk("USERNAME", user);
    }

    public void password(String password) throws NutException {
        expectOk("PASSWORD", password);
    }

    /// Counts this connection as a machine that the device feeds.
    public void login(String ups) throws NutException {
        expectOk("LOGIN", ups);
    }

    /// Asks whether this user may command a shutdown of the device's clients. Servers before 2.8 know only the old
    /// word.
    public void primary(String ups) throws NutException {
        try {
            expectOk("PRIMARY", ups);
        } catch (NutException e) {
            if (e.reason() != Reason.UNKCOMMAND) {
                throw e;
            }
            expectOk("MASTER", ups);
        }
    }

    /// Tells all clients of the device that it goes down.
    public void fsd(String ups) throws NutException {
        expectOk("FSD", ups);
    }

    /// Sets a variable.
    ///
    /// @return the id to ask {@link #tracking} for, empty when tracking is off
    public String setVar(String ups, String var, String value) throws NutException {
        return trackingId(expectOk("SET", "VAR", ups, var, value));
    }

    /// Runs an instant command; the parameter is left out when empty.
    ///
    /// @return the id to ask {@link #tracking} for, empty when tracking is off
    public String instcmd(String ups, String cmd, String param) throws NutException {
        return trackingId(param.isEmpty() ? expectOk("INSTCMD", ups, cmd) : expectOk("INSTCMD", ups, cmd, param));
    }

    /// Switches on or off that SET and INSTCMD answer with an id.
    public void setTracking(boolean on) throws NutException {
        expectOk("SET", "TRACKING", on ? "ON" : "OFF");
    }

    /// What became of a request: `PENDING`, `SUCCESS`, or a NutException with the driver's refusal.
    public String tracking(String id) throws NutException {
        return command("GET", "TRACKING", id);
    }

    /// The protocol's version, `1.3`.
    public String protver() throws NutException {
        try {
            return command("PROTVER");
        } catch (NutException e) {
            if (e.reason() != Reason.UNKCOMMAND) {
                throw e;
            }
            return command("NETVER");
        }
    }

    /// The server's banner.
    public String ver() throws NutException {
        return command("VER");
    }

    /// These words as one line, each quoted if it needs to be, for {@link #ask}.
    public static String line(String... words) {
        return RequestLine.of("", words);
    }

    private SequencedMap<String, String> pairs(int name, String... query) throws NutException {
        startList(query);
        var map = new LinkedHashMap<String, String>();
        for (var row = nextRow(); row != null; row = nextRow()) {
            map.put(value(row, name), value(row, name + 1));
        }
        return map;
    }

    private List<String> column(int index, String... query) throws NutException {
        startList(query);
        var values = new ArrayList<String>();
        for (var row = nextRow(); row != null; row = nextRow()) {
            values.add(value(row, index));
        }
        return values;
    }

    private String value(List<String> words, int index) throws NutException {
        if (words.size() <= index) {
            throw malformed();
        }
        return words.get(index);
    }

    private String expectOk(String... words) throws NutException {
        String answer = command(words);
        if (!answer.startsWith("OK")) {
            throw malformed();
        }
        return answer;
    }

    private static String trackingId(String answer) {
        String before = "OK TRACKING ";
        return answer.startsWith(before) ? answer.substring(before.length()) : "";
    }
}
