package org.nutjvm.drivers.qx;

import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.state.Variable;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a device of some protocol can be told: commands, variables the driver keeps, variables the device keeps.
final class Control {
    private static final Logger LOG = LoggerFactory.getLogger(Control.class);

    private final Protocol protocol;
    private final Walk walk;
    private final QxSettings settings;
    private boolean changed;

    Control(Protocol protocol, Walk walk, QxSettings settings) {
        this.protocol = protocol;
        this.walk = walk;
        this.settings = settings;
    }

    /// Whether the device obeyed something since this was asked last, so that what it keeps may have changed.
    boolean changed() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /// Offers what there is to be commanded and set.
    ///
    /// @param told variables the device itself has
    void offer(Dstate dstate, Set<String> told) throws DriverException {
        defaults(dstate);
        for (var command : protocol.commands()) {
            if (Condition.all(command.when(), walk::known)) {
                dstate.addcmd(command.name());
            }
        }
        for (var write : protocol.writes()) {
            if (!write.once() && told.contains(write.variable()) && holds(write)) {
                limits(write, dstate);
            }
        }
    }

    private void limits(Protocol.Write write, Dstate dstate) {
        String variable = write.variable();
        switch (write.values()) {
            case Writable.Choice(var codes) -> codes.keySet().forEach(value -> dstate.addenum(variable, value));
            case Writable.Listed listed -> listed.words(walk::known).forEach(value -> dstate.addenum(variable, value));
            case Writable.Numeric numeric -> {
                int[] range = numeric.range(walk::known);
                if (range == null) {
                    return;
                }
                dstate.addrange(variable, range[0], range[1]);
                if (numeric.around() != null) {
                    dstate.setinfo(variable + ".min", range[0]);
                    dstate.setinfo(variable + ".max", range[1]);
                }
            }
            case Writable.Time time -> LOG.trace("{}: any time", variable);
        }
        dstate.addflags(variable, Variable.Flag.RW);
    }

    /// Variables of our own, as ups.conf has them.
    void defaults(Dstate dstate) throws DriverException {
        for (var setting : protocol.settings()) {
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

    /// Writes what ups.conf wants the device to keep; what it keeps already is left alone.
    void configure() throws IOException {
        var wanted = new LinkedHashSet<String>();
        for (var write : protocol.writes()) {
            if (write.once() && settings.options().flag(write.variable())) {
                wanted.add(write.variable());
            }
        }
        for (String variable : wanted) {
            String value = Optional.ofNullable(settings.options().value(variable))
                    .orElse("")
                    .strip();
            if (write(variable, value) != Outcome.HANDLED) {
                LOG.error("{} = {} of ups.conf is not set in the device", variable, value);
            }
        }
    }

    /// Sets a variable, in the driver or in the device.
    Outcome setvar(String variable, String value, Dstate dstate) throws IOException {
        for (var setting : protocol.settings()) {
            if (setting.variable().equalsIgnoreCase(variable) && setting.max() >= 0) {
                return taken(setting, value, dstate) ? Outcome.HANDLED : Outcome.INVALID;
            }
        }
        for (var write : protocol.writes()) {
            if (write.variable().equalsIgnoreCase(variable) && !write.once()) {
                return write(write.variable(), value.strip());
            }
        }
        return Outcome.UNKNOWN;
    }

    private Outcome write(String variable, String value) throws IOException {
        String now = walk.known(variable);
        if (now != null && same(now, value)) {
            LOG.info("{} is already set to {}", variable, now);
            return Outcome.HANDLED;
        }
        String complaint = "the device does not have it";
        for (var write : protocol.writes()) {
            if (write.variable().equals(variable) && holds(write) && (now != null || value.isEmpty())) {
                complaint = write.values().complaint(value, walk::known);
                if (complaint == null) {
                    return write(write, value);
                }
            }
        }
        LOG.error("setvar: {}: {}", variable, complaint);
        return Outcome.INVALID;
    }

    private static boolean same(String now, String value) {
        var number = Numbers.plain(value);
        return now.equalsIgnoreCase(value)
                || (number.isPresent() && Numbers.plain(now).equals(number));
    }

    private boolean holds(Protocol.Write write) {
        return Condition.all(write.when(), walk::known);
    }

    private Outcome write(Protocol.Write write, String value) throws IOException {
        String bytes =
                write.bytes().with(word -> Writable.knows(word) ? write.values().bytes(word, value) : walk.known(word));
        return bytes == null ? Outcome.FAILED : sent(write.variable(), bytes, write.reply());
    }

    /// Has the device do something.
    Outcome instcmd(String cmd, @Nullable String param, Dstate dstate) throws IOException {
        boolean offered = false;
        for (var command : protocol.commands()) {
            if (command.name().equalsIgnoreCase(cmd) && Condition.all(command.when(), walk::known)) {
                offered = true;
                if (Condition.all(command.now(), walk::known)) {
                    return order(command, param, dstate);
                }
            }
        }
        if (offered) {
            LOG.error("instcmd: {} does nothing as things are now", cmd);
            return Outcome.FAILED;
        }
        LOG.debug("instcmd: command {} unavailable", cmd);
        return settings.predecessor() ? Outcome.UNKNOWN : Outcome.INVALID;
    }

    /// Whether there is such a command.
    boolean has(String cmd) {
        return protocol.commands().stream()
                .anyMatch(command -> command.name().equals(cmd) && Condition.all(command.when(), walk::known));
    }

    private Outcome order(Protocol.Command command, @Nullable String param, Dstate dstate) throws IOException {
        String bytes = Orders.bytes(command.bytes(), param, walk::known);
        if (bytes == null) {
            LOG.error("instcmd: {} cannot be done with '{}'", command.name(), Item.shown(String.valueOf(param)));
            return Outcome.FAILED;
        }
        String first = command.first();
        if (first != null && sent(command.name(), first, command.reply()) != Outcome.HANDLED) {
            return Outcome.FAILED;
        }
        Outcome outcome = sent(command.name(), bytes, command.reply());
        var sets = command.sets();
        if (outcome == Outcome.HANDLED && sets != null) {
            dstate.setinfo(sets.variable(), sets.value());
        }
        return outcome;
    }

    private Outcome sent(String what, String bytes, Protocol.Reply reply) throws IOException {
        String answer = walk.order(bytes);
        if (!protocol.obeys(reply, answer)) {
            LOG.error("{} failed, the device says '{}'", what, Item.shown(answer));
            return Outcome.FAILED;
        }
        changed = true;
        return Outcome.HANDLED;
    }

    /// What the device keeps, for the log.
    static String told(Map<String, String> kept) {
        var text = new StringBuilder();
        kept.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> text.append(text.isEmpty() ? "" : ", ")
                        .append(entry.getKey())
                        .append(" = ")
                        .append(entry.getValue()));
        return text.toString();
    }
}
