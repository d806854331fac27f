package org.nutjvm.drivers.netxml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.BuiltIn;

/// What the objects of a card are in NUT: netxml.txt, which says how it is to be read.
final class ObjectTable {
    private static final String TABLE = "netxml.txt";

    /// One object.
    ///
    /// @param object its name on the card
    /// @param variable in NUT, or null
    /// @param rw whether clients may set it
    /// @param once whether its first value stays
    /// @param how how its value is read, and arguments; empty: as it is
    record Rule(String object, @Nullable String variable, boolean rw, boolean once, List<String> how) {
        Rule {
            how = List.copyOf(how);
        }
    }

    private final Map<String, Rule> rules = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<Rule> writable = new ArrayList<>();
    private final Map<String, Map<String, String>> values = new HashMap<>();

    ObjectTable() {
        try {
            for (String line : BuiltIn.lines(ObjectTable.class, TABLE)) {
                add(words(line), line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> words(String line) {
        var words = new ArrayList<String>();
        var each = new StringTokenizer(line);
        while (each.hasMoreTokens()) {
            words.add(each.nextToken());
        }
        return words;
    }

    private void add(List<String> words, String line) {
        if (words.getFirst().equals("=")) {
            int text = line.indexOf(' ', line.indexOf(' ', 2) + 1) + 1;
            values.computeIfAbsent(words.get(1), name -> new HashMap<>()).put(words.get(2), line.substring(text));
            return;
        }
        String variable = words.get(1);
        String access = words.get(2);
        var rule = new Rule(
                words.get(0),
                variable.equals("-") ? null : variable,
                access.equals("rw"),
                access.equals("static"),
                words.subList(3, words.size()));
        rules.put(rule.object(), rule);
        if (rule.rw()) {
            writable.add(rule);
        }
    }

    @Nullable
    Rule rule(String object) {
        return rules.get(object);
    }

    /// Those clients may set.
    List<Rule> writable() {
        return List.copyOf(writable);
    }

    /// The one that sets a variable, or null.
    @Nullable
    Rule setting(String variable) {
        for (Rule rule : writable) {
            if (variable.equalsIgnoreCase(rule.variable())) {
                return rule;
            }
        }
        return null;
    }

    /// What a code means, or null if nothing.
    @Nullable
    String meaning(String list, String code) {
        var meanings = values.getOrDefault(list, Map.of());
        String meaning = meanings.get(code);
        return meaning == null ? meanings.get("*") : meaning;
    }
}
