package org.nutjvm.drivers.tripplite;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nutjvm.common.state.Variable;
import org.nutjvm.drivers.port.PortLostException;
import org.nutjvm.drivers.port.Reopened;
import org.nutjvm.drivers.port.Vote;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Numbers;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A SmartPro of Tripp Lite (drivers/tripplite.c).
///
/// Its answers have no checksum: what is new has to come twice before it counts. After a failure it is asked
/// anew what it is, for it may have been replaced.
final class TrippliteUps implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(TrippliteUps.class);
    private static final int TRIES = 3;
    private static final double FULL = 13.4;
    private static final double EMPTY = 11.0;
    private static final int LEAST_CHARGE = 10;

    private final Device device;
    private final Reopened line;
    private final Tables tables;
    private final Delays delays;
    private final Talk talk;
    private final Map<String, int[]> last = new HashMap<>();
    private boolean identified;
    private int tries = TRIES;

    TrippliteUps(Device device, Reopened line, Tables tables, Delays delays) {
        this.device = device;
        this.line = line;
        this.tables = tables;
        this.delays = delays;
        talk = new Talk(line);
    }

    @Override
    public void initinfo(Dstate dstate) throws IOException, DriverException {
        for (var delay : Delays.Delay.values()) {
            dstate.setinfo(delay.variable, delays.of(delay));
            dstate.setflags(delay.variable, EnumSet.of(Variable.Flag.RW, Variable.Flag.STRING));
            dstate.setaux(delay.variable, delay.length);
        }
        tables.orders().keySet().forEach(dstate::addcmd);
        try {
            identify(dstate);
        } catch (PortLostException e) {
            failed(e);
            throw e;
        } catch (IOException e) {
            failed(e);
            throw new DriverException("Failed to find UPS - giving up... (" + e.getMessage() + ")");
        }
    }

    private void identify(Dstate dstate) throws IOException {
        var is = Identity.of(twice(":W"), twice(":L"), twice(":V"), twice(":X"));
        dstate.setinfo("ups.mfr", "Tripp Lite");
        dstate.setinfo("ups.model", is.model());
        dstate.setinfo("ups.firmware", is.firmware());
        LOG.debug("detected Tripp Lite {} on {}", is.model(), device.port());
        identified = true;
    }

    /// An answer that came twice.
    private String twice(String command) throws IOException {
        var heard = new ArrayList<String>();
        while (heard.size() < Vote.ENOUGH) {
            String answer = patiently(command, text -> Identity.valid(text) ? Optional.of(text) : Optional.empty());
            if (heard.contains(answer)) {
                return answer;
            }
            heard.add(answer);
        }
        throw contradiction(command);
    }

    private static IOException contradiction(String command) {
        return new IOException("the device's answers to " + command + " contradict one another");
    }

    private interface Reading<T> {
        Optional<T> of(String answer);
    }

    /// An answer that makes sense, if need be after some without.
    private <T> T patiently(String command, Reading<T> reading) throws IOException {
        for (int i = 1; ; i++) {
            try {
                String answer = talk.ask(command);
                var read = reading.of(answer);
                if (read.isPresent()) {
                    return read.get();
                }
                throw new IOException("the device's answer to " + command + " makes no sense: " + printable(answer));
            } catch (PortLostException e) {
                throw e;
            } catch (IOException e) {
                talk.distrust();
                if (i >= tries) {
                    throw e;
                }
                LOG.debug("{}, asking again", String.valueOf(e.getMessage()));
            }
        }
    }

    private static String printable(String answer) {
        var text = new StringBuilder();
        answer.chars().limit(40).forEach(c -> text.append(c < ' ' || c > '~' ? '?' : (char) c));
        return text.toString();
    }

    @Override
    public void updateinfo(Dstate dstate) throws IOException {
        var now = new ArrayList<int[]>();
        try {
            line.open();
            if (!identified) {
                identify(dstate);
            }
            for (Question question : tables.questions()) {
                now.add(settled(question));
            }
        } catch (IOException e) {
            failed(e);
            throw e;
        }
        tries = TRIES;
        publish(now, dstate);
    }

    private int[] settled(Question question) throws IOException {
        String command = ':' + question.command();
        var vote = new Vote(question.tolerances());
        int[] before = last.get(command);
        if (before != null) {
            vote.add(before);
        }
        for (int i = 0; i < Vote.ENOUGH; i++) {
            var found = vote.add(patiently(command, question::read));
            if (found.isPresent()) {
                last.put(command, found.get());
                return found.get();
            }
        }
        throw contradiction(command);
    }

    private void failed(IOException e) {
        identified = false;
        // While it is lost it is tried once in a poll.
        tries = 1;
        if (e instanceof PortLostException) {
            line.close();
        }
    }

    private void publish(List<int[]> now, Dstate dstate) {
        dstate.statusInit();
        for (int i = 0; i < now.size(); i++) {
            var fields = tables.questions().get(i).fields();
            for (int j = 0; j < fields.size(); j++) {
                int x = now.get(i)[j];
                switch (fields.get(j)) {
                    case Question.Value value -> publish(value, x, dstate);
                    case Question.State state -> dstate.statusSet(state.words().getOrDefault((char) x, ""));
                    case Question.Result result ->
                        dstate.setinfo(result.name(), result.texts().get(x));
                }
            }
        }
        dstate.statusCommit();
    }

    private static void publish(Question.Value value, int x, Dstate dstate) {
        double is = value.of(x);
        dstate.setinfo(value.name(), Numbers.fixed(is, value.decimals()));
        if (value.name().equals("battery.voltage")) {
            dstate.setinfo("battery.charge", charge((float) is));
        }
    }

    /// In percent, by the voltage of a battery of 12 V.
    private static int charge(float volts) {
        if (volts >= FULL) {
            return 100;
        }
        return volts <= EMPTY ? LEAST_CHARGE : (int) (100 * Math.sqrt((volts - EMPTY) / (FULL - EMPTY)));
    }

    @Override
    public Outcome instcmd(String cmd, Optional<String> param) throws IOException {
        var commands = tables.orders().get(cmd.toLowerCase(Locale.ROOT));
        if (commands == null) {
            return Outcome.UNKNOWN;
        }
        try {
            line.open();
            boolean heard = false;
            for (String command : commands) {
                heard = talk.tell(delays.in(command));
            }
            if (!heard) {
                LOG.error("{}: the device does not answer", cmd);
            }
            return heard ? Outcome.HANDLED : Outcome.FAILED;
        } catch (IOException e) {
            failed(e);
            throw e;
        }
    }

    @Override
    public Outcome setvar(String var, String value) {
        var delay = Delays.named(var);
        if (delay == null) {
            return Outcome.UNKNOWN;
        }
        if (!delays.set(delay, value)) {
            return Outcome.INVALID;
        }
        device.dstate().setinfo(delay.variable, delays.of(delay));
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
