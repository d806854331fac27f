package org.nutjvm.drivers.metasys;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.port.SerialLine;

/// Questions and orders to the device, and its answers (drivers/metasys.c: command_read_sequence,
/// command_write_sequence).
///
/// An answer counts if its sum is right, it begins with the command it answers and has all that was asked for. What
/// else comes, noise, answers to earlier questions, is left out.
final class Wire {
    private static final int ATTEMPTS = 5;
    private static final Duration SILENCE = Duration.ofSeconds(1);
    private static final Duration GAP = Duration.ofMillis(500);
    private static final Duration MOST = Duration.ofSeconds(2);
    private static final int ZEROS = 100;

    private final SerialLine line;
    private final byte[] chunk = new byte[64];
    private boolean echoes;

    Wire(SerialLine line) {
        this.line = line;
    }

    /// Ends whatever packet the device may be in the middle of.
    void reset() throws IOException {
        line.write(new byte[ZEROS]);
    }

    /// Asks for something.
    ///
    /// @param insistent whether the question may be asked several times
    /// @return the answer, or null if there is none
    byte @Nullable [] ask(Question question, boolean insistent) throws IOException {
        return exchange(new byte[] {question.code}, question.least, insistent ? ATTEMPTS : 1);
    }

    /// Gives an order.
    ///
    /// @param data the command and what belongs to it
    /// @throws IOException if the device does not acknowledge it
    void order(byte... data) throws IOException {
        if (exchange(data, 1, ATTEMPTS) == null) {
            throw new IOException("the UPS does not acknowledge command " + data[0]);
        }
    }

    private byte @Nullable [] exchange(byte[] data, int least, int attempts) throws IOException {
        for (int i = 0; i < attempts; i++) {
            line.flushInput();
            line.write(Packets.of(data));
            byte[] answer = answer(data, least, SILENCE, echoes);
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }

    /// Gives an order whose answer comes much later.
    void send(byte... data) throws IOException {
        line.flushInput();
        line.write(Packets.of(data));
        if (echoes) {
            echoes = Arrays.equals(answer(data, data.length, GAP, false), data);
        }
    }

    /// The late answer to what was sent.
    byte @Nullable [] lateAnswer(byte[] asked, Duration limit) throws IOException {
        return answer(asked, asked.length, limit, false);
    }

    /// The answer to a question.
    ///
    /// @param silence how long to wait for its first byte
    /// @param echo whether the line gives back the question before the answer
    private byte @Nullable [] answer(byte[] asked, int least, Duration silence, boolean echo) throws IOException {
        var packets = new Packets();
        boolean echoed = !echo;
        boolean heard = false;
        long begin = line.nanoTime();
        long end = begin + silence.toNanos();
        while (true) {
            long left = end - line.nanoTime();
            int count = left > 0 ? line.read(chunk, Duration.ofNanos(left)) : 0;
            if (count > 0) {
                end = Math.min(begin + MOST.toNanos(), Math.max(end, line.nanoTime() + GAP.toNanos()));
            }
            boolean over = count == 0 || !packets.add(chunk, count);
            for (byte[] data = packets.next(over); data != null; data = packets.next(over)) {
                boolean same = Arrays.equals(data, asked);
                if (same && !echoed) {
                    echoed = true;
                } else if (data[0] == asked[0] && data.length >= least) {
                    echoes = echoes || heard;
                    return data;
                } else {
                    heard |= same;
                }
            }
            if (over) {
                return null;
            }
        }
    }
}
