package org.nutjvm.drivers.qx;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.qx.Meaning.Hex.Formula;
import org.nutjvm.drivers.qx.Meaning.Place;

/// Reads a protocol's file (docs/qx-protocols.md).
final class ProtocolReader {
    /// A file is not as it should be; the message has its name and line.
    static final class FormException extends Exception {
        private static final long serialVersionUID = 1L;

        FormException(String message) {
            super(message);
        }
    }

    /// Gives the lines of a file, or null if there is none.
    @FunctionalInterface
    interface Files {
        @Nullable
        List<String> lines(String name);
    }

    private static final int DEEPEST = 4;

    private final Files files;
    private final List<Protocol.Claim> claims = new ArrayList<>();
    private final List<Protocol.Fact> facts = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();
    private final List<Protocol.Command> commands = new ArrayList<>();
    private final List<Protocol.Setting> settings = new ArrayList<>();
    private String name = "";
    private String version = "";
    private List<String> accepted = List.of();
    private @Nullable String rejected;
    private Protocol.@Nullable Query query;

    private ProtocolReader(Files files) {
        this.files = files;
    }

    /// Reads one.
    ///
    /// @throws FormException saying where and what
    static Protocol read(String file, Files files) throws FormException {
        var reader = new ProtocolReader(files);
        reader.file(file, List.of(), 0);
        return reader.finished(file);
    }

    private Protocol finished(String file) throws FormException {
        var protocol = new Protocol(
                name,
                version,
                accepted,
                rejected,
                List.copyOf(claims),
                List.copyOf(facts),
                List.copyOf(items),
                List.copyOf(commands),
                List.copyOf(settings));
        if (name.isEmpty()) {
            throw new FormException(file + ": no line 'protocol'");
        }
        if (claims.isEmpty()) {
            throw new FormException(file + ": no line 'claim', so it would be taken for every device's");
        }
        for (var claim : claims) {
            if (protocol.item(claim.variable()) == null) {
                throw new FormException(file + ": '" + claim.variable() + "' is claimed and not read");
            }
        }
        return protocol;
    }

