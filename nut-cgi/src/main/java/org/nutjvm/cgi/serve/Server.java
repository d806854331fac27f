package org.nutjvm.cgi.serve;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.board.Board;
import org.nutjvm.cgi.http.Answers;
import org.nutjvm.cgi.http.HttpRequest;
import org.nutjvm.cgi.http.RequestReader;
import org.nutjvm.cgi.http.RequestReader.Found;
import org.nutjvm.cgi.pages.Fault;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.log.PlainLog;
import org.nutjvm.common.tls.ServerTls;
import org.nutjvm.common.tls.TlsLink;

/// Connections of browsers: one loop around one selector, which owns them and the board. What takes long is done
/// elsewhere and comes back as something to do for the loop. Whoever stalls, in either direction, is dropped.
final class Server implements AutoCloseable {
    /// Open connections, and those of one neighbour.
    static final int CONNECTIONS = 1024;

    static final int CONNECTIONS_EACH = 128;

    /// Viewers among them.
    static final int VIEWERS = 768;

    /// What all on this machine count as: a proxy may be there.
    static final String LOOPBACK = "loopback";

    /// Between two rounds of news: what comes together goes out together.
    private static final long NEWS_NANOS = 200_000_000;

    private static final int BACKLOG = 256;
    private static final int TURNS = 32;
    private static final int OUT = 64 * 1024;

    private final Selector selector = Selector.open();
    private final List<ServerSocketChannel> listeners = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(TlsLink.RECORD);
    private final ByteBuffer outBuffer = ByteBuffer.allocateDirect(OUT);
    private final Map<String, Integer> neighbours = new HashMap<>();
    private final long keepLimit = Runtime.getRuntime().maxMemory() / 4;
    private final LongSupplier nanos;
    private final PlainLog log;
    private final @Nullable ServerTls tls;
    private final Workers workers = new Workers(selector::wakeup);
    private final TlsLink.@Nullable Buffers buffers;
    private @Nullable Desk desk;
    private int count;
    private long kept;
    private long now;
    private long newsAt;
    private boolean news;
    private String date = "";
    private Board board = Board.empty(Instant.EPOCH);
    private volatile boolean stopped;

    /// @param nanos a clock that only goes forward
    /// @param tls encrypts all connections; null for none
    Server(LongSupplier nanos, PlainLog log, @Nullable ServerTls tls) throws IOException {
        this.nanos = nanos;
        this.log = log;
        this.tls = tls;
        this.buffers = tls == null ? null : new TlsLink.Buffers();
        this.newsAt = nanos.getAsLong();
    }

    /// Listens at an address.
    ///
    /// @return the port, which the system chooses where 0 was asked for
    int listen(InetSocketAddress address) throws IOException {
        var channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.configureBlocking(false);
            channel.bind(address, BACKLOG);
            channel.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        listeners.add(channel);
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    /// From any thread: has the loop make another board of the one there is.
    void update(UnaryOperator<Board> change) {
        workers.later(() -> {
            Board next = change.apply(board);
            if (next.version() != board.version()) {
                board = next;
                news = true;
            }
        });
    }

    Board board() {
        return board;
    }

    /// Serves until {@link #stop}.
    ///
    /// @param answers what is answered
    /// @param eachSecond done once a second
    void run(Desk answers, Runnable eachSecond) throws IOException {
        desk = answers;
        long tick = nanos.getAsLong();
        now = seconds(tick);
        while (!stopped) {
            long time = nanos.getAsLong();
            long until = news ? Math.min(newsAt, tick) : tick;
            if (until > time) {
                selector.select(Math.max(1, (until - time) / 1_000_000));
            } else {
                selector.selectNow();
            }
            time = nanos.getAsLong();
            now = seconds(time);
            workers.finish();
            for (SelectionKey key : selector.selectedKeys()) {
                ready(key);
            }
            selector.selectedKeys().clear();
            if (news && newsAt - time <= 0) {
                news = false;
                newsAt = time + NEWS_NANOS;
                answers.board(board);
            }
            if (tick - time <= 0) {
                tick = time + 1_000_000_000;
                date = "";
                shed(answers);
                eachSecond.run();
            }
        }
    }

    private static long seconds(long nanos) {
        return Math.floorDiv(nanos, 1_000_000_000);
    }

    /// Ends the loop; from any thread.
    void stop() {
        stopped = true;
        selector.wakeup();
    }

    private void ready(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.attachment() instanceof Connection connection) {
            serve(connection);
        } else {
            accept((ServerSocketChannel) key.channel());
        }
    }

