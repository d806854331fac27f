package org.nutjvm.upssched;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.nutjvm.common.log.PlainLog;
import org.nutjvm.common.wire.Lexer;

/// One caller of the timer daemon. Lines come in by bits and are bounded by the lexer; answers the caller does not take
/// at once wait, and while they do nothing more is read from it.
final class Connection {
    private static final int MOST_UNSENT = 4 << 20;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final PlainLog log;
    private final Lexer lexer = new Lexer();
    private ByteBuffer unsent = NOTHING;

    Connection(SocketChannel channel, Selector selector, PlainLog log) throws IOException {
        this.channel = channel;
        this.log = log;
        channel.configureBlocking(false);
        this.key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /// Reads and writes what can be.
    ///
    /// @param chunk where bytes are read to
    /// @param answers gives the answer to the words of a line
    /// @return false when it is over
    boolean exchange(ByteBuffer chunk, Function<List<String>, String> answers) {
        try {
            if (!sent()) {
                return true;
            }
            chunk.clear();
            int count = channel.read(chunk);
            if (count < 0) {
                return false;
            }
            var answer = new StringBuilder();
            for (int i = 0; i < count; i++) {
                if (answer.length() > MOST_UNSENT) {
                    log.debug(2, "too much asked for at once, disconnecting");
                    return false;
                }
                switch (lexer.feed(chunk.get(i))) {
                    case LINE -> {
                        if (!lexer.words().isEmpty()) {
                            answer.append(answers.apply(lexer.words()));
                        }
                    }
                    case ERROR -> log.notice("Parse error on sock: " + lexer.error());
                    case MORE -> {}
                }
            }
            unsent = ByteBuffer.wrap(answer.toString().getBytes(StandardCharsets.US_ASCII));
            sent();
            return true;
        } catch (IOException e) {
            log.debug(2, "write failed on socket, disconnecting");
            return false;
        }
    }

    /// Sends on.
    ///
    /// @return whether all is sent
    private boolean sent() throws IOException {
        if (unsent.hasRemaining()) {
            channel.write(unsent);
        }
        boolean all = !unsent.hasRemaining();
        if (all) {
            unsent = NOTHING;
        }
        key.interestOps(all ? SelectionKey.OP_READ : SelectionKey.OP_WRITE);
        return all;
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            log.debug(3, "closing connection: " + e);
        }
    }
}
