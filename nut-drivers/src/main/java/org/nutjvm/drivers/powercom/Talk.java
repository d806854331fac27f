package org.nutjvm.drivers.powercom;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.nutjvm.drivers.port.PortLostException;
import org.nutjvm.drivers.port.SerialLine;
import org.nutjvm.drivers.port.Vote;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Orders to the device, and its answers to the one that asks for values (drivers/powercom.c: ups_getinfo).
///
/// Answers have no checksum. One is believed when it says the same as the one before, values may move a
/// little; if not, more are asked for, until two are alike. So a damaged byte does not become an outage.
final class Talk {
    private static final Logger LOG = LoggerFactory.getLogger(Talk.class);
    private static final byte[] SEND_DATA = {1};
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /// How long what is too much may take to come: some bytes at 1200 baud, and an adapter's delay.
    private static final Duration BEHIND = Duration.ofMillis(30);

    private static final Duration QUIET = Duration.ofMillis(300);
    private static final int MOST_NOISE = 4096;

    /// Failures in a row that end a poll: some devices answer the second time only.
    private static final int FAILURES = 2;

    private final SerialLine line;
    private final UpsType type;
    private final byte[] chunk = new byte[64];
    private Optional<int[]> last = Optional.empty();
    private boolean noisy;

    Talk(SerialLine line, UpsType type) {
        this.line = line;
        this.type = type;
    }

    /// Sends an order. Nothing answers.
    void send(byte... bytes) throws IOException {
        line.write(bytes);
    }

    /// What the device says now.
    Frame values() throws IOException {
        var vote = new Vote(Frame.tolerances(type.bytes()));
        last.ifPresent(vote::add);
        Optional<int[]> found = Optional.empty();
        int failures = 0;
        for (int i = 0; found.isEmpty() && i < Vote.ENOUGH; ) {
            try {
                found = vote.add(ask());
                i++;
            } catch (PortLostException e) {
                throw e;
            } catch (IOException e) {
                noisy = true;
                failures++;
                if (failures == FAILURES) {
                    throw e;
                }
                LOG.debug("{}, asking again", String.valueOf(e.getMessage()));
            }
        }
        int[] bytes = found.orElseThrow(() -> new IOException("data receiving error (answers contradict one another)"));
        last = found;
        return new Frame(bytes);
    }

    private int[] ask() throws IOException {
        if (noisy) {
            line.awaitQuiet(QUIET, MOST_NOISE);
            noisy = false;
        }
        line.flushInput();
        line.write(SEND_DATA);
        int[] bytes = new int[type.bytes()];
        long end = line.nanoTime() + PATIENCE.toNanos();
        int have = 0;
        while (have < bytes.length) {
            int count = line.read(chunk, Duration.ofNanos(end - line.nanoTime()));
            if (count == 0) {
                throw new IOException("data receiving error (" + have + " instead of " + bytes.length + " bytes)");
            }
            if (count > bytes.length - have) {
                throw tooMuch();
            }
            for (int i = 0; i < count; i++) {
                bytes[have++] = chunk[i] & 0xff;
            }
        }
        if (line.read(chunk, BEHIND) > 0) {
            throw tooMuch();
        }
        for (var check : type.checks()) {
            if (bytes[check.index()] != check.value()) {
                throw new IOException("data receiving error (validation check)");
            }
        }
        return bytes;
    }

    private IOException tooMuch() {
        return new IOException("data receiving error (more than " + type.bytes() + " bytes)");
    }
}
