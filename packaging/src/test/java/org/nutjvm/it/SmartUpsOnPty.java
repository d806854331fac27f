package org.nutjvm.it;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An APC Smart-UPS 1000I as the published descriptions of the UPS-Link protocol have it, at the far end of a pair of
/// pseudo terminals. It keeps what it heard, and can be made to answer badly.
final class SmartUpsOnPty implements AutoCloseable {
    /// How the next answers come.
    enum Mood {
        GOOD,
        /// Not at all.
        SILENT,
        /// Without their second half and their end.
        HALF,
        /// With a byte that noise made.
        NOISY,
        /// After the driver has lost patience.
        LATE
    }

    private static final String CHARACTERS =
            "\u0001\u000c\u000e\u001a'-789<>@ABCDEFGKLMNOPQRSUVWXYZ^abcefgjklmnopqrsuvxyz~";
    private static final String CAPABILITIES = "#uI43253264271280lI43208196188204e44200155090oI43230240220225"
            + "s441HMLLq44202050710p443020180300600r443000060180300k4410TLNE443336168ON OFFuM43229234239224";
    private static final Map<Character, List<String>> CYCLES = Map.of(
            'u', List.of("253", "264", "271", "280"),
            'l', List.of("208", "196", "188", "204"),
            'e', List.of("00", "15", "50", "90"),
            'o', List.of("230", "240", "220", "225"),
            's', List.of("H", "M", "L", "L"),
            'q', List.of("02", "05", "07", "10"),
            'p', List.of("020", "180", "300", "600"),
            'r', List.of("000", "060", "180", "300"),
            'k', List.of("0", "T", "L", "N"),
            'E', List.of("336", "168", "ON ", "OFF"));

    private final Map<Character, String> values = new TreeMap<>(Map.ofEntries(
            Map.entry((char) 1, "SMART-UPS 1000"),
            Map.entry((char) 12, "E"),
            Map.entry('7', "08"),
            Map.entry('8', "06,07,00"),
            Map.entry('9', "FF"),
            Map.entry('<', "000"),
            Map.entry('>', "001"),
            Map.entry('B', "27.60"),
            Map.entry('C', "036.5"),
            Map.entry('F', "50.00"),
            Map.entry('G', "T"),
            Map.entry('L', "231.8"),
            Map.entry('M', "233.2"),
            Map.entry('N', "229.6"),
            Map.entry('O', "231.8"),
            Map.entry('P', "023.4"),
            Map.entry('V', "IWI"),
            Map.entry('X', "OK"),
            Map.entry('b', "60.11.I"),
            Map.entry('c', "bessie"),
            Map.entry('f', "100.0"),
            Map.entry('g', "024"),
            Map.entry('j', "0055:"),
            Map.entry('m', "11/15/98"),
            Map.entry('n', "QS9847320518"),
            Map.entry('v', "10.5.D"),
            Map.entry('x', "11/15/98"),
            Map.entry('y', "(C) APCC")));
    private final Map<Character, Integer> at = new TreeMap<>();
    private final StringBuilder heard = new StringBuilder();
    private final List<Byte> text = new ArrayList<>();
    private final RandomAccessFile tty;
    private char last;
    private int digits;
    private int status = 0x08;
    private Mood mood = Mood.GOOD;
    private boolean closed;

    SmartUpsOnPty(Path end) {
        try {
            tty = new RandomAccessFile(end.toFile(), "rw");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CYCLES.keySet().forEach(c -> at.put(c, 0));
        Thread.ofPlatform().daemon().name("smart-ups").start(this::live);
    }

    /// All bytes so far, control characters as `<hh>`.
    synchronized String heard() {
        return heard.toString();
    }

    synchronized void mood(Mood next) {
        mood = next;
    }

    synchronized void status(int bits) {
        status = bits;
    }

    synchronized void value(char c, String value) {
        values.put(c, value);
    }

    /// Sends something nobody asked for.
    synchronized void blurt(String bytes) {
        send(bytes);
    }

    private void live() {
        try {
            for (int c = tty.read(); c >= 0; c = tty.read()) {
                hear((char) c);
            }
        } catch (IOException e) {
            // The line is gone: a test has cut it, or is over.
        }
    }

    private synchronized void hear(char c) {
        heard.append(
                c > ' ' && c < 0x7f ? String.valueOf(c) : "<" + HexFormat.of().toHexDigits((byte) c) + ">");
        char before = last;
        last = c;
        if (!text.isEmpty() || (c == '-' && (before == 'c' || before == 'x'))) {
            write(before, c);
        } else if (digits > 0) {
            if (c < '0' || c > '9') {
                digits = 0;
                say("NO");
            } else if (--digits == 0) {
                say("OK");
            }
        } else {
            order(before, c);
        }
    }

    /// `c-` and eight bytes.
    private void write(char before, char c) {
        if (text.isEmpty()) {
            text.add((byte) before);
            return;
        }
        text.add((byte) c);
        if (text.size() == 9) {
            var value = new StringBuilder();
            text.subList(1, 9).forEach(b -> value.append(b == '\r' ? "" : String.valueOf((char) (byte) b)));
            values.put((char) (byte) text.getFirst(), value.toString());
            text.clear();
            say("OK");
        }
    }

    private void order(char before, char c) {
        switch (c) {
            case 'Y' -> say("SM");
            case 'R' -> say("BYE");
            case 'Q' -> say(HexFormat.of().withUpperCase().toHexDigits((byte) status));
            case 'a' -> say("3.!$%+?=#|." + CHARACTERS);
            case 26 -> say(CAPABILITIES);
            case '-' -> {
                if (CYCLES.containsKey(before)) {
                    at.merge(before, 1, Integer::sum);
                    say("OK");
                } else {
                    say("NO");
                }
            }
            case '@' -> digits = 3;
            case 'D' -> {
                status ^= 1;
                say("OK");
            }
            case 'A', 'U', 'W', '^' -> say("OK");
            case 'S' -> say((status & 0x10) != 0 ? "*" : "NA");
            case 'K' -> {
                if (before == 'K') {
                    last = 0;
                    say("*");
                }
            }
            case 'Z', 14 -> last = before == c ? 0 : c;
            default -> {
                var cycle = CYCLES.get(c);
                if (cycle != null) {
                    say(cycle.get(at.getOrDefault(c, 0) % cycle.size()));
                } else {
                    say(values.getOrDefault(c, "NA"));
                }
            }
        }
    }

    private void say(String answer) {
        String line = answer.equals("*") ? "*" : answer + "\r\n";
        switch (mood) {
            case GOOD -> send(line);
            case SILENT -> {}
            case HALF -> send(answer.substring(0, (answer.length() + 1) / 2));
            case NOISY ->
                send(answer.substring(0, answer.length() / 2) + "\u00f3" + line.substring(answer.length() / 2));
            case LATE ->
                Thread.ofPlatform().daemon().start(() -> {
                    pause(4000);
                    synchronized (this) {
                        send(line);
                    }
                });
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(String bytes) {
        try {
            if (!closed) {
                tty.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        try {
            tty.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Both ends of a line: a device file for the driver and one for the device.
    static void awaitEnds(Path... ends) {
        for (Path end : ends) {
            Await.until("pseudo terminal " + end, () -> Files.exists(end));
        }
    }
}
