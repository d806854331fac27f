package org.nutjvm.drivers.qx;

import java.io.IOException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.state.Variable;
import org.nutjvm.drivers.qx.Item.Trait;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A device that speaks one of the protocols (drivers/nutdrv_qx.c).
///
/// Their answers have no checksum, and a bit that says "battery low" is one bit of a byte on the line. So a status that
/// differs from the last is believed when it comes twice, an answer that cannot be is asked for again, and when that
/// does not help nothing of the poll is published.
final class QxUps implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(QxUps.class);
    private static final int TRIES = 3;

    /// How much is read.
    private enum Walk {
        /// Everything; what cannot be read is not asked for any more.
        PROBE,
        /// What may change.
        FULL,
        /// What must not be missed.
        QUICK
    }

    private final Device device;
    private final QxLink link;
    private final QxSettings settings;
    private final Battery battery;
    private final Set<Item> skipped = new HashSet<>();
    private final Set<String> given = new HashSet<>();
    private Set<String> absent = Set.of();
    private StatusBits bits = new StatusBits();
    private @Nullable Protocol protocol;
    private @Nullable Set<String> lastStatus;
    private boolean begun;
    private boolean swapped;
    private boolean doubtful;
    private boolean changed;
    private long lastFull;

    QxUps(Device device, QxLink link, QxSettings settings) throws IOException {
        this.device = device;
        this.link = link;
        this.settings = settings;
        battery = new Battery(settings.battery(), settings.predecessor());
        if (settings.chosen()) {
            protocol = settings.protocols().getFirst();
        }
        link.open();
    }

    @Override
    public void initinfo(Dstate dstate) throws IOException, DriverException {
        try {
            begin(dstate);
        } catch (IOException e) {
            failed();
            throw e;
        }
    }

    private void begin(Dstate dstate) throws IOException, DriverException {
        link.open();
        var found = Detection.run(settings.protocols(), link, settings.flag());
        if (found == null) {
            throw new DriverException("Device not supported!\n"
                    + (settings.chosen()
                            ? "It does not answer as protocol "
                                    + settings.protocols().getFirst().name() + " has it."
                            : "It answers in none of the protocols this driver knows, or not at all.")
                    + " Check port and cable; 'novendor' and 'norating' help some devices");
        }
        Protocol known = found.protocol();
        protocol = known;
        absent = found.absent();
        LOG.info("Using protocol: {}", known.version());
        dstate.setinfo("driver.version.data", known.version());
        for (Item item : known.items()) {
            if (dstate.getinfo(item.variable()) != null) {
                given.add(item.variable());
            }
        }
        Map<String, String> values = walk(known, Walk.PROBE, bits);
        for (var fact : known.facts()) {
            values.putIfAbsent(fact.variable(), fact.value());
        }
        battery.begin(name -> latest(values, name), values, device.nanoTime().getAsLong());
        values.forEach(dstate::setinfo);
        defaults(known, dstate);
        for (var command : known.commands()) {
            if (holds(command.when(), Map.of())) {
                dstate.addcmd(command.name());
            }
        }
        if (settings.pollfreq() > 0) {
            dstate.setinfo("driver.parameter.pollfreq", settings.pollfreq());
        }
        lastFull = device.nanoTime().getAsLong();
        begun = true;
    }

    /// Variables of our own, as ups.conf has them.
    private void defaults(Protocol known, Dstate dstate) throws DriverException {
        for (var setting : known.settings()) {
            if (dstate.getinfo(setting.variable()) == null) {
                dstate.setinfo(setting.variable(), setting.standard());
                if (setting.max() >= 0) {
                    dstate.setflags(setting.variable(), EnumSet.of(Variable.Flag.RW));
                    dstate.addrange(setting.variable(), setting.min(), setting.max());
                }
            }
            String wanted = switch (setting.variable()) {
                case "ups.delay.start" -> settings.ondelay();
                case "ups.delay.shutdown" -> settings.offdelay();
                default -> null;
            };
            if (wanted != null && !taken(setting, wanted, dstate)) {
                String what = setting.variable().equals("ups.delay.start") ? "Start" : "Shutdown";
                throw new DriverException(
                        what + " delay '" + wanted + "' out of range [" + setting.min() + ".." + setting.max() + "]");
            }
        }
    }

    private static boolean taken(Protocol.Setting setting, String value, Dstate dstate) {
        long seconds = Orders.seconds(value.strip());
        // One that nobody can set later has been checked where it comes from.
        if (seconds < 0 || (setting.max() >= 0 && (seconds < setting.min() || seconds > setting.max()))) {
            return false;
        }
        dstate.setinfo(setting.variable(), setting.rounding().down(seconds));
        return true;
    }

    @Override
    public void updateinfo(Dstate dstate) throws IOException {
        try {
            link.open();
            if (!begun) {
                begin(dstate);
            }
            Protocol known = protocol;
            if (known != null) {
                update(known, dstate);
            }
        } catch (DriverException e) {
            failed();
            throw new IOException(e.text(), e);
        } catch (IOException e) {
            failed();
            throw e;
        }
    }

    private void failed() {
        doubtful = true;
    }

    private void update(Protocol known, Dstate dstate) throws IOException {
        long now = device.nanoTime().getAsLong();
        boolean full = changed || swapped || now - lastFull > settings.pollfreq() * 1_000_000_000L;
        Walk how = swapped ? Walk.PROBE : full || settings.pollfreq() == 0 ? Walk.FULL : Walk.QUICK;
        StatusBits next = bits.copy();
        Map<String, String> values = walk(known, how, next);
        next = confirmed(known, next);
        if (how != Walk.QUICK) {
            boolean online = next.words(known.items()).contains("OL");
            battery.update(name -> latest(values, name), values, online, now);
            lastFull = now;
            changed = false;
            swapped = false;
        }
        bits = next;
        values.forEach(dstate::setinfo);
        bits.publish(known.items(), dstate);
    }

    /// The status, once it came twice.
    private StatusBits confirmed(Protocol known, StatusBits first) throws IOException {
        StatusBits latest = first;
        Set<String> words = latest.words(known.items());
        for (int i = 0; !words.equals(lastStatus); i++) {
            if (i == TRIES) {
                throw new IOException("the device tells another status each time");
            }
            StatusBits again = latest.copy();
            walk(known, Walk.QUICK, again);
            Set<String> second = again.words(known.items());
            latest = again;
            if (second.equals(words)) {
                break;
            }
            words = second;
        }
        lastStatus = words;
        return latest;
    }

    private Map<String, String> walk(Protocol known, Walk how, StatusBits said) throws IOException {
        var answers = new Answers(link, doubtful);
        var values = new LinkedHashMap<String, String>();
        if (how == Walk.PROBE) {
            skipped.clear();
        }
        for (Item item : known.items()) {
            if (wanted(item, how, values)) {
                switch (read(known, item, answers)) {
                    case Reading.Value(String text) -> values.put(item.variable(), text);
                    case Reading.Words(var words) -> said.say(item, words);
                    case Reading.Nothing() -> LOG.trace("{}: nothing", item.variable());
                    case Reading.Bad(String why) -> {
                        if (item.is(Trait.QUICK)) {
                            throw new IOException(why);
                        }
                        LOG.debug("{} is left out: {}", item.variable(), why);
                        if (how == Walk.PROBE) {
                            skipped.add(item);
                        }
                    }
                }
            }
        }
        doubtful = answers.doubtful();
        return values;
    }

    private boolean wanted(Item item, Walk how, Map<String, String> values) {
        String variable = item.variable();
        if (skipped.contains(item)
                || absent.contains(variable)
                || flagged(item.unless())
                || flagged(item.query().unless())
                || !holds(item.when(), values)
                || values.containsKey(variable)) {
            return false;
        }
        return switch (how) {
            case PROBE -> !given.contains(variable) || item.isStatus() || item.isAlarm();
            case FULL -> !item.is(Trait.STATIC) && (changed || !item.is(Trait.SEMISTATIC));
            case QUICK -> item.is(Trait.QUICK);
        };
    }

    private boolean flagged(@Nullable String flag) {
        return flag != null && settings.flag().test(flag);
    }

    private boolean holds(Protocol.@Nullable Condition condition, Map<String, String> values) {
        return condition == null || condition.value().equals(latest(values, condition.variable()));
    }

    /// What was just read, or is published.
    private @Nullable String latest(Map<String, String> values, String name) {
        String read = values.get(name);
        return read == null ? device.dstate().getinfo(name) : read;
    }

    private Reading read(Protocol known, Item item, Answers answers) throws IOException {
        try {
            while (true) {
                Reading reading = item.read(answers.text(known, item.query()), battery.multiplier());
                if (!(reading instanceof Reading.Bad) || !answers.again(item.query())) {
                    return reading;
                }
            }
        } catch (Answers.Missing e) {
            return new Reading.Bad(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            swapped = true;
            throw e;
        }
    }

    @Override
    public Outcome instcmd(String cmd, Optional<String> param) throws IOException {
        try {
            return order(cmd, param.orElse(null));
        } catch (IOException e) {
            failed();
            throw e;
        }
    }

    private Outcome order(String cmd, @Nullable String param) throws IOException {
        Protocol known = protocol;
        Protocol.Command command = known == null ? null : command(known, cmd);
        if (known == null || command == null) {
            LOG.debug("instcmd: command {} unavailable", cmd);
            return settings.predecessor() ? Outcome.UNKNOWN : Outcome.INVALID;
        }
        Optional<String> bytes = Orders.bytes(command.bytes(), param, device.dstate());
        if (bytes.isEmpty()) {
            LOG.error("instcmd: {} cannot be done with '{}'", cmd, Item.shown(String.valueOf(param)));
            return Outcome.FAILED;
        }
        link.open();
        if (doubtful) {
            link.quiet();
            doubtful = false;
        }
        String answer = link.ask(bytes.get() + "\r");
        Outcome outcome = outcome(known, command, answer);
        if (outcome == Outcome.HANDLED) {
            changed = true;
        } else {
            LOG.error("instcmd: {} failed, the device says '{}'", cmd, Item.shown(answer));
        }
        // Some devices say later what this one may say later still.
        doubtful = !answer.endsWith("\r");
        return outcome;
    }

    private Protocol.@Nullable Command command(Protocol known, String cmd) {
        for (var command : known.commands()) {
            if (command.name().equalsIgnoreCase(cmd) && holds(command.when(), Map.of())) {
                return command;
            }
        }
        return null;
    }

    /// What an answer to a command means. One that is not understood comes back as it was sent.
    private static Outcome outcome(Protocol known, Protocol.Command command, String answer) {
        if (answer.isEmpty()) {
            return command.length() == 0 ? Outcome.HANDLED : Outcome.FAILED;
        }
        if (known.rejects(answer)
                || answer.length() < command.length()
                || (command.lead() != 0 && answer.charAt(0) != command.lead())) {
            return Outcome.FAILED;
        }
        String said = new Meaning.Place(command.from(), command.to()).in(answer);
        return said.isEmpty() || known.accepts(said) ? Outcome.HANDLED : Outcome.FAILED;
    }

    @Override
    public Outcome setvar(String var, String value) {
        Protocol known = protocol;
        if (known != null) {
            for (var setting : known.settings()) {
                if (setting.variable().equalsIgnoreCase(var) && setting.max() >= 0) {
                    return taken(setting, value, device.dstate()) ? Outcome.HANDLED : Outcome.INVALID;
                }
            }
        }
        return Outcome.UNKNOWN;
    }

    @Override
    public Outcome shutdown() throws IOException {
        Protocol known = protocol;
        if (known == null) {
            LOG.error("Shutdown failed! Nothing tells which protocol the device speaks; 'protocol' in ups.conf would");
            return Outcome.FAILED;
        }
        try {
            defaults(known, device.dstate());
        } catch (DriverException e) {
            LOG.error("{}", e.text());
            return Outcome.FAILED;
        }
        if (command(known, "shutdown.stop") != null && insist("shutdown.stop") != Outcome.HANDLED) {
            LOG.info("No shutdown pending");
        }
        Outcome outcome = insist(settings.stayoff() ? "shutdown.stayoff" : "shutdown.return");
        if (outcome == Outcome.HANDLED) {
            LOG.error(
                    "Shutting down in {} seconds",
                    String.valueOf(device.dstate().getinfo("ups.delay.shutdown")));
        } else {
            LOG.error("Shutdown failed!");
        }
        return outcome;
    }

    private Outcome insist(String cmd) {
        for (int i = 0; i < TRIES; i++) {
            try {
                Outcome outcome = order(cmd, null);
                if (outcome == Outcome.HANDLED) {
                    return outcome;
                }
            } catch (IOException e) {
                failed();
                LOG.error("{}: {}", cmd, String.valueOf(e.getMessage()));
            }
        }
        return Outcome.FAILED;
    }

    @Override
    public void close() {
        link.close();
    }
}
