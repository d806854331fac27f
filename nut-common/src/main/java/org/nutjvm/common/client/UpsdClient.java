package org.nutjvm.common.client;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.client.NutException.Reason;
import org.nutjvm.common.client.ReplyReader.Unreadable;
import org.nutjvm.common.wire.Words;

/// One connection to a upsd (clients/upsclient.c). Every call sends one line, waits for the answer and gives it back as
/// words, or throws a {@link NutException}. What the server may take is bounded: the time to connect, the time for
/// each line, the length of a line and the size of a list.
///
/// An `ERR` answer leaves the connection usable. After any other failure it is closed; further calls then say
/// `Driver not connected`, as upstream's.
///
/// One thread uses it at a time; only {@link #close} may be called from another.
public final class UpsdClient implements Closeable {
    /// How long connecting may take unless told otherwise.
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /// How long one line of an answer may take unless told otherwise (common.h: DEFAULT_NETWORK_TIMEOUT).
    public static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

    /// Bytes of one list.
    static final int LIST_LIMIT = 4 * 1024 * 1024;

    /// Bytes of requests that may be on their way at once. The answers to so many fit the buffers between the two ends,
    /// so that neither waits for the other to read.
    private static final int BATCH = 512;

    /// Which addresses of a name are tried.
    public enum Family {
        ANY,
        IPV4,
        IPV6;

        private boolean takes(InetAddress address) {
            int bytes = address.getAddress().length;
            return this == ANY || bytes == (this == IPV4 ? 4 : 16);
        }
    }

    private final String host;
    private final int port;
    private final int readTimeoutMillis;
    private final Socket socket;
    private final OutputStream out;
    private final ReplyReader in;

    private volatile boolean open = true;

    /// The list being read, empty when none is.
    private String[] listed = {};

    private int listBytes;

