package org.nutjvm.tools.scanner;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.nutjvm.tools.shared.Terminal;

/// What searches need in tests: a place for messages, and addresses.
final class Fixture {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    final Progress progress = new Progress(terminal(), false);

    private Terminal terminal() {
        var err = new PrintStream(said, true, StandardCharsets.ISO_8859_1);
        return new Terminal(Map.of(), InputStream.nullInputStream(), err, err);
    }

    /// What was said to the user.
    String said() {
        return said.toString(StandardCharsets.ISO_8859_1);
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static List<InetAddress> loopback() {
        return List.of(address("127.0.0.1"));
    }
}
