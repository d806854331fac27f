package org.nutjvm.common.client;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.client.NutException.Reason;
import org.nutjvm.common.client.ReplyReader.Unreadable;

/// Questions and answers on one connection, whatever they are about: lines, words, lists, limits, and how it ends.
public abstract sealed class Exchange implements Closeable permits UpsdClient {
    /// Bytes of one list.
    static final int LIST_LIMIT = 4 * 1024 * 1024;

    /// Bytes of requests that may be on their way at once. The answers to so many fit the buffers between the two ends,
    /// so that neither waits for the other to read.
    private static final int BATCH = 512;

    private final String host;
    private final int port;
    private final int readTimeoutMillis;
    private final Socket plain;
    private final OutputStream out;
    private final ReplyReader in;

    private volatile boolean open = true;

    /// The list being read, empty when none is.
    private String[] listed = {};

    private int listBytes;

    /// @param plain the connection itself
    /// @param socket what is said on it: the same, or its encryption
    /// @param readTimeout for each line of an answer; zero for none
    Exchange(String host, int port, Socket plain, Socket socket, Duration readTimeout) throws IOException {
        this.host = host;
        this.port = port;
        this.readTimeoutMillis = Dial.millis(readTimeout);
        this.plain = plain;
        this.out = socket.getOutputStream();
        this.in = new ReplyReader(socket);
    }

    /// The name as given to {@link UpsdClient#connect}.
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

    /// Sends one line as it is and gives back the answer's line as it is, `ERR` answers too.
    ///
    /// @param line without newline
    public String ask(String line) throws NutException {
        return ask(line, readTimeoutMillis);
    }

    private String ask(String line, int timeoutMillis) throws NutException {
        send(line);
        readLine(timeoutMillis);
        return in.text();
    }

    /// Sends a command made of words, quoted where needed, and gives back the answer's line, which is no `ERR`.
    public String command(String... words) throws NutException {
        send(RequestLine.of("", words));
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
                String line = RequestLine.of("GET", queries.get(sent++));
                RequestLine.refuseBreaks(line);
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
            if (plain.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
                plain.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
            }
        } catch (IOException | LinkageError e) {
            // The end of the connection shows at the next answer; without the option, or the module, it is only slower.
        }
    }

    /// `GET` and these words. The answer repeats them and goes on with the value (upscli_get).
    ///
    /// @return all words of the answer, at least as many as were sent
    public List<String> get(String... query) throws NutException {
        send(RequestLine.of("GET", query));
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
        send(RequestLine.of("LIST", query));
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

    /// Closes at once, without a word, not even of TLS. Safe from any thread: a call that waits on this connection then
    /// fails.
    @Override
    public void close() {
        open = false;
        try {
            plain.close();
        } catch (IOException e) {
            // Nothing of ours can be lost by it.
        }
    }

    private void send(String line) throws NutException {
        RequestLine.refuseBreaks(line);
        write(line);
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
            throw NutException.ofSystem(Reason.WRITE, Dial.system(e), e);
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
            throw NutException.ofSystem(Reason.READ, Dial.system(e), e);
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

    /// The answer just read is none: no more can be asked here.
    final NutException malformed() {
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
}
