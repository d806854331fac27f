package org.nutjvm.drivers.snmp.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.conf.ConfLine;
import org.nutjvm.common.conf.Nearest;

/// One line of a mapping file on its way to an {@link Entry}.
final class EntryReader {
    private static final List<String> ATTRIBUTES = List.of(
            "length",
            "scale",
            "decimals",
            "table",
            "once",
            "seldom",
            "rw",
            "sole",
            "not-negative",
            "not-zero",
            "not-na",
            "input",
            "output",
            "bypass",
            "write",
            "convert",
            "first-device",
            "param",
            "adjustable",
            "optional",
            "value",
            "celsius-when");

    private final MappingParser parser;
    private final ConfLine line;
    private final Entry.Kind kind;
    private Scope scope = Scope.DEVICE;
    private String value = "";
    private int length;
    private double scale = 1;
    private int decimals = -1;
    private @Nullable ValueTable table;
    private Entry.Often often = Entry.Often.ALWAYS;
    private boolean rw;
    private boolean sole;
    private boolean negativeInvalid;
    private boolean zeroInvalid;
    private boolean naInvalid;
    private Entry.@Nullable Phases phases;
    private Entry.Write write = Entry.Write.AS_READ;
    private Entry.Convert convert = Entry.Convert.NONE;
    private boolean firstDevice;
    private boolean adjustable;
    private boolean optional;
    private boolean param;
    private @Nullable Oid celsiusWhen;
    private boolean good = true;

    EntryReader(MappingParser parser, ConfLine line, Entry.Kind kind) {
        this.parser = parser;
        this.line = line;
        this.kind = kind;
    }

    /// The entry, or null after a complaint.
    @Nullable
    Entry read() {
        boolean named = kind != Entry.Kind.STATUS && kind != Entry.Kind.ALARMS;
        String name = named ? line.word(1) : kind == Entry.Kind.STATUS ? "ups.status" : "ups.alarms";
        int at = named ? 2 : 1;
        if (line.size() <= at || name.isEmpty()) {
            parser.complain(
                    line,
                    line.word(0),
                    "The line ends too early: " + line.word(0) + (named ? " NAME" : "")
                            + (kind == Entry.Kind.FIXED ? " VALUE" : " OID ..."));
            return null;
        }
        scope = Scope.of(name);
        OidTemplate oid = null;
        if (kind == Entry.Kind.FIXED) {
            value = line.word(at);
        } else {
            oid = template(line.word(at));
            if (oid == null) {
                return null;
            }
        }
        attributes(at + 1);
        if (kind == Entry.Kind.COMMAND && value.isEmpty() && !param) {
            bad("command", "A command needs value=WHAT-TO-WRITE, or the word param when the user gives it");
        }
        if (good && (kind == Entry.Kind.STATUS || kind == Entry.Kind.ALARM) && table == null) {
            bad("table", "Name the meanings of the codes by table=NAME");
        }
        if (!good) {
            return null;
        }
        return new Entry(
                kind,
                name,
                scope,
                oid,
                value,
                length,
                scale,
                decimals,
                table,
                often,
                rw,
                sole,
                new Entry.Invalid(negativeInvalid, zeroInvalid, naInvalid),
                phases,
                write,
                convert,
                firstDevice,
                adjustable || param,
                optional,
                celsiusWhen,
                line.line());
    }

    private @Nullable OidTemplate template(String word) {
        String full = parser.expand(line, word);
        if (full == null) {
            return null;
        }
        var oid = OidTemplate.parse(full, scope);
        if (oid == null) {
            parser.complain(
                    line,
                    word,
                    "'" + word + "' is no object identifier: write numbers and dots, {device}"
                            + (scope == Scope.DEVICE ? "" : " and " + scope.place()) + " for what differs");
        }
        return oid;
    }

    private void attributes(int from) {
        int i = from;
        while (i < line.size()) {
            boolean valued = line.word(i + 1).equals("=");
            if (valued) {
                valued(line.word(i), line.word(i + 2));
            } else {
                plain(line.word(i));
            }
            i += valued ? 3 : 1;
        }
    }

    private void plain(String word) {
        switch (word) {
            case "rw" -> rw = true;
            case "once" -> often = Entry.Often.ONCE;
            case "seldom" -> often = Entry.Often.SELDOM;
            case "sole" -> sole = true;
            case "not-negative" -> negativeInvalid = true;
            case "not-zero" -> zeroInvalid = true;
            case "not-na" -> naInvalid = true;
            case "first-device" -> firstDevice = true;
            case "adjustable" -> adjustable = true;
            case "optional" -> optional = true;
            case "param" -> param = true;
            default -> unknown(word);
        }
    }

    private void valued(String word, String text) {
        switch (word) {
            case "length" -> length = whole(word, text, 0, 65_535);
            case "decimals" -> decimals = whole(word, text, 0, 6);
            case "scale" -> scale = factor(text);
            case "value" -> value = text;
            case "table" -> {
                table = parser.tableNamed(line, text);
                good &= table != null;
            }
            case "input" -> phases = phases("input", text);
            case "output" -> phases = phases("output", text);
            case "bypass" -> phases = phases("input.bypass", text);
            case "write" -> write = constant(Entry.Write.class, word, text, write);
            case "convert" -> convert = constant(Entry.Convert.class, word, text, convert);
            case "celsius-when" -> {
                celsiusWhen = parser.plainOid(line, text);
                good &= celsiusWhen != null;
            }
            default -> unknown(word);
        }
    }

    private void unknown(String word) {
        parser.complain(line, word, Nearest.of(word, ATTRIBUTES), "Unknown word '" + word + "'");
        good = false;
    }

    private int whole(String word, String text, int least, int most) {
        Long number = MappingParser.number(text);
        if (number == null || number < least || number > most) {
            bad(text, word + "=" + text + ": a whole number from " + least + " to " + most + " is expected");
            return 0;
        }
        return number.intValue();
    }

    private double factor(String text) {
        try {
            double factor = Double.parseDouble(text);
            if (factor != 0 && !Double.isInfinite(factor) && !Double.isNaN(factor)) {
                return factor;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        bad(text, "scale=" + text + ": a number other than 0 is expected, as 0.1");
        return 1;
    }

    private Entry.@Nullable Phases phases(String side, String text) {
        int count = "1".equals(text) ? 1 : "3".equals(text) ? 3 : "any".equals(text) ? 0 : -1;
        if (count < 0) {
            bad(text, "How many phases: 1, 3 or any is expected, not '" + text + "'");
            return null;
        }
        return new Entry.Phases(side, count);
    }

    private <E extends Enum<E>> E constant(Class<E> type, String word, String text, E standard) {
        var known = new ArrayList<String>();
        for (var constant : type.getEnumConstants()) {
            String spelled = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (spelled.equals(text)) {
                return constant;
            }
            known.add(spelled);
        }
        bad(text, word + "=" + text + ": one of " + String.join(", ", known) + " is expected");
        return standard;
    }

    private void bad(String word, String text) {
        parser.complain(line, word, text);
        good = false;
    }
}
