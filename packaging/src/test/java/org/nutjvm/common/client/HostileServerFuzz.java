package org.nutjvm.common.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nutjvm.common.wire.Words;
import org.nutjvm.fuzz.Input;
import org.nutjvm.fuzz.Must;
import org.nutjvm.upsmon.decide.Policy;
import org.nutjvm.upsmon.decide.Polled;
import org.nutjvm.upsmon.decide.Reading;
import org.nutjvm.upsmon.decide.Verdict;
import org.nutjvm.upsmon.decide.Watched;

/// A server that answers upsmon anything: no UPS becomes critical unless the server said just that.
public final class HostileServerFuzz {
    private HostileServerFuzz() {}

    /// A connection on which all answers are there already, in pieces.
    private static final class Played extends Socket {
        private final InputStream in;

        Played(byte[] answers, int piece) {
            var all = new ByteArrayInputStream(answers);
            in = new InputStream() {
                @Override
                public int read() {
                    return all.read();
                }

                @Override
                public int read(byte[] into, int at, int length) {
                    return all.read(into, at, Math.min(piece, length));
                }
            };
        }

        @Override
        public InputStream getInputStream() {
            return in;
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public void setSoTimeout(int millis) {}

        @Override
        public java.util.Set<java.net.SocketOption<?>> supportedOptions() {
            return java.util.Set.of();
        }

        @Override
        public void close() {}
    }

    public static void fuzzerTestOneInput(byte[] data) {
        var input = new Input(data);
        int piece = 1 + input.next();
        int lists = input.next();
        byte[] answers = input.rest();
        UpsdClient server;
        try {
            server = new UpsdClient("127.0.0.1", 3493, new Played(answers, piece), Duration.ofSeconds(5));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (lists >= 0xc0) {
            list(server, lists);
        }
        poll(server, answers);
    }

    /// What upsmon does on a connection.
    private static void poll(UpsdClient server, byte[] answers) {
        try {
            server.username("mon");
            server.password("pass");
            server.login("ups");
            server.primary("ups");
        } catch (NutException e) {
            Must.hold(!e.getMessage().isBlank(), "no reason");
        }
        var ups = Watched.unseen("ups@localhost", 1, true);
        var now = Duration.ZERO;
        for (int i = 0; i < 4; i++) {
            now = now.plusSeconds(5);
            ups = Polled.after(ups, read(server), now, Policy.DEFAULT).ups();
            var verdict = Verdict.of(ups, now, Policy.DEFAULT);
            if (verdict.critical()) {
                Must.hold(said(answers), "critical by " + verdict.rule() + ", and the server never said so");
            }
            ups = verdict.ups();
        }
        try {
            Must.hold(server.getNumLogins("ups") < Integer.MAX_VALUE, "logins");
        } catch (NutException e) {
            Must.hold(!e.getMessage().isBlank(), "no reason");
        }
    }

    private static Reading read(UpsdClient server) {
        try {
            String status = server.getVar("ups", "ups.status");
            Optional<String> alarm =
                    status.contains("ALARM") ? Optional.of(server.getVar("ups", "ups.alarm")) : Optional.empty();
            return new Reading.Status(status, Optional.empty(), alarm);
        } catch (NutException e) {
            return new Reading.Silence(e.getMessage());
        }
    }

    private static void list(UpsdClient server, int which) {
        try {
            switch (which % 4) {
                case 0 -> server.listUps();
                case 1 -> server.listVar("ups");
                case 2 -> server.listCmd("ups");
                default ->
                    server.getEach(List.of(new String[] {"TYPE", "ups", "a"}, new String[] {"DESC", "ups", "b"}));
            }
        } catch (NutException e) {
            Must.hold(!e.getMessage().isBlank(), "no reason");
        }
    }

    /// Whether a line is the answer that makes a UPS critical, by other means than those tested.
    private static boolean said(byte[] answers) {
        for (String line : new String(answers, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            var words = Words.split(line);
            if (words.size() < 4
                    || !words.get(0).equalsIgnoreCase("VAR")
                    || !words.get(1).equalsIgnoreCase("ups")
                    || !words.get(2).equalsIgnoreCase("ups.status")) {
                continue;
            }
            var status = List.of(words.get(3).toUpperCase(Locale.ROOT).split(" ", -1));
            boolean low = status.contains("OB") && status.contains("LB");
            boolean silentAlso = status.contains("OFF")
                    || status.contains("BYPASS")
                    || status.contains("CAL")
                    || status.contains("ALARM")
                    || status.contains("OB");
            if (low || silentAlso || status.contains("FSD")) {
                return true;
            }
        }
        return false;
    }
}
