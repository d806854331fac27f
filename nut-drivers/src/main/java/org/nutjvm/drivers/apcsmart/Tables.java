package org.nutjvm.drivers.apcsmart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.BuiltIn;

/// What the protocol's characters mean (drivers/apcsmart_tabs.c), as `apcsmart.txt` has it; its head explains the
/// form.
record Tables(List<Var> vars, List<Cmd> cmds, List<Model> models) {
    /// How an answer is to be read.
    enum Format {
        PLAIN,
        PERCENT,
        VOLT,
        AMP,
        CELSIUS,
        HEX,
        DECIMAL,
        SECONDS,
        MINUTES,
        HOURS,
        REASON
    }

    /// What else is to be known of a variable.
    enum Trait {
        POLL,
        PACK,
        TEXT
    }

    /// A variable.
    ///
    /// @param shape what the answer must look like, or null if name and character have one meaning
    record Var(
            String name,
            char character,
            Format format,
            Set<Trait> traits,
            @Nullable String shape) {
        boolean is(Trait trait) {
            return traits.contains(trait);
        }

        /// Several variables share the name or the character.
        boolean ambiguous() {
            return shape != null;
        }
    }

    /// What a command wants to be told.
    enum Param {
        NONE,
        AT,
        CS
    }

    /// A command.
    ///
    /// @param again whether only its repetition counts
    record Cmd(String name, char character, boolean again, boolean twice, Param param) {
        /// Whether it takes this parameter, or none at all.
        boolean takes(@Nullable String given) {
            return switch (param) {
                case NONE -> given == null;
                case CS -> given == null || given.isEmpty() || given.equalsIgnoreCase("cs");
                case AT ->
                    given != null
                            && given.length() >= 4
                            && given.regionMatches(true, 0, "at:", 0, 3)
                            && Shape.digits(given.substring(3), 1, 3);
            };
        }
    }

    /// A device that does not list its characters.
    record Model(String firmware, String characters) {}

    /// Reads the file.
    static Tables load() throws IOException {
        var vars = new ArrayList<Var>();
        var cmds = new ArrayList<Cmd>();
        var models = new ArrayList<Model>();
        for (String line : BuiltIn.lines(Tables.class, "apcsmart.txt")) {
            List<String> words = words(line);
            switch (words.getFirst()) {
                case "var" -> vars.add(var(words));
                case "cmd" -> cmds.add(cmd(words));
                case "model" -> models.add(new Model(words.get(1), characters(words.get(2))));
                default -> throw new IllegalArgumentException("apcsmart.txt: " + line);
            }
        }
        return new Tables(List.copyOf(vars), List.copyOf(cmds), List.copyOf(models));
    }

    private static List<String> words(String line) {
        var words = new ArrayList<String>();
        for (String word : line.split(" ", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    private static Var var(List<String> words) {
        var traits = EnumSet.noneOf(Trait.class);
        String shape = null;
        for (String word : words.subList(4, words.size())) {
            if (word.startsWith("shape=")) {
                shape = word.substring(6);
            } else {
                traits.add(Trait.valueOf(word.toUpperCase(Locale.ROOT)));
            }
        }
        var format = Format.valueOf(words.get(3).toUpperCase(Locale.ROOT));
        return new Var(words.get(1), character(words.get(2)), format, traits, shape);
    }

    private static Cmd cmd(List<String> words) {
        var param = Param.NONE;
        boolean again = false;
        boolean twice = false;
        for (String word : words.subList(3, words.size())) {
            switch (word) {
                case "again" -> again = true;
                case "twice" -> twice = true;
                case "param=at" -> param = Param.AT;
                case "param=cs" -> param = Param.CS;
                default -> throw new IllegalArgumentException("apcsmart.txt: " + words);
            }
        }
        return new Cmd(words.get(1), character(words.get(2)), again, twice, param);
    }

    private static char character(String word) {
        String one = characters(word);
        if (one.length() != 1) {
            throw new IllegalArgumentException("apcsmart.txt: one character expected: " + word);
        }
        return one.charAt(0);
    }

    private static String characters(String word) {
        var text = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '%') {
                c = (char) Integer.parseInt(word.substring(i + 1, i + 3), 16);
                i += 2;
            }
            text.append(c);
        }
        return text.toString();
    }
}
