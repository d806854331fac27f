package org.nutjvm.drivers.snmp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.snmp.agent.SnmpAgent;
import org.nutjvm.drivers.snmp.engine.Answers;
import org.nutjvm.drivers.snmp.engine.Report;
import org.nutjvm.drivers.snmp.engine.SnmpValue;
import org.nutjvm.drivers.snmp.mapping.Entry;
import org.nutjvm.drivers.snmp.mapping.Oid;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes to an agent (drivers/snmp-ups.c: su_setOID), each object as the type it has.
final class Writer {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    private static final String SHUTDOWN = "ups.delay.shutdown";
    private static final String START = "ups.delay.start";
    private static final int OFFDELAY = 20;
    private static final int ONDELAY = 30;

    private final SnmpAgent agent;
    private final int offdelay;
    private final int ondelay;
    private final Map<String, String> locals = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /// @param offdelay what the administrator set, or -1
    /// @param ondelay the same
    Writer(SnmpAgent agent, int offdelay, int ondelay) {
        this.agent = agent;
        this.offdelay = offdelay;
        this.ondelay = ondelay;
    }

    /// Variables that live here and not in the device.
    Map<String, String> locals() {
        return locals;
    }

    /// The delays the administrator set, by variable.
    Map<String, Integer> wantedDelays() {
        var wanted = new LinkedHashMap<String, Integer>();
        if (ondelay >= 0) {
            wanted.put(START, ondelay);
        }
        if (offdelay >= 0) {
            wanted.put(SHUTDOWN, offdelay);
        }
        return wanted;
    }

    Outcome setvar(String name, String value, Entry entry, @Nullable Oid oid, Answers answers) throws IOException {
        if (oid == null) {
            locals.put(name, value);
            return Outcome.HANDLED;
        }
        var wanted = converted(entry, value, answers.get(oid));
        if (wanted == null) {
            LOG.debug("cannot set '{}': value {} does not fit", name, value);
            return Outcome.CONVERSION_FAILED;
        }
        if (!write(oid, wanted)) {
            return Outcome.FAILED;
        }
        answers.put(oid, wanted);
        return Outcome.HANDLED;
    }

    /// Carries out the steps of a command.
    Outcome instcmd(String cmd, List<Report.Target> steps, Optional<String> param, Report report, Answers answers)
            throws IOException {
        if (param.isPresent() && steps.stream().noneMatch(step -> step.entry().adjustable())) {
            LOG.debug("{} takes no parameter", cmd);
            return Outcome.INVALID;
        }
        var values = new ArrayList<SnmpValue>(steps.size());
        for (var step : steps) {
            var entry = step.entry();
            String text = entry.adjustable() && param.isPresent() ? param.get() : filled(entry.value(), report);
            if (text.isEmpty()) {
                LOG.debug("cannot execute command '{}': a value is needed", cmd);
                return Outcome.INVALID;
            }
            var value = typed(text, entry, answers.get(step.oid()));
            if (value == null) {
                return Outcome.CONVERSION_FAILED;
            }
            values.add(value);
        }
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            if (!write(step.oid(), values.get(i)) && !step.entry().optional()) {
                return Outcome.FAILED;
            }
        }
        return Outcome.HANDLED;
    }

    private String filled(String value, Report report) {
        return switch (value) {
            case "{offdelay}" -> delay(SHUTDOWN, offdelay, OFFDELAY, report);
            case "{ondelay}" -> delay(START, ondelay, ONDELAY, report);
            default -> value;
        };
    }

    private String delay(String name, int option, int standard, Report report) {
        String local = locals.get(name);
        if (local == null && option >= 0) {
            return Integer.toString(option);
        }
        var published = report.variables().get(name);
        String text = local != null ? local : published == null ? "" : published.text();
        Long seconds = number(text);
        return Long.toString(seconds == null || seconds < 0 ? standard : seconds);
    }

    /// A value of NUT's as the agent wants it; null when it cannot be.
    private static @Nullable SnmpValue converted(Entry entry, String value, @Nullable SnmpValue now) {
        var table = entry.table();
        if (table != null && !(now instanceof SnmpValue.Text)) {
            Long code = table.code(value);
            return code == null ? null : typed(code.toString(), entry, now);
        }
        if (entry.kind() == Entry.Kind.TEXT || entry.scale() == 1) {
            return typed(value, entry, now);
        }
        try {
            return typed(Long.toString(Math.round(Double.parseDouble(value) / entry.scale())), entry, now);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /// A text as the type of the object, or as the mapping says where that is not known; null when it cannot be.
    private static @Nullable SnmpValue typed(String text, Entry entry, @Nullable SnmpValue now) {
        if (entry.write() == Entry.Write.OID || now instanceof SnmpValue.Pointer) {
            var oid = Oid.parse(text);
            return oid == null ? null : new SnmpValue.Pointer(oid);
        }
        if (now instanceof SnmpValue.Text && entry.kind() != Entry.Kind.COMMAND) {
            return new SnmpValue.Text(text);
        }
        boolean asText = entry.write() == Entry.Write.TEXT
                || (entry.write() == Entry.Write.AS_READ && entry.kind() == Entry.Kind.TEXT && entry.table() == null);
        if (!(now instanceof SnmpValue.Whole) && asText) {
            return new SnmpValue.Text(text);
        }
        Long number = number(text);
        if (number == null) {
            return null;
        }
        var type = now instanceof SnmpValue.Whole whole
                ? whole.type()
                : entry.write() == Entry.Write.TICKS ? SnmpValue.Whole.Type.TICKS : SnmpValue.Whole.Type.INTEGER;
        if (type == SnmpValue.Whole.Type.TICKS) {
            return number < 0 ? null : new SnmpValue.Whole(number * 100, type);
        }
        boolean fits = type == SnmpValue.Whole.Type.INTEGER
                ? number >= Integer.MIN_VALUE && number <= Integer.MAX_VALUE
                : number >= 0;
        return fits ? new SnmpValue.Whole(number, type) : null;
    }

    private static @Nullable Long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /// Writes; a gauge that the agent says is of a wrong type once more as an integer.
    private boolean write(Oid oid, SnmpValue value) throws IOException {
        var reply = agent.set(oid, value);
        boolean typeRefused = reply.error() == SnmpAgent.Reply.WRONG_TYPE || reply.error() == SnmpAgent.Reply.BAD_VALUE;
        if (typeRefused
                && value instanceof SnmpValue.Whole(var number, var type)
                && type != SnmpValue.Whole.Type.INTEGER
                && number <= Integer.MAX_VALUE) {
            reply = agent.set(oid, new SnmpValue.Whole(number, SnmpValue.Whole.Type.INTEGER));
        }
        if (reply.error() != 0) {
            LOG.error("can't set {}: {}", oid, reason(reply.error()));
            return false;
        }
        return true;
    }

    private static String reason(int error) {
        return switch (error) {
            case 2, 11 -> "there is no such object, or this community or user may not write it";
            case 3, 10 -> "the value is out of range";
            case 4, 6, 16, 17 -> "this community or user may not write it";
            case 7 -> "it is of another type";
            default -> "error " + error + " of SNMP";
        };
    }
}
