package org.nutjvm.upsd.net;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.log.Priority;
import org.nutjvm.common.tls.ServerTls;
import org.nutjvm.common.tls.TlsLink;
import org.nutjvm.common.wire.NutError;
import org.nutjvm.common.wire.Request;
import org.nutjvm.upsd.session.Answer;
import org.nutjvm.upsd.session.Conversation;
import org.nutjvm.upsd.session.Device;
import org.nutjvm.upsd.session.Penalties;
import org.nutjvm.upsd.session.ReplyCache;
import org.nutjvm.upsd.session.RequestReader;
import org.nutjvm.upsd.session.RequestReader.Found;
import org.nutjvm.upsd.session.Session;

/// All clients: reads their requests, answers them, and sees to it that none can take more than its share
/// (server/upsd.c: client_connect, client_readline, sendback, client_disconnect).
///
/// What was read at once is answered with one write. When a client does not take its replies, nothing more is read from
/// it until it does; when it takes none for {@link #STUCK_SECONDS} it is dropped.
final class Clients {
    /// As in C: a client that asks nothing for so long is dropped.
    static final int INACTIVE_SECONDS = 60;

    static final int STUCK_SECONDS = 15;

    /// Lines that are binary or too long before a connection is closed for them.
    static final int STRIKES = 5;

    private static final int READ_SIZE = TlsLink.RECORD;
    private static final int WRITE_SIZE = 64 * 1024;
    private static final int CACHE_BYTES = 1024 * 1024;