    private UpsdClient(String host, int port, Socket socket, Duration readTimeout) throws IOException {
        this.host = host;
        this.port = port;
        this.readTimeoutMillis = millis(readTimeout);
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.in = new ReplyReader(socket);
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
        if (host.equals("localhost") && family != Family.IPV6) {
            // Nearly always right, and the resolver need not be loaded for it.
            try {
                var loopback = InetAddress.getLoopbackAddress();
                return new UpsdClient(host, port, dial(loopback, port, millis(connectTimeout)), readTimeout);
            } catch (IOException e) {
                // Then by the long way, which may know more addresses of it, and says what is wrong.
            }
        }
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw NutException.of(Reason.NOSUCHHOST, host);
        }
        return connect(host, port, ofFamily(addresses, family), connectTimeout, readTimeout);
    }

    private static InetAddress[] ofFamily(InetAddress[] addresses, Family family) {
        if (family == Family.ANY) {
            return addresses;
        }
        var taken = new InetAddress[addresses.length];
        int count = 0;
        for (InetAddress address : addresses) {
            if (family.takes(address)) {
                taken[count++] = address;
            }
        }
        return Arrays.copyOf(taken, count);
    }

    private static UpsdClient connect(
            String host, int port, InetAddress[] addresses, Duration connectTimeout, Duration readTimeout)
            throws NutException {
        long deadline = System.nanoTime() + connectTimeout.toNanos();
        NutException failure = NutException.of(Reason.NOSUCHHOST, host);
        for (int i = 0; i < addresses.length; i++) {
            int limit = 0;
            if (!connectTimeout.isZero()) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                limit = Math.clamp(left / (addresses.length - i), 1, Integer.MAX_VALUE);
            }
            try {
                return new UpsdClient(host, port, dial(addresses[i], port, limit), readTimeout);
            } catch (SocketTimeoutException e) {
                failure = NutException.ofTimeout(
                        Reason.CONNFAILURE, "Connection timed out", addresses[i].getHostAddress());
            } catch (IOException e) {
                failure = NutException.ofSystem(Reason.CONNFAILURE, system(e), e);
            }
        }
        throw failure;
    }

    private static Socket dial(InetAddress address, int port, int limitMillis) throws IOException {
        var socket = new Socket(Proxy.NO_PROXY); // the plain kind; looking for proxies takes longer than all the rest
        try {
            socket.connect(new InetSocketAddress(address, port), limitMillis);
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// The name as given to {@link #connect}.
    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    /// Whether requests can still be sent, as far as is known.
    public boolean open() {
        return open;
    }

    // What upsd is asked, from general to particular.

    /// Sends one line as it is and gives back the answer's line as it is, `ERR` answers too.
    ///
    /// @param line without newline
    public String ask(String line) throws NutException {
        return ask(line, readTimeoutMillis);
    }

    /// The same with a limit of time of its own, zero for none.
    public String ask(String line, Duration readTimeout) throws NutException {
        return ask(line, millis(readTimeout));
    }

    private String ask(String line, int timeoutMillis) throws NutException {
        send(line);
        readLine(timeoutMillis);
        return in.text();
    }

    /// Sends a command made of words, quoted where needed, and gives back the answer's line, which is no `ERR`.
    public String command(String... words) throws NutException {
        send(line("", words));
        readLine(readTimeoutMillis);
        refuseError();
        return in.text();
    }

    /// Several `GET` at once: they are sent together, a few at a time, so that a list of details costs a few
    /// round trips and not one each.
    ///
    /// @return an answer for each query in its order, as {@link #get} gives it; null where the server refused
    public List<@Nullable List<String>> getEach(List<String[]> queries) throws NutException {
        var answers = new ArrayList<@Nullable List<String>>(queries.size());
        var lines = new StringBuilder();
        int sent = 0;
        while (answers.size() < queries.size()) {
            lines.setLength(0);
            while (sent < queries.size() && lines.length() < BATCH) {
                if (!lines.isEmpty()) {
                    lines.append('\n');
                }
                String line = line("GET", queries.get(sent++));
                refuseBreaks(line);
                lines.append(line);
            }
            write(lines.toString());
            acknowledgeAtOnce();
            while (answers.size() < sent) {
                readLine(readTimeoutMillis);
                if (in.startsWith("ERR")) {
                    answers.add(null);
                    continue;
                }
                List<String> words = words();
                if (!matches(queries.get(answers.size()), words, 0)) {
                    throw malformed();
                }
                answers.add(words);
            }
        }
        return answers;
    }

    /// C's upsd writes each answer by itself and, by Nagle's rule, holds back the second of a batch until the
    /// first is acknowledged, which Linux puts off by 40 ms unless told otherwise. It forgets that after a
    /// while, so it is told for each batch. Nothing but speed depends on it.
    private void acknowledgeAtOnce() {
        try {
            if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
                socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
            }
        } catch (IOException | LinkageError e) {
            // The end of the connection shows at the next answer; without the option, or the module, it is only slower.
        }
    }

    /// `GET` and these words. The answer repeats them and goes on with the value (upscli_get).
    ///
    /// @return all words of the answer, at least as many as were sent
    public List<String> get(String... query) throws NutException {
        send(line("GET", query));
        readLine(readTimeoutMillis);
        refuseError();
        List<String> words = words();
        if (!matches(query, words, 0)) {
            throw malformed();
        }
        return words;
    }

    /// Begins `LIST` and these words; the rows follow by {@link #nextRow} (upscli_list_start).
    public void startList(String... query) throws NutException {
        send(line("LIST", query));
        readLine(readTimeoutMillis);
        refuseError();
        List<String> words = words();
        if (words.size() < 2
                || !words.get(0).equalsIgnoreCase("BEGIN")
                || !words.get(1).equalsIgnoreCase("LIST")
                || !matches(query, words, 2)) {
            throw malformed();
        }
        listed = query.clone();
        listBytes = 0;
    }

    /// The next row with all its words, which begin with those of the query; null after the last (upscli_list_next).
    public @Nullable List<String> nextRow() throws NutException {
        if (listed.length == 0) {
            throw new IllegalStateException("no list begun");
        }
        listBytes += readLine(readTimeoutMillis);
        if (in.startsWith("ERR")) {
            listed = new String[0];
            refuseError();
        }
        List<String> words = words();
        if (words.size() >= 2 && words.get(0).equals("END") && words.get(1).equals("LIST")) {
            boolean same = matches(listed, words, 2);
            listed = new String[0];
            if (!same) {
                throw malformed();
            }
            return null;
        }
        if (!matches(listed, words, 0) || listBytes > LIST_LIMIT) {
            throw malformed();
        }
        return words;
    }

    /// A whole list: all words of every row.
    public List<List<String>> list(String... query) throws NutException {
        startList(query);
        var rows = new ArrayList<List<String>>();
        for (var row = nextRow(); row != null; row = nextRow()) {
            rows.add(row);
        }
        return rows;
    }

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

    /// The type words of a variable: `RW`, `ENUM`, `RANGE`, `STRING:n`, `NUMBER`.
    public List<String> getType(String ups, String var) throws NutException {
        List<String> words = get("TYPE", ups, var);
        return words.subList(3, words.size());
    }

    public String getDesc(String ups, String var) throws NutException {
        return value(get("DESC", ups, var), 3);
    }

    public String getCmdDesc(String ups, String cmd) throws NutException {
        return value(get("CMDDESC", ups, cmd), 3);
    }

    public String getUpsDesc(String ups) throws NutException {
        return value(get("UPSDESC", ups), 2);
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

    /// Says good-bye, waits for the answer so that the server's log stays clean, and closes (upscli_disconnect).
    public void logout() {
        if (open) {
            try {
                boolean amidList = listed.length > 0;
                listed = new String[0];
                send("LOGOUT");
                if (!amidList) {
                    readLine(readTimeoutMillis);
                }
            } catch (NutException e) {
                // Going anyway.
            }
            close();
        }
    }

    /// Closes at once, without a word. Safe from any thread: a call that waits on this connection then fails.
    @Override
    public void close() {
        open = false;
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing of ours can be lost by it.
        }
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

    private void send(String line) throws NutException {
        refuseBreaks(line);
        write(line);
    }

    /// One request must never become two.
    private static void refuseBreaks(String line) throws NutException {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\n' || c == '\r' || c == 0) {
                throw NutException.of(Reason.INVALIDARG, "a line break or NUL in a request");
            }
        }
    }

    private void write(String lines) throws NutException {
        if (!open) {
            throw NutException.of(Reason.DRVNOTCONN, "");
        }
        if (listed.length > 0) {
            throw new IllegalStateException("the list begun before is not read to its end");
        }
        try {
            out.write((lines + '\n').getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            close();
            throw NutException.ofSystem(Reason.WRITE, system(e), e);
        }
    }

    /// Reads a line and says how many bytes it had.
    private int readLine(int timeoutMillis) throws NutException {
        if (!open) {
            throw NutException.of(Reason.DRVNOTCONN, "");
        }
        try {
            return in.readLine(timeoutMillis);
        } catch (EOFException e) {
            close();
            throw NutException.of(Reason.SRVDISC, "the server closed the connection");
        } catch (SocketTimeoutException e) {
            close();
            throw NutException.ofTimeout(Reason.SRVDISC, "", "no answer within " + timeoutMillis / 1000.0 + " seconds");
        } catch (Unreadable e) {
            close();
            throw NutException.of(Reason.PROTOCOL, e.getMessage());
        } catch (IOException e) {
            close();
            throw NutException.ofSystem(Reason.READ, system(e), e);
        }
    }

    private List<String> words() throws NutException {
        try {
            return in.words();
        } catch (Unreadable e) {
            close();
            throw NutException.ofSystem(Reason.PARSE, e.getMessage(), null);
        }
    }

    private void refuseError() throws NutException {
        if (in.startsWith("ERR")) {
            String text = in.text();
            throw NutException.ofServer(text.length() > 4 ? text.substring(4).strip() : "");
        }
    }

    private NutException malformed() {
        close();
        return NutException.of(Reason.PROTOCOL, in.text());
    }

    private static boolean matches(String[] query, List<String> words, int from) {
        if (words.size() < from + query.length) {
            return false;
        }
        for (int i = 0; i < query.length; i++) {
            if (!query[i].equalsIgnoreCase(words.get(from + i))) {
                return false;
            }
        }
        return true;
    }

    /// These words as one line, each quoted if it needs to be, for {@link #ask}.
    public static String line(String... words) {
        return line("", words);
    }

    private static String line(String verb, String[] words) {
        var line = new StringBuilder(verb);
        for (String word : words) {
            if (!line.isEmpty()) {
                line.append(' ');
            }
            line.append(bare(word) ? word : Words.quote(word));
        }
        return line.toString();
    }

    /// Whether the parser at the other end reads this as one word without quotes.
    private static boolean bare(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c <= ' ' || c == '"' || c == '\\' || c == '#' || c == '=') {
                return false;
            }
        }
        return !word.isEmpty();
    }

    /// The system's words for what went wrong, as strerror has them.
    private static String system(IOException e) {
        String message = e.getMessage();
        if (message == null) {
            return e instanceof ConnectException
                    ? "Connection refused"
                    : e.getClass().getSimpleName();
        }
        return message.equals("Connection reset") ? "Connection reset by peer" : message;
    }

    private static int millis(Duration duration) {
        return (int) Math.min(duration.toMillis(), Integer.MAX_VALUE);
    }
}
