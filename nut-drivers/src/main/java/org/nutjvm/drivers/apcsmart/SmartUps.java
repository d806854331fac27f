package org.nutjvm.drivers.apcsmart;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.nutjvm.drivers.apcsmart.Tables.Trait;
import org.nutjvm.drivers.port.PortLostException;
import org.nutjvm.drivers.port.Reopened;
import org.nutjvm.drivers.port.SerialLine;
import org.nutjvm.drivers.port.SerialPort;
import org.nutjvm.drivers.port.SerialSettings;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Smart-UPS (drivers/apcsmart.c).
///
/// After anything went wrong it waits until the line is quiet and lets the device say that it is in smart mode, before
/// it believes an answer again: one that comes late would pass for that to the next question.
final class SmartUps implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(SmartUps.class);
    private static final SerialSettings SETTINGS = SerialSettings.of(2400);
    private static final int ATTEMPTS_AT_START = 5;
    private static final Duration FULL_SCAN = Duration.ofHours(1);
    private static final char GO_DUMB = 'R';

    private final Device device;
    private final SerialPort ports;
    private final SmartSettings settings;
    private final Ups ups;
    private final Talk talk;
    private final Orders orders;
    private final Reopened line;
    private boolean lost;
    private boolean detected;
    private boolean scanned;
    private long lastScan;

    SmartUps(Device device, SerialPort ports, SmartSettings settings, Tables tables) throws IOException {
        this.device = device;
        this.ports = ports;
        this.settings = settings;
        line = new Reopened(this::open);
        line.open();
        talk = new Talk(line);
        ups = new Ups(talk, tables, device.dstate());
        orders = new Orders(ups, new PowerOff(ups, settings.cshdelay()), settings.awd());
    }

    private SerialLine open() throws IOException {
        boolean lock = device.dstate().getinfo("driver.flag.nolock") == null;
        SerialLine opened = ports.open(device.port(), SETTINGS, lock);
        if (settings.oddCable()) {
            try {
                opened.setSignal(SerialLine.Signal.DTR, true);
                opened.setSignal(SerialLine.Signal.RTS, false);
            } catch (IOException e) {
                opened.close();
                throw new IOException(
                        "cable 940-0095B needs the lines DTR and RTS, which " + device.port() + " has not: "
                                + e.getMessage(),
                        e);
            }
        }
        return opened;
    }

    @Override
    public void initinfo(Dstate dstate) throws IOException, DriverException {
        if (!ups.smart(ATTEMPTS_AT_START)) {
            throw new DriverException("unable to detect an APC Smart protocol UPS on port " + device.port() + "\n"
                    + "check the cabling, port name or model name and try again");
        }
        try {
            detect();
        } catch (IOException e) {
            lost = true;
            throw e;
        }
    }

    private void detect() throws IOException {
        Detection.run(ups);
        ups.dstate().setinfo("ups.mfr", "APC");
        detected = true;
        LOG.debug("detected {} on {}", ups.dstate().getinfo("ups.model"), device.port());
    }

    @Override
    public void updateinfo(Dstate dstate) throws IOException {
        try {
            if (lost) {
                wake();
            }
            ups.refreshStatus();
            scan();
            if (talk.alerted()) {
                ups.refreshStatus();
            }
        } catch (IOException e) {
            failed(e);
            throw e;
        }
    }

    private void failed(IOException e) {
        lost = true;
        if (e instanceof PortLostException) {
            line.close();
        }
    }

    private void wake() throws IOException {
        line.open();
        talk.quiet();
        if (!ups.smart(1)) {
            throw new IOException("the device does not answer");
        }
        if (!detected) {
            detect();
        }
        lost = false;
        scanned = false;
        talk.alerted();
    }

    private void scan() throws IOException {
        long now = talk.nanoTime();
        boolean all = !scanned || now - lastScan > FULL_SCAN.toNanos();
        for (Known known : ups.vars()) {
            if (known.present && (all || known.is(Trait.POLL))) {
                ups.refresh(known);
            }
        }
        if (all) {
            scanned = true;
            lastScan = now;
        }
    }

    @Override
    public Outcome instcmd(String cmd, Optional<String> param) throws IOException {
        try {
            return orders.instcmd(cmd, param.orElse(null));
        } catch (IOException e) {
            failed(e);
            throw e;
        }
    }

    @Override
    public Outcome setvar(String var, String value) throws IOException {
        try {
            return orders.setvar(var, value);
        } catch (IOException e) {
            failed(e);
            throw e;
        }
    }

    @Override
    public Outcome shutdown() throws IOException {
        line.open();
        return orders.shutdown(settings.sdtype(), settings.advorder());
    }

    @Override
    public void close() {
        if (line.isOpen()) {
            try {
                talk.flush();
                talk.send(GO_DUMB);
                talk.answer(Talk.SHORT);
            } catch (IOException e) {
                LOG.debug("while leaving smart mode: {}", String.valueOf(e.getMessage()));
            }
            line.close();
        }
    }
}
