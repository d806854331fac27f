package org.nutjvm.drivers.hidups;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a device can be told: commands and settings of its table, and commands made of others
/// (drivers/usbhid-ups.c: instcmd, setvar).
final class Orders {
    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

    private final List<Row> rows;
    private final Reports reports;
    private final Dstate dstate;
    private final Surroundings around;
    private final long pauseMillis;
    private boolean changed;

    /// @param pauseMillis between the two steps of one command; some units do not take two at once
    Orders(List<Row> rows, Reports reports, Dstate dstate, Surroundings around, long pauseMillis) {
        this.rows = rows;
        this.reports = reports;
        this.dstate = dstate;
        this.around = around;
        this.pauseMillis = pauseMillis;
    }

    /// Whether something was set or commanded since {@link #noted}.
    boolean changed() {
        return changed;
    }

    /// All that was set has been read again.
    void noted() {
        changed = false;
    }

    /// Announces commands that need those of the table.
    void announce() {
        for (String load : new String[] {"load.off", "load.on"}) {
            if (find(load + ".delay") != null) {
                dstate.addcmd(load);
            }
        }
        if (find("load.off.delay") != null && find("load.on.delay") != null) {
            dstate.addcmd("shutdown.return");
            dstate.addcmd("shutdown.stayoff");
        }
    }

    private @Nullable Row find(String name) {
        for (var row : rows) {
            if (row.item != null && row.mapping.name().equalsIgnoreCase(name)) {
                return row;
            }
        }
        return null;
    }

    /// Runs a command.
    Outcome instcmd(String cmd, Optional<String> param) throws HidException {
        if (cmd.equals("beeper.off") || cmd.equals("beeper.on")) {
            String now = cmd.equals("beeper.off") ? "beeper.disable" : "beeper.enable";
            LOG.warn("The '{}' command has been renamed to '{}'", cmd, now);
            return instcmd(now, Optional.empty());
        }
        var row = find(cmd);
        if (row == null) {
            return composed(cmd);
        }
        var mapping = row.mapping;
        if (mapping.kind() != Mapping.Kind.COMMAND) {
            return Outcome.INVALID;
        }
        String text = param.orElse(mapping.value());
        return send(row, text);
    }

    private Outcome composed(String cmd) throws HidException {
        return switch (cmd) {
            case "load.on" -> instcmdOf("load.on.delay", "0");
            case "load.off" -> instcmdOf("load.off.delay", "0");
            case "shutdown.return" -> {
                automaticStart("yes");
                yield twoSteps(dstate.getinfo("ups.delay.start"));
            }
            case "shutdown.stayoff" -> {
                automaticStart("no");
                yield twoSteps("-1");
            }
            default -> Outcome.INVALID;
        };
    }

    private Outcome instcmdOf(String cmd, @Nullable String param) throws HidException {
        return find(cmd) == null ? Outcome.INVALID : instcmd(cmd, Optional.ofNullable(param));
    }

    private void automaticStart(String value) throws HidException {
        if (dstate.getinfo("ups.start.auto") != null) {
            setvar("ups.start.auto", value);
        }
    }

    private Outcome twoSteps(@Nullable String startDelay) throws HidException {
        Outcome outcome = instcmdOf("load.on.delay", startDelay);
        if (outcome != Outcome.HANDLED) {
            return outcome;
        }
        pause();
        return instcmdOf("load.off.delay", dstate.getinfo("ups.delay.shutdown"));
    }

    private void pause() {
        try {
            Thread.sleep(pauseMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Sets a variable.
    Outcome setvar(String name, String value) throws HidException {
        var row = find(name);
        if (row == null || !row.mapping.writable()) {
            return Outcome.UNKNOWN;
        }
        if (row.mapping.kind() == Mapping.Kind.SETTING) {
            dstate.setinfo(row.mapping.name(), value);
            return Outcome.HANDLED;
        }
        return send(row, value);
    }

    private Outcome send(Row row, @Nullable String text) throws HidException {
        var item = row.item;
        if (item == null) {
            return Outcome.FAILED;
        }
        var conversion = row.mapping.conversion();
        Double value;
        if (conversion != null) {
            value = conversion.value(text, around);
        } else {
            value = text == null ? 0.0 : (double) Decimal.leading(text);
        }
        if (value == null) {
            return Outcome.CONVERSION_FAILED;
        }
        if (item.constant()) {
            return Outcome.FAILED;
        }
        reports.set(item, value);
        changed = true;
        return Outcome.HANDLED;
    }
}
