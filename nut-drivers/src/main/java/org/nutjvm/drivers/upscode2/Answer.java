package org.nutjvm.drivers.upscode2;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Numbers;

/// All that was said to a question that has pairs of code and value for an answer.
///
/// The protocol has no checksum. So what an answer says of the status, which codes it has, and what in it makes no
/// sense
/// is believed only if it is as it was in the last one, or comes twice; and so is a number of another form, with more
/// or
/// fewer digits.
final class Answer {
    /// A pair.
    record Pair(String code, String value) {}

    private final List<Pair> pairs;
    private final Map<String, String> forms = new HashMap<>();
    private final Set<String> status = new TreeSet<>();
    private final Set<String> alarms = new TreeSet<>();
    private final Set<String> odd = new TreeSet<>();

    private Answer(List<Pair> pairs) {
        this.pairs = List.copyOf(pairs);
    }

    static Answer of(String question, List<Pair> pairs, Table table) {
        var answer = new Answer(pairs);
        for (Pair pair : pairs) {
            answer.judge(pair, table.answer(question, pair.code()), table);
        }
        return answer;
    }

    private void judge(Pair pair, Table.@Nullable Entry entry, Table table) {
        if (entry == null || !understood(pair, entry, table)) {
            odd.add(pair.code() + ' ' + pair.value());
        }
    }

    private boolean understood(Pair pair, Table.Entry entry, Table table) {
        return switch (entry.kind()) {
            case NUMBER -> note(pair, form(pair.value())) && !Double.isNaN(number(pair.value()));
            case TEXT -> note(pair, pair.value());
            case STATUS -> note(pair, "") && status(pair.value(), entry.name());
            case LIST -> note(pair, "") && word(pair.value(), table.word(entry.name(), pair.value()));
            case IGNORE -> note(pair, "");
        };
    }

    private boolean note(Pair pair, String form) {
        forms.put(pair.code(), form);
        return true;
    }

    private boolean status(String value, String word) {
        if (value.equals("11")) {
            status.add(word);
            return true;
        }
        return value.equals("00");
    }

    private boolean word(String value, Table.@Nullable Word word) {
        if (word == null) {
            return false;
        }
        if (!word.status().isEmpty()) {
            status.add(word.status());
        } else if (!word.alarm().isEmpty()) {
            alarms.add(value + " (" + word.alarm() + ")");
        }
        return true;
    }

    /// A value with all digits alike.
    static String form(String value) {
        var form = new StringBuilder(value);
        for (int i = 0; i < form.length(); i++) {
            if (form.charAt(i) >= '0' && form.charAt(i) <= '9') {
                form.setCharAt(i, '9');
            }
        }
        return form.toString();
    }

    /// A value as a number, as precise as C's, or NaN.
    static float number(String value) {
        return (float) Numbers.decimal(value.strip());
    }

    /// Whether nothing in it makes it doubtful, after what was said before.
    boolean like(@Nullable Answer before) {
        return before != null && sameSense(before) && forms.equals(before.forms);
    }

    /// Whether it says the same as one that was doubtful, but for numbers, which go up and down: they have the form
    /// they
    /// had there, or before.
    boolean confirms(Answer doubtful, @Nullable Answer before) {
        if (!sameSense(doubtful)) {
            return false;
        }
        for (var form : forms.entrySet()) {
            boolean known = before != null && form.getValue().equals(before.forms.get(form.getKey()));
            if (!known && !form.getValue().equals(doubtful.forms.get(form.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private boolean sameSense(Answer other) {
        return status.equals(other.status)
                && alarms.equals(other.alarms)
                && odd.equals(other.odd)
                && forms.keySet().equals(other.forms.keySet());
    }

    List<Pair> pairs() {
        return pairs;
    }

    boolean has(String code) {
        return forms.containsKey(code);
    }

    /// Words of `ups.status` it sets.
    Set<String> status() {
        return status;
    }

    /// What it complains of, for people.
    List<String> alarms() {
        return new ArrayList<>(alarms);
    }

    /// What nobody knows, for people.
    List<String> odd() {
        return new ArrayList<>(odd);
    }
}
