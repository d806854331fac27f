package org.nutjvm.drivers.powercom;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.port.PortLostException;
import org.nutjvm.drivers.port.Reopened;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Numbers;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A UPS that speaks Powercom's protocol (drivers/powercom.c).
final class PowercomUps implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(PowercomUps.class);
    private static final byte BATTERY_TEST = 3;
    private static final int RESTART = 0xb9;
    private static final int SHUTDOWN = 0xba;
    private static final int COUNTER = 0xbc;

    private final Reopened line;
    private final PowercomSettings settings;
    private final UpsType type;
    private final Tables tables;
    private final Talk talk;
    private @Nullable Identity identity;
    /// What the device has said while it was asked what it is, for the first poll.
    private @Nullable Frame fresh;

    private boolean testAtStart;

    PowercomUps(Reopened line, PowercomSettings settings, Tables tables) {
        this.line = line;
        this.settings = settings;
        this.type = settings.type();
        this.tables = tables;
        talk = new Talk(line, type);
    }

    @Override
    public void initinfo(Dstate dstate) throws IOException {
        dstate.addcmd("test.battery.start");
        dstate.addcmd("shutdown.return");
        dstate.addcmd("shutdown.stayoff");
        if (!type.asks()) {
            known(Identity.unknown(type, settings.nominal()), dstate);
            return;
        }
        Frame frame = heard();
        known(frame, dstate);
        fresh = frame;
        testAtStart = true;
    }

    /// What the device is by this answer; another one may have taken its place.
    private Identity known(Frame now, Dstate dstate) {
        Identity is = identity;
        if (is != null && !type.asks()) {
            return is;
        }
        Identity said = Identity.of(type, now, tables, settings.nominal());
        return said.equals(is) ? said : known(said, dstate);
    }

    private Identity known(Identity now, Dstate dstate) {
        identity = now;
        String named = settings.model();
        LOG.debug("detected {}, {} V", now.model(), now.nominal());
        dstate.setinfo("ups.mfr", settings.maker());
        dstate.setinfo("ups.model", named.equals(Identity.UNKNOWN) ? now.model() : named);
        dstate.setinfo("ups.serial", settings.serial());
        dstate.setinfo("ups.model.type", now.family());
        dstate.setinfo("input.voltage.nominal", now.nominal());
        return now;
    }

    @Override
    public void updateinfo(Dstate dstate) throws IOException {
        test();
        Frame now = fresh;
        fresh = null;
        if (now == null) {
            now = heard();
        }
        Identity is = known(now, dstate);
        var measures = new Measures(type, tables, is, now);
        set(dstate, "input.frequency", measures.inputFrequency(), 2);
        set(dstate, "output.frequency", measures.outputFrequency(), 2);
        set(dstate, "ups.load", measures.load(), 1);
        set(dstate, "battery.charge", measures.charge(), 1);
        set(dstate, "input.voltage", measures.inputVoltage(), 1);
        set(dstate, "output.voltage", measures.outputVoltage(), 1);
        status(now, measures, dstate);
    }

    private static void set(Dstate dstate, String name, float value, int decimals) {
        if (Float.isFinite(value)) {
            dstate.setinfo(name, Numbers.fixed(value, decimals));
        } else {
            dstate.delinfo(name);
        }
    }

    private static void status(Frame now, Measures measures, Dstate dstate) {
        dstate.statusInit();
        if (now.status(Frame.ON_BATTERY)) {
            dstate.statusSet("OB");
        } else {
            dstate.statusSet(now.status(Frame.OFF) ? "OFF" : "OL");
        }
        if (now.status(Frame.LOW)) {
            dstate.statusSet("LB");
        }
        if (now.status(Frame.AVR)) {
            dstate.statusSet(measures.inputIsLow() ? "BOOST" : "TRIM");
        }
        if (now.status(Frame.OVERLOAD)) {
            dstate.statusSet("OVER");
        }
        int more = now.at(Frame.STATUS_B);
        if ((more & Frame.BAD_BATTERY) != 0) {
            dstate.statusSet("RB");
        }
        if ((more & Frame.TEST) != 0) {
            dstate.statusSet("TEST");
        }
        dstate.statusCommit();
    }

    /// The test at the start. Not before the first poll, which a driver that is only to switch off does not
    /// come to.
    private void test() throws IOException {
        if (!testAtStart) {
            return;
        }
        testAtStart = false;
        if (settings.nobt()) {
            LOG.info("nobt flag set, skipping battery test as requested");
            return;
        }
        LOG.info("nobt flag not set, performing battery test as requested");
        order(BATTERY_TEST);
    }

    private Frame heard() throws IOException {
        try {
            line.open();
            return talk.values();
        } catch (PortLostException e) {
            line.close();
            throw e;
        }
    }

    private void order(byte... bytes) throws IOException {
        try {
            line.open();
            talk.send(bytes);
        } catch (PortLostException e) {
            line.close();
            throw e;
        }
    }

    @Override
    public Outcome instcmd(String cmd, Optional<String> param) throws IOException {
        switch (cmd.toLowerCase(Locale.ROOT)) {
            case "test.battery.start" -> order(BATTERY_TEST);
            case "shutdown.return" -> {
                order(type.delay().behind(RESTART, COUNTER));
                LOG.info("Shutdown (return) initiated.");
            }
            case "shutdown.stayoff" -> {
                order(type.delay().behind(SHUTDOWN));
                LOG.info("Shutdown (stayoff) initiated.");
            }
            default -> {
                return Outcome.UNKNOWN;
            }
        }
        return Outcome.HANDLED;
    }

    @Override
    public Outcome shutdown() throws IOException {
        return instcmd("shutdown.return", Optional.empty());
    }

    @Override
    public void close() {
        line.close();
    }
}
