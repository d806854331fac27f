package org.nutjvm.drivers.genericups;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.port.SerialLine;
import org.nutjvm.drivers.port.SerialPort;
import org.nutjvm.drivers.port.SerialSettings;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A contact-closure device (drivers/genericups.c).
///
/// Lines that cannot be read mean nothing: a pulled adapter must not look like a device on battery, which to some
/// wirings it would, all its lines being off.
final class GenericUps implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(GenericUps.class);
    /// No byte ever travels; the speed is what a port has when nobody has set it.
    private static final SerialSettings SETTINGS = SerialSettings.of(9600);
    /// C asks tcsendbreak for 4901, which Linux's C library takes for so many milliseconds.
    private static final Duration BREAK = Duration.ofMillis(4901);

    private final Device device;
    private final SerialPort ports;
    private final Wiring wiring;
    private final Duration hold;
    private @Nullable SerialLine line;

    GenericUps(Device device, SerialPort ports, Wiring wiring, Duration hold) throws IOException {
        this.device = device;
        this.ports = ports;
        this.wiring = wiring;
        this.hold = hold;
        open();
    }

    private SerialLine open() throws IOException {
        SerialLine current = line;
        if (current != null) {
            return current;
        }
        boolean lock = device.dstate().getinfo("driver.flag.nolock") == null;
        SerialLine opened = ports.open(device.port(), SETTINGS, lock);
        try {
            opened.setSignals(wiring.cablePower());
        } catch (IOException e) {
            opened.close();
            throw new IOException(device.port() + " has no modem lines to drive: " + e.getMessage(), e);
        }
        line = opened;
        return opened;
    }

    @Override
    public void initinfo(Dstate dstate) {
        dstate.setinfo("ups.mfr", wiring.maker());
        dstate.setinfo("ups.model", wiring.model());
        String serial = device.getval("serial");
        if (serial != null) {
            dstate.setinfo("ups.serial", serial);
        }
    }

    @Override
    public void updateinfo(Dstate dstate) throws IOException {
        String status;
        try {
            status = wiring.status(open().signals());
        } catch (IOException e) {
            close();
            throw e;
        }
        dstate.statusInit();
        dstate.statusSet(status);
        dstate.statusCommit();
    }

    @Override
    public Outcome shutdown() throws IOException {
        switch (wiring.off()) {
            case Wiring.Off.Unknown() -> {
                LOG.error("No shutdown command defined for this model!");
                return Outcome.FAILED;
            }
            case Wiring.Off.Break() -> open().sendBreak(BREAK);
            case Wiring.Off.Lines(var on) -> {
                SerialLine opened = open();
                opened.setSignals(on);
                if (!hold.isZero()) {
                    LOG.info("Holding shutdown signal for {} seconds...", hold.toSeconds());
                    opened.pause(hold);
                }
            }
        }
        return Outcome.HANDLED;
    }

    @Override
    public void close() {
        SerialLine open = line;
        line = null;
        if (open != null) {
            open.close();
        }
    }
}
