package org.nutjvm.drivers.shut;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hidups.HidException;
import org.nutjvm.drivers.hidups.HidException.Kind;
import org.nutjvm.drivers.port.PortLostException;
import org.nutjvm.drivers.port.SerialLine;
import org.nutjvm.drivers.shut.FrameReader.Heard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Requests to a device and its answers, as frames of which each is acknowledged (drivers/libshut.c). An answer that
/// cannot be the one that was asked for is none: after any trouble both sides are synchronised anew and the request is
/// made again.
final class ShutLink {
    private static final Logger LOG = LoggerFactory.getLogger(ShutLink.class);

    /// For the sign that a frame has arrived.
    private static final Duration ACKNOWLEDGEMENT = Duration.ofSeconds(2);

    /// For the first byte of the next frame.
    private static final Duration ANSWER = Duration.ofSeconds(3);

    private static final Duration BETWEEN_BYTES = Duration.ofSeconds(1);
    private static final Duration SYNCHRONISED = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofMillis(150);

    /// For what does not belong behind a frame: a device waits for its acknowledgement.
    private static final Duration BEHIND = Duration.ofMillis(10);

    /// No further attempt begins after so long.
    private static final Duration ENOUGH = Duration.ofSeconds(5);

    /// A whole answer may take so long, and more for each byte: three times of what a line of 2400 bits per second
    /// needs.
    private static final Duration WHOLE = Duration.ofSeconds(6);

    private static final long NANOS_PER_BYTE = 20_000_000;

    private static final int ATTEMPTS = 3;
    private static final int MOST_NOISE = 4096;

    private final SerialLine line;
    private final FrameReader reader = new FrameReader();
    private final byte[] buffer = new byte[64];
    private int at;
    private int count;

    ShutLink(SerialLine line) {
        this.line = line;
    }

    /// Gets in step with the device, and has it send nothing by itself.
    ///
    /// @param tries each lasts a second
    void synchronise(int tries) throws HidException {
        for (int i = 0; i < tries; i++) {
            quiet();
            write(FrameReader.SIGN_SYNC_OFF);
            long end = line.nanoTime() + SYNCHRONISED.toNanos();
            for (Heard heard = hear(end); heard != null; heard = hear(end)) {
                if (heard == Heard.SYNC) {
                    quiet();
                    return;
                }
            }
        }
        throw new HidException(Kind.BROKEN, "no answer to SYNC: the device is off, or does not speak SHUT");
    }

    /// Asks for something.
    ///
    /// @param request 8 bytes, as in a control transfer of USB
    /// @param most bytes that may come
    /// @param fits whether an answer can be the one to this request
    byte[] get(byte[] request, int most, Predicate<byte[]> fits) throws HidException {
        return persist(() -> {
            send(request, 0, request.length, true);
            byte[] answer = receive(most);
            if (answer.length == 0) {
                throw new HidException(Kind.STALL, "an empty answer");
            }
            if (!fits.test(answer)) {
                throw new HidException(Kind.IO, "an answer to something else");
            }
            return answer;
        });
    }

    /// Announces data and sends them.
    ///
    /// @param request 8 bytes, as in a control transfer of USB
    void set(byte[] request, byte[] data) throws HidException {
        persist(() -> {
            send(request, 0, request.length, data.length == 0);
            for (int from = 0; from < data.length; from += FrameReader.LONGEST) {
                int length = Math.min(FrameReader.LONGEST, data.length - from);
                send(data, from, length, from + length == data.length);
            }
            return data;
        });
    }

    private interface Exchange {
        byte[] run() throws HidException;
    }

    private byte[] persist(Exchange exchange) throws HidException {
        long begin = line.nanoTime();
        for (int i = 1; ; i++) {
            try {
                at = count;
                reader.reset();
                return exchange.run();
            } catch (HidException e) {
                boolean hopeless = e.kind().linkLost() || e.kind() == Kind.STALL;
                if (hopeless || i == ATTEMPTS || line.nanoTime() - begin > ENOUGH.toNanos()) {
                    throw e;
                }
                LOG.debug("attempt {}: {}", i, String.valueOf(e.getMessage()));
                synchronise(2);
            }
        }
    }

