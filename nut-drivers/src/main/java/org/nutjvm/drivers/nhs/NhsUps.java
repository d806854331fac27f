package org.nutjvm.drivers.nhs;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.port.Reopened;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A UPS of NHS (drivers/nhs_ser.c). It tells of itself about once a second; what it is has to be asked for.
///
/// After a lost port, and after a silence, nothing it said before counts: another device may be there.
final class NhsUps implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(NhsUps.class);

    private static final byte[] ASK_LONG = {-1, 9, 0x53, (byte) 0x83, 0, 0, 0, (byte) 0xdf, (byte) 0xfe};
    private static final byte[] ASK_SHORT = {-1, 9, 0x53, 3, 0, 0, 0, 0x5f, (byte) 0xfe};

    /// So often the long form is asked for before the short one is tried in turn with it.
    private static final int LONG_FIRST = 6;

    /// How long a poll waits for a packet, and how long data last without one.
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private static final long LASTING = Duration.ofSeconds(10).toNanos();

    /// Lower limit of the input voltage while the device's own is not known.
    private static final int UNDERVOLTAGE = 96;

    private static final int MOST = 4096;

    private final Device device;
    private final Reopened line;
    private final Publisher publisher;
    private final byte[] buffer = new byte[256];
    private PacketReader reader = new PacketReader();
    private @Nullable Hardware hardware;
    private int asked;
    private @Nullable Long readAt;

    NhsUps(Device device, Reopened line, Publisher publisher) {
        this.device = device;
        this.line = line;
        this.publisher = publisher;
    }

    void open() throws IOException {
        line.open();
    }

    @Override
    public void initinfo(Dstate dstate) {
        // Everything comes with packets.
    }

    @Override
    public void updateinfo(Dstate dstate) throws IOException {
        try {
            line.open();
            if (hardware == null) {
                boolean whole = asked < LONG_FIRST || asked % 2 == 0;
                line.write(whole ? ASK_LONG : ASK_SHORT);
                asked++;
            }
            listen(dstate);
        } catch (IOException e) {
            close();
            throw e;
        }
        Long last = readAt;
        if (last == null) {
            throw silence();
        }
        if (device.nanoTime().getAsLong() - last > LASTING) {
            forget();
            throw silence();
        }
    }

    private static IOException silence() {
        return new IOException("the device tells nothing of itself");
    }

    private void forget() {
        reader = new PacketReader();
        hardware = null;
        asked = 0;
        readAt = null;
    }

    /// Takes what has come, and waits for a packet if none has.
    private void listen(Dstate dstate) throws IOException {
        long end = line.nanoTime() + PATIENCE.toNanos();
        Reading latest = null;
        for (int total = 0; total < MOST; ) {
            long left = latest == null ? end - line.nanoTime() : 0;
            int count = line.read(buffer, Duration.ofNanos(Math.max(0, left)));
            if (count == 0) {
                break;
            }
            total += count;
            for (int i = 0; i < count; i++) {
                byte[] packet = reader.feed(buffer[i]);
                if (packet != null && packet.length == PacketReader.DATA) {
                    latest = new Reading(packet);
                } else if (packet != null) {
                    known(new Hardware(packet), dstate);
                }
            }
        }
        if (latest != null) {
            readAt = device.nanoTime().getAsLong();
            status(latest, dstate);
            publisher.publish(latest, hardware, dstate);
        }
    }

    private void known(Hardware now, Dstate dstate) {
        hardware = now;
        publisher.publish(now, dstate);
    }

    /// C says `CHRG` and `DISCHRG` without the word for where power comes from; who watches needs that.
    private void status(Reading now, Dstate dstate) {
        var known = hardware;
        int least = known == null ? UNDERVOLTAGE : known.undervoltage();
        boolean failed = now.input() <= least || now.failure();
        boolean brief = now.briefFailure() && !now.charging();
        dstate.statusInit();
        if (now.onBattery() || failed || brief) {
            dstate.statusSet("OB");
            if (now.low()) {
                dstate.statusSet("LB");
            }
            if (!now.onBattery() && failed) {
                dstate.statusSet("DISCHRG");
            }
        } else {
            dstate.statusSet("OL");
            if (now.charging()) {
                dstate.statusSet("CHRG");
            }
        }
        publisher.alarms(now, dstate);
        dstate.statusCommit();
    }

    @Override
    public Outcome shutdown() {
        LOG.error("shutdown not supported");
        return Outcome.FAILED;
    }

    @Override
    public void close() {
        forget();
        line.close();
    }
}
