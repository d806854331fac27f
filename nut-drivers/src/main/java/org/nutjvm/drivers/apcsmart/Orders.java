package org.nutjvm.drivers.apcsmart;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.log.Priority;
import org.nutjvm.drivers.apcsmart.Tables.Cmd;
import org.nutjvm.drivers.apcsmart.Tables.Trait;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commands to the device and variables to set (drivers/apcsmart.c: instcmd, setvar, do_cal).
final class Orders {
    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);
    private static final String OK = "OK";
    private static final char NEXT_VALUE = '-';
    private static final char CALIBRATE = 'D';
    private static final int MOST_VALUES = 32;
    private static final long NEVER = Long.MIN_VALUE;
    private static final Duration EARLIEST = Duration.ofSeconds(3);
    /// In whole seconds, as C counts.
    private static final Duration TOO_LATE = Duration.ofSeconds(16);

    private final Ups ups;
    private final PowerOff powerOff;
    private final @Nullable String awd;
    private long lastNasty = NEVER;

    Orders(Ups ups, PowerOff powerOff, @Nullable String awd) {
        this.ups = ups;
        this.powerOff = powerOff;
        this.awd = awd;
    }

    Outcome instcmd(String name, @Nullable String param) throws IOException {
        Cmd cmd = null;
        for (Cmd one : ups.tables.cmds()) {
            if (one.name().equalsIgnoreCase(name) && one.takes(param)) {
                cmd = one;
                break;
            }
        }
        if (cmd == null) {
            return Outcome.UNKNOWN;
        }
        if (!ups.has(cmd)) {
            LOG.warn("command [{} {}] recognized, but not supported by your UPS model", name, param);
            return Outcome.INVALID;
        }
        if (cmd.again() && !confirmed(cmd)) {
            return Outcome.HANDLED;
        }
        return switch (cmd.name().toLowerCase(Locale.ROOT)) {
            case "calibrate.start" -> calibrate(true);
            case "calibrate.stop" -> calibrate(false);
            case "load.on" -> loadOn(cmd);
            case "load.off" -> powerOff.now();
            case "shutdown.stayoff" -> powerOff.delayed();
            case "shutdown.return" -> shutdownReturn(cmd, param);
            default -> plain(cmd);
        };
    }

    /// Dangerous commands count only when they are repeated after 3 to 15 seconds.
    private boolean confirmed(Cmd cmd) {
        long now = ups.talk.nanoTime();
        long before = lastNasty;
        lastNasty = now;
        long elapsed = now - before;
        if (before == NEVER || elapsed < EARLIEST.toNanos() || elapsed >= TOO_LATE.toNanos()) {
            LOG.warn("{} is carried out when it is repeated after 3 to 15 seconds", cmd.name());
            return false;
        }
        return true;
    }

    private Outcome shutdownReturn(Cmd cmd, @Nullable String param) throws IOException {
        if (cmd.param() == Tables.Param.AT && param != null) {
            return powerOff.hibernate(param.substring(3));
        }
        return param == null || param.isEmpty() ? powerOff.soft() : powerOff.simulatedFailure();
    }

    private Outcome loadOn(Cmd cmd) throws IOException {
        ups.talk.flush();
        return ups.talk.sendTwice(cmd.character()) ? Outcome.HANDLED : Outcome.FAILED;
    }

    private Outcome plain(Cmd cmd) throws IOException {
        ups.talk.flushAlerts();
        if (cmd.twice()) {
            if (!ups.talk.sendTwice(cmd.character())) {
                return Outcome.FAILED;
            }
        } else {
            ups.talk.send(cmd.character());
        }
        String answer = ups.talk.line(Talk.USUAL);
        if (!answer.equals(OK)) {
            LOG.error("got [{}] after command [{}]", Noise.text(answer), cmd.name());
            return Outcome.FAILED;
        }
        LOG.info("{} completed", cmd.name());
        return Outcome.HANDLED;
    }

    private Outcome calibrate(boolean start) throws IOException {
        int bits = Ups.bits(ups.ask(Ups.STATUS));
        if (bits < 0) {
            LOG.warn("runtime calibration state can not be determined");
            return Outcome.FAILED;
        }
        boolean running = (bits & Ups.CAL) != 0;
        if (running == start) {
            LOG.info(
                    Priority.NOTICE,
                    start ? "runtime calibration already in progress" : "runtime calibration not occurring");
            return Outcome.HANDLED;
        }
        LOG.info(Priority.NOTICE, start ? "starting runtime calibration" : "stopping runtime calibration");
        ups.talk.send(CALIBRATE);
        String answer = ups.talk.line(Talk.USUAL);
        if (answer.equals(Ups.NOT_AVAILABLE) || answer.equals("NO")) {
            LOG.warn("{} calibration failed, cmd returned: {}", start ? "start" : "stop", answer);
            return Outcome.FAILED;
        }
        return Outcome.HANDLED;
    }

    Outcome setvar(String name, String value) throws IOException {
        Known known = ups.byName(name);
        if (known == null) {
            return Outcome.UNKNOWN;
        }
        if (known.cycles) {
            return cycleTo(known, value);
        }
        if (known.is(Trait.TEXT)) {
            return write(known, value);
        }
        LOG.warn("[{}] is not writable", name);
        return Outcome.UNKNOWN;
    }

    /// Has the device step through its values until the wanted one is there. Its memory wears: what is there is not
    /// written.
    private Outcome cycleTo(Known known, String value) throws IOException {
        String first = ups.ask(known.character());
        if (first.equals(Ups.NOT_AVAILABLE)) {
            return Outcome.FAILED;
        }
        if (Values.converted(known.var.format(), first).equals(value)) {
            LOG.info("ignoring SET {}='{}' (unchanged value)", known.name(), value);
            return Outcome.HANDLED;
        }
        for (int i = 0; i < MOST_VALUES; i++) {
            ups.talk.send(NEXT_VALUE);
            String answer = ups.talk.line(Talk.USUAL);
            if (!answer.equals(OK)) {
                LOG.error("SET {}: the device answers [{}]", known.name(), Noise.text(answer));
                return Outcome.FAILED;
            }
            ups.talk.send(known.character());
            String now = ups.talk.line(Talk.USUAL);
            if (now.equals(Ups.NOT_AVAILABLE)) {
                return Outcome.FAILED;
            }
            if (Values.converted(known.var.format(), now).equals(value)) {
                LOG.info("SET {}='{}'", known.name(), value);
                ups.refresh(known);
                return Outcome.HANDLED;
            }
            if (now.equals(first)) {
                LOG.error("variable {} wrapped", known.name());
                return Outcome.FAILED;
            }
        }
        LOG.error("gave up after {} tries for {}", MOST_VALUES, known.name());
        ups.refresh(known);
        return Outcome.FAILED;
    }

    /// Writes eight bytes, the rest of which are CRs. Anything but printable ASCII would be commands or alerts.
    private Outcome write(Known known, String value) throws IOException {
        if (value.length() > Ups.TEXT_BYTES) {
            LOG.error("value ({}) too long", Noise.text(value));
            return Outcome.FAILED;
        }
        if (!Shape.plausible(Tables.Format.PLAIN, value)) {
            LOG.error("value ({}) has other than printable ASCII characters", Noise.text(value));
            return Outcome.CONVERSION_FAILED;
        }
        String now = ups.ask(known.character());
        if (now.equals(Ups.NOT_AVAILABLE)) {
            return Outcome.FAILED;
        }
        if (now.equals(value)) {
            LOG.info("ignoring SET {}='{}' (unchanged value)", known.name(), value);
            return Outcome.HANDLED;
        }
        if (!ups.talk.sendSlowly(NEXT_VALUE + value + "\r".repeat(Ups.TEXT_BYTES - value.length()))) {
            return Outcome.FAILED;
        }
        String answer = ups.talk.line(Talk.USUAL);
        if (answer.equals("NO")) {
            LOG.error("got NO at final read");
            return Outcome.FAILED;
        }
        ups.refresh(known);
        LOG.info("SET {}='{}'", known.name(), value);
        return Outcome.HANDLED;
    }

    /// What `shutdown.default` does: one way by `sdtype`, or several by `advorder` until one works.
    Outcome shutdown(int sdtype, String advorder) throws IOException {
        if (!ups.smart(1)) {
            LOG.warn("setting SmartMode failed !");
        }
        int bits = statusNow();
        if (bits < 0) {
            LOG.warn("status read failed, assuming LB+OB");
            bits = Ups.LB | Ups.OB;
        }
        ups.status(bits);
        return advorder.isEmpty() ? powerOff.simple(sdtype, awd) : powerOff.inOrder(advorder, awd);
    }

    private int statusNow() throws IOException {
        ups.talk.send(Ups.STATUS);
        try {
            return Ups.bits(ups.talk.answer(Talk.SHORT));
        } catch (IOException e) {
            LOG.debug("status: {}", String.valueOf(e.getMessage()));
            return -1;
        }
    }
}