    private void accept(ServerSocketChannel listener) {
        for (int i = 0; i < TURNS; i++) {
            try {
                SocketChannel channel = listener.accept();
                if (channel == null) {
                    return;
                }
                welcome(channel);
            } catch (IOException e) {
                log.warning("accept: " + Reasons.of(e));
                return;
            }
        }
    }

    private void welcome(SocketChannel channel) throws IOException {
        InetAddress from = ((InetSocketAddress) channel.getRemoteAddress()).getAddress();
        String neighbour = Neighbours.of(from);
        boolean crowd = !neighbour.equals(LOOPBACK) && neighbours.getOrDefault(neighbour, 0) >= CONNECTIONS_EACH;
        if (crowd || (count >= CONNECTIONS && !makeRoom())) {
            channel.close();
            return;
        }
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            TlsLink link =
                    tls == null || buffers == null ? null : new TlsLink(tls.engine(), channel, buffers, new byte[0]);
            var connection = new Connection(channel, Neighbours.text(from), neighbour, link, now);
            channel.register(selector, SelectionKey.OP_READ, connection);
            count++;
            neighbours.merge(neighbour, 1, Integer::sum);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// Drops the connection on which nothing has been asked for the longest time.
    private boolean makeRoom() {
        Connection oldest = null;
        for (SelectionKey key : selector.keys()) {
            if (key.attachment() instanceof Connection one
                    && one.topic == null
                    && !one.busy
                    && one.out == null
                    && !one.gone
                    && (oldest == null || one.since < oldest.since)) {
                oldest = one;
            }
        }
        if (oldest == null || oldest.since >= now) {
            return false;
        }
        close(oldest);
        return true;
    }

    /// Goes on with a connection as far as it goes now.
    void serve(Connection connection) {
        if (connection.gone) {
            return;
        }
        try {
            if (!handshake(connection)) {
                return;
            }
            if (!connection.clear() && !drain(connection)) {
                return;
            }
            if (connection.topic != null || connection.lingering) {
                listen(connection);
            } else {
                advance(connection);
            }
            interest(connection);
        } catch (IOException e) {
            close(connection);
        }
    }

    /// @return whether the connection can be used
    private boolean handshake(Connection connection) throws IOException {
        TlsLink link = connection.tls;
        if (link == null || link.established()) {
            return true;
        }
        if (link.busy()) {
            return false;
        }
        Runnable task = link.handshake();
        if (task != null) {
            interest(connection, 0);
            workers.handshake(task, () -> {
                link.done();
                serve(connection);
            });
            return false;
        }
        interest(connection, link.clogged() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        if (link.established()) {
            connection.since = now;
        }
        return link.established();
    }

    private void interest(Connection connection) {
        if (!connection.gone) {
            int what = !connection.clear() ? SelectionKey.OP_WRITE : connection.busy ? 0 : SelectionKey.OP_READ;
            interest(connection, what);
        }
    }

    private void interest(Connection connection, int what) {
        SelectionKey key = connection.key(selector);
        if (key != null && key.interestOps() != what) {
            key.interestOps(what);
        }
    }

    /// It has nothing to say any more, but it may go.
    private void listen(Connection connection) throws IOException {
        in.clear();
        if (connection.receive(in) < 0) {
            close(connection);
        }
    }

    private void advance(Connection connection) throws IOException {
        boolean more = true;
        for (int turn = 0; turn < TURNS; turn++) {
            if (connection.gone
                    || connection.busy
                    || !connection.clear()
                    || connection.topic != null
                    || connection.lingering) {
                return;
            }
            if (connection.length > 0 && connection.length >= connection.needed) {
                request(connection);
            } else if (more || connection.more()) {
                in.clear();
                int got = connection.receive(in);
                if (got < 0) {
                    close(connection);
                    return;
                }
                if (connection.length == 0) {
                    connection.since = now;
                }
                connection.append(in.flip());
                more = connection.tls != null && got > 0;
                if (got == 0) {
                    return;
                }
            } else {
                return;
            }
        }
        workers.later(() -> serve(connection)); // others want to be served, too
    }

    private void request(Connection connection) throws IOException {
        switch (RequestReader.read(connection.held, connection.length, connection.scanned)) {
            case Found.Part(int needed, int scanned, boolean proceed) -> {
                connection.needed = needed;
                connection.scanned = scanned;
                if (proceed) {
                    send(connection, Answers.PROCEED, false);
                }
            }
            case Found.Refused(int status, String why) -> {
                connection.consume(connection.length);
                answer(connection, Fault.of(false, status, "The request cannot be understood", why, ""), false, false);
            }
            case Found.Whole(HttpRequest request, int next) -> {
                connection.consume(next);
                connection.since = now;
                if (desk != null) {
                    desk.answer(connection, request);
                }
            }
        }
    }

    /// Has the answer to a request made elsewhere.
    ///
    /// @param then in the loop, if the connection is still there
    /// @return false if there is too much to do
    boolean work(Connection connection, Runnable task, Runnable then) {
        connection.busy = true;
        boolean taken = workers.work(connection.neighbour, task, () -> {
            connection.busy = false;
            connection.since = now;
            if (!connection.gone) {
                then.run();
                serve(connection);
            }
        });
        connection.busy = taken;
        return taken;
    }

    /// Sends an answer.
    void answer(Connection connection, CgiResponse response, boolean keepAlive, boolean bodiless) {
        for (String note : response.notes()) {
            log.notice(note);
        }
        boolean stays = keepAlive && !stopped;
        connection.last = !stays;
        send(connection, Answers.whole(response, date(), stays, bodiless), true);
    }

    /// The time as answers have it.
    String date() {
        if (date.isEmpty()) {
            date = Answers.date(Instant.now());
        }
        return date;
    }

    /// Sends what the system takes, and the rest later.
    ///
    /// @param own whether the bytes are nobody else's
    void send(Connection connection, byte[] bytes, boolean own) {
        if (connection.gone) {
            return;
        }
        connection.out = bytes;
        connection.sent = 0;
        connection.moved = now;
        connection.answered = now;
        connection.counted = own;
        if (own) {
            kept += bytes.length;
        }
        try {
            if (!drain(connection) && kept > keepLimit) {
                log.notice("dropping " + connection.address + ": those who do not read take too much memory");
                close(connection);
            }
            interest(connection);
        } catch (IOException e) {
            close(connection);
        }
    }

    /// @return whether there is nothing left to send
    private boolean drain(Connection connection) throws IOException {
        int size = connection.out == null ? 0 : connection.out.length;
        if (!connection.drain(outBuffer, now)) {
            return false;
        }
        release(connection, size);
        if (connection.last) {
            finish(connection);
            return false;
        }
        if (connection.topic != null && desk != null) {
            desk.drained(connection);
        }
        return true;
    }

    private void finish(Connection connection) throws IOException {
        if (connection.tls != null) {
            close(connection);
            return;
        }
        connection.last = false;
        connection.lingering = true;
        connection.since = now;
        connection.channel.shutdownOutput();
        interest(connection);
    }

    private void release(Connection connection, int size) {
        if (connection.counted) {
            connection.counted = false;
            kept -= size;
        }
    }

    /// Drops who takes too long.
    private void shed(Desk answers) {
        for (SelectionKey key : new ArrayList<>(selector.keys())) {
            if (key.attachment() instanceof Connection one && !one.gone) {
                switch (Patience.with(one, now)) {
                    case STAYS -> {}
                    case DROPPED -> close(one);
                    case REMINDED -> answers.remind(one);
                    case TIMED_OUT -> {
                        one.consume(one.length);
                        var late = Fault.of(false, 408, "The request took too long", "It did not come in time.", "");
                        answer(one, late, false, false);
                    }
                }
            }
        }
    }

    void close(Connection connection) {
        if (connection.gone) {
            return;
        }
        count--;
        neighbours.computeIfPresent(connection.neighbour, (_, n) -> n > 1 ? n - 1 : null);
        release(connection, connection.out == null ? 0 : connection.out.length);
        if (desk != null) {
            desk.gone(connection);
        }
        try {
            connection.close();
        } catch (IOException e) {
            log.debug(2, "close " + connection.address + ": " + Reasons.of(e));
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            if (key.attachment() instanceof Connection connection) {
                close(connection);
            }
        }
        for (ServerSocketChannel listener : listeners) {
            listener.close();
        }
        workers.close();
        selector.close();
    }
}
