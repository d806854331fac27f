package org.nutjvm.drivers.snmp.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.snmp.mapping.Entry;
import org.nutjvm.drivers.snmp.mapping.Oid;

/// Looks objects up among the answers, noting what is missing, and makes values of them.
final class Reader {
    /// What agents with registers of 16 bits say of what they do not measure.
    private static final long NOT_MEASURED = 65_534;

    private static final int FOLLOW_LIMIT = 3;
    private static final double LINE_TO_NEUTRAL = 0.707;

    private final Answers answers;
    private final Report report;
    private final Quirks quirks;
    private long sensorUnit = -1;

    Reader(Answers answers, Report report, Quirks quirks) {
        this.answers = answers;
        this.report = report;
        this.quirks = quirks;
    }

    /// What is known of an object; null when it has yet to be asked for.
    @Nullable
    SnmpValue at(Oid oid, Entry.Often often) {
        report.asked.merge(oid, often, (a, b) -> a.compareTo(b) <= 0 ? a : b);
        var value = answers.get(oid);
        if (value == null) {
            report.missing.add(oid);
        }
        return value;
    }

    /// The rows of a walk; null when it has yet to be made.
    @Nullable
    List<Oid> walk(Report.Walk walk) {
        var rows = answers.walk(walk);
        if (rows == null) {
            report.missingWalks.add(walk);
        }
        return rows;
    }

    /// Whether there is something that counts as an answer; null when that is not known yet.
    @Nullable
    Boolean exists(Oid oid, Entry entry) {
        var value = at(oid, entry.often());
        if (value == null) {
            return null;
        }
        return switch (value) {
            case SnmpValue.Absent _ -> false;
            case SnmpValue.Whole whole ->
                !(entry.invalid().zero() && whole.value() == 0)
                        && !(entry.invalid().negative() && whole.value() < 0);
            case SnmpValue.Text(var octets) -> !(entry.invalid().na() && octets.startsWith("N/A"));
            case SnmpValue.Pointer _ -> true;
        };
    }

    /// The value of an entry's instance; null when there is none or it is not known yet.
    @Nullable
    String value(Entry entry, Oid oid) {
        return entry.kind() == Entry.Kind.TEXT ? text(entry, oid) : number(entry, oid);
    }

    /// A text every agent has, whatever its mapping (the system group of RFC 1213).
    @Nullable
    String system(Oid oid) {
        return at(oid, Entry.Often.ONCE) instanceof SnmpValue.Text(var octets) ? Conversions.text(octets) : null;
    }

    private @Nullable String text(Entry entry, Oid oid) {
        var value = followed(oid, entry.often());
        if (value == null) {
            return null;
        }
        return switch (value) {
            case SnmpValue.Absent _ -> null;
            case SnmpValue.Whole(var number, var type) -> {
                long shown = type == SnmpValue.Whole.Type.TICKS ? number / 100 : number;
                var table = entry.table();
                String text =
                        table == null || type == SnmpValue.Whole.Type.TICKS ? Long.toString(shown) : table.text(shown);
                yield text == null ? null : reworked(entry, text);
            }
            case SnmpValue.Text(var octets) -> {
                String text = Conversions.text(octets);
                yield entry.invalid().na() && text.startsWith("N/A") ? null : reworked(entry, text);
            }
            case SnmpValue.Pointer(var to) -> reworked(entry, Long.toString(to.last()));
        };
    }

    private String reworked(Entry entry, String text) {
        if (entry.convert() == Entry.Convert.US_DATE) {
            return Conversions.isoDate(text);
        }
        if (quirks.threePhaseSymmetra() && Quirks.transfer(entry.name())) {
            return Conversions.fixed(Conversions.leading(text) * LINE_TO_NEUTRAL, 2);
        }
        return text;
    }

    private @Nullable String number(Entry entry, Oid oid) {
        if (entry.convert() == Entry.Convert.COUNT_LISTED
                && followed(oid, entry.often()) instanceof SnmpValue.Text(var octets)) {
            return Integer.toString(Conversions.listed(octets));
        }
        Long whole = whole(oid, entry.often());
        if (whole == null && entry.table() != null && followed(oid, entry.often()) instanceof SnmpValue.Text) {
            whole = 0L; // what C takes an empty text for, and tables name as the unknown
        }
        if (whole == null
                || (entry.invalid().negative() && whole < 0)
                || (entry.invalid().zero() && whole == 0)
                || (entry.invalid().na() && whole >= NOT_MEASURED)) {
            return null;
        }
        if (entry.convert() == Entry.Convert.SENSOR_UNIT) {
            sensorUnit = whole;
            return "celsius";
        }
        if (entry.convert() == Entry.Convert.SENSOR_TEMPERATURE) {
            return Conversions.sensorTemperature(whole, sensorUnit);
        }
        var table = entry.table();
        String text = table == null ? null : table.text(whole);
        return text == null ? printed(entry, whole) : text;
    }

    private @Nullable String printed(Entry entry, long whole) {
        double value = whole * entry.scale();
        var unit = entry.celsiusWhen();
        if (unit != null) {
            var answer = at(unit, entry.often());
            if (answer == null) {
                return null;
            }
            if (!(answer instanceof SnmpValue.Whole said && said.value() == 1)) {
                value = (value - 32) / 1.8;
            }
        }
        return entry.decimals() >= 0 ? Conversions.fixed(value, entry.decimals()) : Conversions.decimal(value);
    }

    /// An object as a whole number: seconds for a time, what a text begins with; null when there is none or it is
    /// not known yet. What is no number is not taken for one: an agent that muddles its types would make a mains
    /// failure.
    @Nullable
    Long whole(Oid oid, Entry.Often often) {
        var value = followed(oid, often);
        if (value == null) {
            return null;
        }
        return switch (value) {
            case SnmpValue.Absent _ -> null;
            case SnmpValue.Whole(var number, var type) -> type == SnmpValue.Whole.Type.TICKS ? number / 100 : number;
            case SnmpValue.Text(var octets) -> Conversions.number(octets);
            case SnmpValue.Pointer _ -> null;
        };
    }

    /// What is known of an object; of the one it names if it names one that is there.
    private @Nullable SnmpValue followed(Oid oid, Entry.Often often) {
        var value = at(oid, often);
        for (int i = 0; i < FOLLOW_LIMIT && value instanceof SnmpValue.Pointer(var to); i++) {
            var next = at(to, often);
            if (next == null) {
                return null;
            }
            if (next instanceof SnmpValue.Absent) {
                return value;
            }
            value = next;
        }
        return value;
    }
}