    private final Selector selector;
    private final Conversation conversation;
    private final DriverLinks links;
    private final RequestReader reader = new RequestReader();
    private final ReplyCache cache = new ReplyCache(CACHE_BYTES);
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_SIZE);
    private final ByteBuffer out = ByteBuffer.allocateDirect(WRITE_SIZE);
    private final byte[] work = new byte[RequestReader.LINE_LIMIT + READ_SIZE];
    private final long keepLimit = Runtime.getRuntime().maxMemory() / 8;
    private final Workers workers;
    private final Handshakes handshakes;
    private final Penalties penalties = new Penalties();
    private final Map<String, Integer> strangers = new HashMap<>();
    private @Nullable Client newest;
    private int count;
    private long kept;
    private long serial;
    private long now;

    Clients(Selector selector, Conversation conversation, DriverLinks links) {
        this.selector = selector;
        this.conversation = conversation;
        this.links = links;
        this.workers = new Workers(selector);
        this.handshakes = new Handshakes(
                workers,
                this::close,
                this::goOn,
                this::count,
                new TlsRoom(Runtime.getRuntime().maxMemory() / 2));
    }

    /// Encrypts for those who ask for it from now on; null encrypts for nobody.
    void tls(@Nullable ServerTls tls) {
        handshakes.tls(tls);
    }

    /// Goes on with clients for which something was worked out elsewhere.
    void resume() {
        workers.finish();
    }

    private void goOn(Client client) {
        var key = client.key(selector);
        if (!client.gone && key != null && key.isValid()) {
            client.moved = now;
            serve(client, key);
        }
    }

    /// How many connections there are of an address that have not shown a right password.
    int strangers(String address) {
        return strangers.getOrDefault(address, 0);
    }

    /// A client of which it is known who it is no longer counts.
    private void acquainted(Client client) {
        if (client.stranger) {
            client.stranger = false;
            strangers.computeIfPresent(client.session.address(), (_, n) -> n > 1 ? n - 1 : null);
        }
    }

    int count() {
        return count;
    }

    /// The loop's time in seconds, until told otherwise.
    void now(long seconds) {
        now = seconds;
    }

    /// Takes a connection on.
    void add(SocketChannel channel, InetAddress from) throws IOException {
        String address = Addresses.text(from);
        var client = new Client(this, channel, new Session(++serial, address, from.getAddress()), now);
        channel.register(selector, SelectionKey.OP_READ, client);
        var before = newest;
        client.older = before;
        if (before != null) {
            before.newer = client;
        }
        newest = client;
        count++;
        strangers.merge(address, 1, Integer::sum);
        Journal.log().debug(Priority.D2, "Connect from {}", address);
    }

    /// Kept replies are no longer true: the devices changed.
    void forgetReplies() {
        cache.clear();
    }

    void serve(Client client, SelectionKey key) {
        try {
            if (client.proving || client.keptBack > 0 || !handshakes.ready(client, key, now)) {
                return;
            }
            do {
                if (!turn(client, key)) {
                    return;
                }
            } while (!client.gone && client.pending == null && client.more());
        } catch (IOException e) {
            close(client, Reasons.of(e));
        }
    }

    /// @return whether there may be more to do
    private boolean turn(Client client, SelectionKey key) throws IOException {
        int length = 0;
        if (client.pending != null) {
            if (!drain(client, key)) {
                return false;
            }
        } else if (client.again) {
            client.again = false;
        } else {
            in.clear();
            length = client.receive(in);
            if (length < 0) {
                close(client, "no data available");
                return false;
            }
            in.flip();
        }
        byte[] held = client.held;
        System.arraycopy(held, 0, work, 0, held.length);
        if (length > 0) {
            in.get(work, held.length, length);
        }
        answerAll(client, held.length + length, key);
        if (client.upgrading && !client.gone) {
            upgrade(client, key);
            return false;
        }
        return true;
    }

    /// The reply to STARTTLS is sent: what came behind the request is encrypted, or no good.
    private void upgrade(Client client, SelectionKey key) throws IOException {
        client.upgrading = false;
        if (client.pending != null) {
            close(client, "does not read");
            return;
        }
        byte[] early = client.held;
        kept -= early.length;
        client.held = Client.NOTHING;
        client.moved = now;
        handshakes.begin(client, early);
        serve(client, key);
    }

    private void answerAll(Client client, int end, SelectionKey key) throws IOException {
        int at = 0;
        out.clear();
        while (at < end && client.pending == null && client.talking()) {
            int newline = RequestReader.newline(work, at, end);
            if (client.skipping) {
                client.skipping = newline < 0;
                at = newline < 0 ? end : newline + 1;
                continue;
            }
            if (newline < 0 && end - at < RequestReader.LINE_LIMIT) {
                break;
            }
            byte @Nullable [] known =
                    newline < 0 || !conversation.readable(client.session) ? null : cache.find(work, at, newline);
            if (known != null) {
                client.heard = now;
                at = newline + 1;
                send(client, known, key);
                continue;
            }
            Found found = reader.read(work, at, end);
            if (found == Found.NOTHING) {
                break;
            }
            int next = reader.next();
            byte[] reply = reply(client, found, at, next, newline);
            if (client.proving) {
                break; // the same line again, once that is done
            }
            at = next;
            if (client.keptBack > 0) {
                keepBack(client, reply, key);
            } else {
                send(client, reply, key);
            }
        }
        if (client.pending == null && out.position() > 0) {
            out.flip();
            if (!client.transmit(out)) {
                suspend(client, Client.NOTHING, 0, key);
            }
        }
        hold(client, at, end);
        if (client.proving) {
            key.interestOps(0);
        }
        if (client.leaving && client.pending == null) {
            close(client, "logged out");
        }
    }

    private byte[] reply(Client client, Found found, int start, int next, int newline) {
        return switch (found) {
            case LINE -> {
                client.heard = now;
                var answer = conversation.answer(client.session, Request.of(reader.words()), now);
                byte[] reply = carryOut(client, answer);
                if (client.stranger && client.session.proven()) {
                    acquainted(client);
                }
                if (answer.lasting() && newline == next - 1) {
                    cache.keep(work, start, newline, answer.about(), reply);
                }
                yield reply;
            }
            case TOO_LONG -> {
                client.skipping = true;
                strike(client, "a line of more than " + RequestReader.LINE_LIMIT + " bytes");
                yield bytes(NutError.TOO_LONG);
            }
            case BINARY -> {
                strike(client, "a line that is no text");
                yield bytes(NutError.INVALID_ARGUMENT);
            }
            case MALFORMED, NOTHING -> bytes(NutError.INVALID_ARGUMENT);
        };
    }

    private byte[] carryOut(Client client, Answer answer) {
        var note = answer.note();
        if (note != null) {
            Journal.note(note);
        }
        switch (answer.action()) {
            case null -> {}
            case Answer.Action.Close() -> client.leaving = true;
            case Answer.Action.Encrypt() -> client.upgrading = true;
            case Answer.Action.Penalty() -> penalty(client);
            case Answer.Action.Prove prove -> prove(client, prove);
            case Answer.Action.Tell(var device, var request, var otherwise) -> {
                if (!links.tell(device, request)) {
                    Journal.log().info("Set command send failed");
                    return bytes(otherwise);
                }
            }
        }
        return answer.text().getBytes(StandardCharsets.ISO_8859_1);
    }

    private void penalty(Client client) {
        int seconds = penalties.failed(client.session.address(), now);
        if (seconds > 0) {
            client.keptBack = now + seconds;
        }
    }

    private void prove(Client client, Answer.Action.Prove asked) {
        client.proving = true;
        var right = new AtomicBoolean();
        workers.work(() -> right.set(asked.hash().matches(asked.password())), () -> {
            conversation.proved(client.session, asked, right.get());
            client.proving = false;
            client.again = true;
            var key = client.key(selector);
            if (!client.gone && key != null && key.isValid()) {
                key.interestOps(client.pending == null ? SelectionKey.OP_READ : SelectionKey.OP_WRITE);
                goOn(client);
            }
        });
    }

    /// The reply is sent by {@link #shed} when its time has come.
    private void keepBack(Client client, byte[] reply, SelectionKey key) throws IOException {
        out.flip();
        if (out.hasRemaining()) {
            client.transmit(out);
        }
        suspend(client, reply, 0, key);
        key.interestOps(0);
    }

    private static byte[] bytes(NutError error) {
        return (error.text() + '\n').getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void strike(Client client, String what) {
        client.strikes++;
        Journal.log().debug("Client {} sent {}", client.session.address(), what);
        if (client.strikes >= STRIKES) {
            Journal.notice("Disconnecting client " + client.session.address() + ": it sent " + what
                    + ", and not for the" + " first time");
            client.leaving = true;
        }
    }

    private void send(Client client, byte[] reply, SelectionKey key) throws IOException {
        int at = 0;
        while (true) {
            int room = Math.min(out.remaining(), reply.length - at);
            out.put(reply, at, room);
            at += room;
            if (at == reply.length) {
                return;
            }
            out.flip();
            if (!client.transmit(out)) {
                suspend(client, reply, at, key);
                return;
            }
            out.clear();
        }
    }

    /// Keeps what is left in {@link #out}, and the reply from there on, until the client reads again.
    private void suspend(Client client, byte[] reply, int from, SelectionKey key) {
        int left = out.remaining();
        byte[] rest = new byte[left + reply.length - from];
        out.get(rest, 0, left);
        System.arraycopy(reply, from, rest, left, reply.length - from);
        out.clear();
        client.pending = rest;
        client.sent = 0;
        client.moved = now;
        kept += rest.length;
        key.interestOps(SelectionKey.OP_WRITE);
    }

    /// Sends what was kept.
    ///
    /// @return whether all of it is sent and the client may be read from again
    private boolean drain(Client client, SelectionKey key) throws IOException {
        byte[] pending = client.pending == null ? Client.NOTHING : client.pending;
        boolean all;
        do {
            out.clear();
            int part = Math.min(out.remaining(), pending.length - client.sent);
            out.put(pending, client.sent, part).flip();
            all = client.transmit(out);
            int taken = part - out.remaining();
            client.sent += taken;
            if (taken > 0) {
                client.moved = now;
            }
        } while (all && client.sent < pending.length);
        out.clear();
        if (!all) {
            return false;
        }
        kept -= pending.length;
        client.pending = null;
        key.interestOps(SelectionKey.OP_READ);
        return true;
    }

    private void hold(Client client, int from, int to) {
        if (client.gone) {
            return;
        }
        kept += to - from - client.held.length;
        client.held = from == to ? Client.NOTHING : Arrays.copyOfRange(work, from, to);
        if (kept > keepLimit) {
            Journal.notice("Dropping client " + client.session.address()
                    + ": clients that do not read, or do not finish their lines, take too much memory");
            close(client, "out of buffers");
        }
    }

    /// Drops who asks nothing or takes nothing.
    void shed() {
        var client = newest;
        while (client != null) {
            var next = client.older;
            if (client.keptBack > 0 && now >= client.keptBack) {
                release(client);
            } else if (client.pending != null && now - client.moved > STUCK_SECONDS) {
                Journal.notice("write() failed for " + client.session.address() + ": it has read nothing for "
                        + STUCK_SECONDS + " seconds");
                close(client, "does not read");
            } else if (handshakes.late(client, now)) {
                handshakes.failed(client, "it was not done in time");
                close(client, "handshake not done in time");
            } else if (now - client.heard > INACTIVE_SECONDS) {
                close(client, "inactive too long");
            }
            client = next;
        }
    }

    private void release(Client client) {
        client.keptBack = 0;
        var key = client.key(selector);
        if (key != null && key.isValid()) {
            key.interestOps(SelectionKey.OP_WRITE);
            goOn(client);
        }
    }

    /// Disconnects whoever is logged into a device that is no longer served.
    void kick(Device device) {
        var client = newest;
        while (client != null) {
            var next = client.older;
            if (client.session.login() == device) {
                Journal.log().info("Kicking client {} (was on UPS [{}])", client.session.address(), device.name());
                close(client, "device removed");
            }
            client = next;
        }
    }

    void closeAll() {
        while (newest != null) {
            close(newest, "server ends");
        }
        workers.close();
    }

    void close(Client client, String why) {
        if (client.gone) {
            return;
        }
        client.gone = true;
        Journal.log().debug(Priority.D2, "Disconnect from {} ({})", client.session.address(), why);
        client.session.leave();
        acquainted(client);
        if (client.tls != null) {
            handshakes.gone(client);
        }
        kept -= client.held.length + (client.pending == null ? 0 : client.pending.length);
        count--;
        var older = client.older;
        var newer = client.newer;
        if (older != null) {
            older.newer = newer;
        }
        if (newer != null) {
            newer.older = older;
        } else {
            newest = older;
        }
        try {
            client.close();
        } catch (IOException e) {
            Journal.log().debug(Priority.D2, "close {}: {}", client.session.address(), e.getMessage());
        }
    }
}