    private void file(String file, List<String> arguments, int depth) throws FormException {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("too deep: " + file + " would be file " + (depth + 1) + " of a row");
        }
        List<String> lines = files.lines(file);
        if (lines == null && depth > 0) {
            throw new IllegalArgumentException("there is no file " + file);
        }
        if (lines == null) {
            throw new FormException(file + ": there is no such file");
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            for (int a = 0; a < arguments.size(); a++) {
                line = line.replace("$" + (a + 1), arguments.get(a));
            }
            try {
                line(line, depth);
            } catch (IllegalArgumentException e) {
                throw new FormException(file + " line " + (i + 1) + ": " + e.getMessage());
            }
        }
    }

    private void line(String line, int depth) throws FormException {
        if (line.isBlank() || line.strip().startsWith("# ") || line.strip().equals("#")) {
            return;
        }
        var words = new Words(line);
        if (Character.isWhitespace(line.charAt(0))) {
            items.add(item(words));
            return;
        }
        String kind = words.next("a word");
        switch (kind) {
            case "protocol" -> {
                name = words.next("a name");
                version = words.next("a version");
            }
            case "accepted" -> accepted = words.rest();
            case "rejected" -> rejected = words.next("an answer");
            case "claim" -> claims(words);
            case "fact" -> facts.add(new Protocol.Fact(words.next("a variable"), words.next("a value")));
            case "query" -> query = query(words);
            case "command" -> commands.add(command(words));
            case "setting" -> settings.add(setting(words));
            case "include" -> file(words.next("a file"), words.rest(), depth + 1);
            default ->
                throw new IllegalArgumentException(
                        "'" + kind + "' is none of protocol, accepted, rejected, claim, fact,"
                                + " query, command, setting, include");
        }
        words.end();
    }

    private void claims(Words words) {
        var variables = new ArrayList<String>();
        String unless = null;
        boolean orRejected = false;
        while (words.more()) {
            String word = words.next("a variable");
            if (word.startsWith("unless=")) {
                unless = word.substring(7);
            } else if (word.equals("or-rejected")) {
                orRejected = true;
            } else {
                variables.add(word);
            }
        }
        for (String variable : variables) {
            claims.add(new Protocol.Claim(variable, unless, orRejected));
        }
    }

    private Protocol.Query query(Words words) {
        String question = words.next("a question");
        int length = 1;
        int longest = Integer.MAX_VALUE;
        char lead = 0;
        String unless = null;
        var decoding = Decoding.TEXT;
        while (words.more()) {
            String word = words.next("");
            switch (key(word)) {
                case "length" -> length = number(word);
                case "longest" -> longest = number(word);
                case "lead" -> lead = character(word);
                case "unless" -> unless = value(word);
                case "decode" -> decoding = constant(Decoding.class, value(word));
                default -> throw unknown(word);
            }
        }
        return new Protocol.Query(question, length, longest, lead, decoding, unless);
    }

    private Item item(Words words) {
        Protocol.Query asked = query;
        if (asked == null) {
            throw new IllegalArgumentException("a line that begins with a blank belongs below a line 'query'");
        }
        String variable = words.next("a variable");
        Place place = place(words.next("a place such as 1-5, 42 or 28-"));
        int decimals = -1;
        var traits = EnumSet.noneOf(Item.Trait.class);
        double most = Double.MAX_VALUE;
        String unless = null;
        Protocol.Condition when = null;
        Meaning meaning = null;
        while (words.more()) {
            String word = words.next("");
            if (word.equals("%s")) {
                decimals = -1;
            } else if (word.startsWith("%")) {
                decimals = decimals(word);
            } else {
                switch (key(word)) {
                    case "static", "semistatic", "quick", "trim" -> traits.add(constant(Item.Trait.class, word));
                    case "most" -> most = number(word);
                    case "unless" -> unless = value(word);
                    case "when" -> when = condition(value(word));
                    case "map" -> meaning = new Meaning.Mapped(texts(words));
                    case "letters" -> meaning = letters(words);
                    case "regulation" -> meaning = regulation(value(word));
                    case "packs" -> meaning = new Meaning.Packs(decimals);
                    case "times" -> meaning = new Meaning.Times(number(word), decimals);
                    case "hex" -> meaning = new Meaning.Hex(constant(Formula.class, value(word)), decimals);
                    default -> throw unknown(word);
                }
            }
        }
        return new Item(
                asked,
                variable,
                place,
                meaning == null ? new Meaning.Plain(decimals) : meaning,
                Set.copyOf(traits),
                most,
                unless,
                when);
    }

    private static Meaning letters(Words words) {
        String always = null;
        String among = "";
        String otherwise = null;
        var texts = new HashMap<String, String>();
        for (var entry : texts(words).entrySet()) {
            if (entry.getKey().equals("ALWAYS")) {
                always = entry.getValue();
            } else if (entry.getKey().startsWith("NONE-OF-")) {
                among = entry.getKey().substring(8);
                otherwise = entry.getValue();
            } else {
                texts.put(entry.getKey(), entry.getValue());
            }
        }
        return new Meaning.Letters(Map.copyOf(texts), always, among, otherwise);
    }

    private static Meaning regulation(String places) {
        String[] parts = places.split(",", -1);
        boolean hex = parts.length == 3 && parts[2].equals("hex");
        if (parts.length != 2 && !hex) {
            throw new IllegalArgumentException("two places expected, of input and output voltage: " + places);
        }
        return new Meaning.Regulation(place(parts[0]), place(parts[1]), hex);
    }

    private static Map<String, String> texts(Words words) {
        var texts = new HashMap<String, String>();
        while (words.more()) {
            String word = words.next("");
            if (word.indexOf('=') < 1) {
                throw new IllegalArgumentException("found=text expected: " + word);
            }
            texts.put(key(word).toUpperCase(Locale.ROOT), value(word));
        }
        return Map.copyOf(texts);
    }

    private static Protocol.Command command(Words words) {
        String name = words.next("a command's name");
        String bytes = words.next("what is sent");
        int length = 0;
        char lead = 0;
        var at = new Place(0, -1);
        Protocol.Condition when = null;
        while (words.more()) {
            String word = words.next("");
            switch (key(word)) {
                case "length" -> length = number(word);
                case "lead" -> lead = character(word);
                case "at" -> at = place(value(word));
                case "when" -> when = condition(value(word));
                default -> throw unknown(word);
            }
        }
        String complaint = Orders.complaint(bytes);
        if (complaint != null) {
            throw new IllegalArgumentException(complaint);
        }
        return new Protocol.Command(name, bytes, length, lead, at.from(), at.to(), when);
    }

    private static Protocol.Setting setting(Words words) {
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
                case "round" -> rounding = constant(Protocol.Rounding.class, value(word));
                default -> throw unknown(word);
            }
        }
        return new Protocol.Setting(variable, standard, min, max, rounding);
    }

    private static Place place(String word) {
        int dash = word.indexOf('-');
        if (dash < 0) {
            return new Place(whole(word), whole(word));
        }
        int from = whole(word.substring(0, dash));
        int to = dash + 1 == word.length() ? -1 : whole(word.substring(dash + 1));
        if (to >= 0 && to < from) {
            throw new IllegalArgumentException("the end is before the beginning: " + word);
        }
        return new Place(from, to);
    }

    private static Protocol.Condition condition(String word) {
        int colon = word.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("variable:value expected: " + word);
        }
        return new Protocol.Condition(word.substring(0, colon), word.substring(colon + 1));
    }

    private static int decimals(String word) {
        if (word.length() == 4 && word.startsWith("%.") && word.endsWith("f") && Character.isDigit(word.charAt(2))) {
            return word.charAt(2) - '0';
        }
        throw new IllegalArgumentException("%s or %.<digit>f expected: " + word);
    }

    private static String key(String word) {
        int equals = word.indexOf('=');
        return equals < 0 ? word : word.substring(0, equals);
    }

    private static String value(String word) {
        int equals = word.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException(word + "=... expected");
        }
        return word.substring(equals + 1);
    }

    private static int number(String word) {
        return whole(value(word));
    }

    private static int whole(String digits) {
        try {
            int n = Integer.parseInt(digits);
            if (n >= 0) {
                return n;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a number expected: " + digits, e);
        }
        throw new IllegalArgumentException("not less than 0: " + digits);
    }

    private static char character(String word) {
        if (value(word).length() != 1) {
            throw new IllegalArgumentException("one character expected: " + word);
        }
        return word.charAt(word.length() - 1);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        for (E one : type.getEnumConstants()) {
            if (one.name().equals(word.toUpperCase(Locale.ROOT).replace('-', '_'))) {
                return one;
            }
        }
        throw unknown(word);
    }

    private static IllegalArgumentException unknown(String word) {
        return new IllegalArgumentException("'" + word + "' means nothing here");
    }

    /// The words of a line: parted by blanks, which quotes keep.
    private static final class Words {
        private final List<String> words = new ArrayList<>();
        private int at;

        Words(String line) {
            var word = new StringBuilder();
            boolean quoted = false;
            boolean any = false;
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                if (c == '"') {
                    quoted = !quoted;
                    any = true;
                } else if (!quoted && (c == ' ' || c == '\t')) {
                    if (any) {
                        words.add(word.toString());
                    }
                    word.setLength(0);
                    any = false;
                } else {
                    word.append(c);
                    any = true;
                }
            }
            if (quoted) {
                throw new IllegalArgumentException("a quote is not closed");
            }
            if (any) {
                words.add(word.toString());
            }
        }

        boolean more() {
            return at < words.size();
        }

        String next(String what) {
            if (at == words.size()) {
                throw new IllegalArgumentException(what + " is missing");
            }
            return words.get(at++);
        }

        List<String> rest() {
            var rest = List.copyOf(words.subList(at, words.size()));
            at = words.size();
            return rest;
        }

        void end() {
            if (more()) {
                throw unknown(words.get(at));
            }
        }
    }
}
