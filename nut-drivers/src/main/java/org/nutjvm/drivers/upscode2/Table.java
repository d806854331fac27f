package org.nutjvm.drivers.upscode2;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.BuiltIn;

/// What codes mean, out of `upscode2.txt`, which says how it is written.
///
/// @param answers by question and code
/// @param words of lists, by list and word
record Table(Map<String, Entry> answers, Map<String, Word> words, List<Order> commands, List<Order> variables) {
    /// What the value of a code is.
    enum Kind {
        NUMBER,
        TEXT,
        STATUS,
        LIST,
        IGNORE
    }

    /// A number is multiplied by this.
    enum Scale {
        NONE,
        THOUSAND,
        POWER
    }

    /// A code in an answer.
    ///
    /// @param name of the variable, of the list, or the word of the status; or empty
    /// @param three the variable's name in a device of three phases
    /// @param key what it is for computations, or empty
    /// @param last whether the answer ends with it
    record Entry(Kind kind, String name, String three, String key, Scale scale, boolean last) {}

    /// A word of a list.
    ///
    /// @param status the word of `ups.status` it sets, or empty
    /// @param alarm what it says, or empty
    record Word(String status, String alarm) {}

    /// A command, or a variable that can be set.
    ///
    /// @param code what is sent
    /// @param more what is sent after it, or what the answer begins with; or empty
    record Order(String name, String code, String more) {}

    static Table read() throws IOException {
        var table = new Table(new HashMap<>(), new HashMap<>(), new ArrayList<>(), new ArrayList<>());
        for (String line : BuiltIn.lines(Table.class, "upscode2.txt")) {
            table.take(line.split(" ", -1));
        }
        return table;
    }

    private void take(String[] words) throws IOException {
        String more = words.length > 3 ? words[3] : "";
        switch (words[0]) {
            case "answer" -> answers.put(words[1] + ' ' + words[2], entry(words));
            case "list" -> {
                String rest = String.join(" ", List.of(words).subList(Math.min(4, words.length), words.length));
                this.words.put(
                        words[1] + ' ' + words[2],
                        new Word(more.equals("status") ? rest : "", more.equals("alarm") ? rest : ""));
            }
            case "command" -> commands.add(new Order(words[1], words[2], more));
            case "variable" -> variables.add(new Order(words[1], words[2], more));
            default -> throw new IOException("upscode2.txt: no such statement: " + words[0]);
        }
    }

    private static Entry entry(String[] words) throws IOException {
        var kind = switch (words[3]) {
            case "number" -> Kind.NUMBER;
            case "text" -> Kind.TEXT;
            case "status" -> Kind.STATUS;
            case "list" -> Kind.LIST;
            case "ignore" -> Kind.IGNORE;
            default -> throw new IOException("upscode2.txt: no such kind: " + words[3]);
        };
        String name = "";
        String three = "";
        String key = "";
        var scale = Scale.NONE;
        boolean last = false;
        for (int i = 4; i < words.length; i++) {
            String word = words[i];
            if (word.startsWith("3=")) {
                three = word.substring(2);
            } else if (word.startsWith("key=")) {
                key = word.substring(4);
            } else if (word.startsWith("scale=")) {
                scale = word.endsWith("power") ? Scale.POWER : Scale.THOUSAND;
            } else if (word.equals("last")) {
                last = true;
            } else {
                name = word;
            }
        }
        return new Entry(kind, name, three.isEmpty() ? name : three, key, scale, last);
    }

    /// What a code in the answer to a question is, or null.
    @Nullable
    Entry answer(String question, String code) {
        return answers.get(question + ' ' + code);
    }

    /// What a word of a list is, or null.
    @Nullable
    Word word(String list, String word) {
        return words.get(list + ' ' + word);
    }
}