    /// Sends a frame until it is acknowledged. A device that refuses it several times does not know what is asked.
    private void send(byte[] data, int from, int length, boolean last) throws HidException {
        byte[] frame = FrameReader.frame(FrameReader.REQUEST, last, data, from, length);
        for (int i = 0; i < ATTEMPTS; i++) {
            write(frame);
            if (acknowledged()) {
                return;
            }
        }
        throw new HidException(Kind.STALL, "the device refuses the request");
    }

    private boolean acknowledged() throws HidException {
        long end = line.nanoTime() + ACKNOWLEDGEMENT.toNanos();
        while (true) {
            Heard heard = hear(end);
            if (heard == null) {
                throw new HidException(Kind.TIMEOUT, "no acknowledgement");
            }
            switch (heard) {
                case OK -> {
                    return true;
                }
                case NOK -> {
                    return false;
                }
                case FRAME -> {
                    if (reader.type() != FrameReader.NOTIFY) {
                        throw outOfTurn();
                    }
                    write(FrameReader.SIGN_OK);
                }
                case BAD -> throw new HidException(Kind.IO, "noise instead of an acknowledgement");
                case SYNC, MORE -> {}
            }
        }
    }

    private HidException outOfTurn() {
        return new HidException(
                Kind.IO,
                reader.type() == FrameReader.REQUEST ? "the line echoes" : "an answer before it was asked for");
    }

    private byte[] receive(int most) throws HidException {
        long end = line.nanoTime() + WHOLE.toNanos() + NANOS_PER_BYTE * most;
        var answer = new ByteArrayOutputStream();
        int bad = 0;
        while (true) {
            Heard heard = checked(hear(Math.min(end, line.nanoTime() + ANSWER.toNanos())));
            if (heard == null) {
                throw new HidException(Kind.TIMEOUT, "no answer, or not all of it");
            }
            if (heard == Heard.BAD) {
                bad++;
                if (bad == ATTEMPTS) {
                    throw new HidException(Kind.IO, "noise instead of an answer");
                }
                quiet();
                write(FrameReader.SIGN_NOK);
            } else if (heard == Heard.FRAME && reader.type() == FrameReader.NOTIFY) {
                write(FrameReader.SIGN_OK);
            } else if (heard == Heard.FRAME) {
                if (reader.type() != FrameReader.RESPONSE) {
                    throw outOfTurn();
                }
                answer.writeBytes(reader.data());
                if (answer.size() > most) {
                    throw new HidException(Kind.IO, "more than the " + most + " bytes that were asked for");
                }
                write(FrameReader.SIGN_OK);
                if (reader.last()) {
                    return answer.toByteArray();
                }
            }
        }
    }

    /// A frame with something behind it is none: noise has put a byte into it, and its last is still to come. What sum
    /// is left to the checksum then is chance.
    private @Nullable Heard checked(@Nullable Heard heard) throws HidException {
        if (heard != Heard.FRAME || reader.type() == FrameReader.NOTIFY) {
            return heard;
        }
        if (at == count && reader.last()) {
            read(BEHIND);
        }
        return at == count ? heard : Heard.BAD;
    }

    /// Waits for a frame or a sign; null when there is none in time.
    private @Nullable Heard hear(long end) throws HidException {
        while (true) {
            while (at < count) {
                Heard heard = reader.feed(buffer[at++]);
                if (heard != Heard.MORE) {
                    return heard;
                }
            }
            long left = end - line.nanoTime();
            read(reader.amidst() ? BETWEEN_BYTES : Duration.ofNanos(Math.max(0, left)));
            if (count == 0) {
                if (reader.amidst()) {
                    reader.reset();
                    return Heard.BAD;
                }
                return null;
            }
        }
    }

    /// Forgets what has come, and what comes until nothing more does.
    private void quiet() throws HidException {
        reader.reset();
        for (int total = 0; total < MOST_NOISE; total += count) {
            read(QUIET);
            if (count == 0) {
                return;
            }
        }
        at = count;
        throw new HidException(Kind.BROKEN, "the device, or something else on the line, does not stop talking");
    }

    private void read(Duration limit) throws HidException {
        at = 0;
        count = 0;
        try {
            count = line.read(buffer, limit);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private void write(byte... bytes) throws HidException {
        try {
            line.write(bytes);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private static HidException lost(IOException e) {
        return new HidException(
                e instanceof PortLostException ? Kind.GONE : Kind.BROKEN, String.valueOf(e.getMessage()));
    }
}
