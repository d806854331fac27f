package org.nutjvm.drivers.qx;

import static org.nutjvm.drivers.qx.Words.key;
import static org.nutjvm.drivers.qx.Words.place;
import static org.nutjvm.drivers.qx.Words.unknown;
import static org.nutjvm.drivers.qx.Words.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.qx.Meaning.Place;

/// Reads the lines `command`, `setting` and `write`.
final class OrderReader {
    private int length;
    private char lead;
    private Place at = new Place(0, -1);
    private final List<Condition> when = new ArrayList<>();
    private final List<Condition> now = new ArrayList<>();
    private @Nullable String first;
    private Protocol.@Nullable Fact sets;
    private @Nullable Place range;
    private @Nullable String around;
    private int sign = 1;
    private int per = 1;
    private boolean once;
    private @Nullable Writable values;

    private OrderReader() {}

    static Protocol.Command command(Words words) {
        var reader = new OrderReader();
        String name = words.next("a command's name");
        var bytes = Template.of(words.next("what is sent"), Orders::knows);
        while (words.more()) {
            String word = words.next("");
            switch (key(word)) {
                case "first" -> reader.first = value(word);
                case "sets" -> reader.sets = fact(value(word));
                case "now" -> reader.now.add(Condition.of(value(word)));
                default -> reader.reply(word);
            }
        }
        return new Protocol.Command(
                name,
                bytes,
                reader.first,
                reader.reply(),
                List.copyOf(reader.when),
                List.copyOf(reader.now),
                reader.sets);
    }

    private static Protocol.Fact fact(String word) {
        int colon = word.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("variable:value expected: " + word);
        }
        return new Protocol.Fact(word.substring(0, colon), word.substring(colon + 1));
    }

    private void reply(String word) {
        switch (key(word)) {
            case "length" -> length = Words.number(word);
            case "lead" -> lead = Words.character(word);
            case "at" -> at = place(value(word));
            case "when" -> when.add(Condition.of(value(word)));
            default -> throw unknown(word);
        }
    }

    private Protocol.Reply reply() {
        return new Protocol.Reply(length, lead, at);
    }

    static Protocol.Setting setting(Words words) {
        String variable = words.next("a variable");
        String standard = words.next("a value");
        int min = 0;
        int max = -1;
        var rounding = Protocol.Rounding.NONE;
        while (words.more()) {
            String word = words.next("");
            switch (key(word)) {
                case "range" -> {
                    Place range = place(value(word));
                    min = range.from();
                    max = range.to();
                }
                case "round" -> rounding = Words.constant(Protocol.Rounding.class, value(word));
                default -> throw unknown(word);
            }
        }
        return new Protocol.Setting(variable, standard, min, max, rounding);
    }

    static Protocol.Write write(Words words) {
        var reader = new OrderReader();
        String variable = words.next("a variable");
        var bytes = Template.of(words.next("what is sent"), word -> Writable.knows(word) || Orders.isVariable(word));
        while (words.more()) {
            String word = words.next("");
            switch (key(word)) {
                case "range" -> reader.range = place(value(word));
                case "above", "below" -> {
                    reader.around = value(word);
                    reader.sign = word.startsWith("above") ? 1 : -1;
                }
                case "per" -> reader.per = Math.max(1, Words.number(word));
                case "time" -> reader.values = new Writable.Time(Words.number(word));
                case "listed" -> reader.values = new Writable.Listed(value(word));
                case "flag" -> reader.values = new Writable.Choice(Map.of("", ""));
                case "map" ->
                    reader.values =
                            new Writable.Choice(Collections.unmodifiableMap(new LinkedHashMap<>(words.texts())));
                case "once" -> reader.once = true;
                default -> reader.reply(word);
            }
        }
        return new Protocol.Write(
                variable, bytes, reader.reply(), List.copyOf(reader.when), reader.writable(), reader.once);
    }

    private Writable writable() {
        if (values != null) {
            return values;
        }
        if (range == null || range.to() < 0) {
            throw new IllegalArgumentException(
                    "what can be written: range=from-to, listed=variable, time=days, flag or map expected");
        }
        return new Writable.Numeric(range.from(), range.to(), around, sign, per);
    }
}
