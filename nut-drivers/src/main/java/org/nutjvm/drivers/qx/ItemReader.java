package org.nutjvm.drivers.qx;

import static org.nutjvm.drivers.qx.Words.key;
import static org.nutjvm.drivers.qx.Words.place;
import static org.nutjvm.drivers.qx.Words.unknown;
import static org.nutjvm.drivers.qx.Words.value;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.qx.Meaning.Hex.Formula;
import org.nutjvm.drivers.qx.Measure.Factor;
import org.nutjvm.drivers.qx.Measure.How;

/// Reads a line below a question.
final class ItemReader {
    private final List<Factor> factors = new ArrayList<>();
    private final EnumSet<Item.Trait> traits = EnumSet.noneOf(Item.Trait.class);
    private final List<Condition> when = new ArrayList<>();
    private final TreeMap<Double, String> steps = new TreeMap<>();
    private int decimals = -1;
    private Measure.Source source = Measure.Source.DIGITS;
    private double over = Double.NEGATIVE_INFINITY;
    private double upto = Double.POSITIVE_INFINITY;
    private double most = Double.MAX_VALUE;
    private @Nullable String unless;
    private @Nullable Meaning meaning;

    private ItemReader() {}

    static Item read(Protocol.Query asked, Words words) {
        var reader = new ItemReader();
        String variable = words.next("a variable");
        var place = place(words.next("a place such as 1-5, 42 or 28-"));
        while (words.more()) {
            reader.word(words.next(""), words);
        }
        return new Item(
                asked,
                variable,
                place,
                reader.meaning(),
                Set.copyOf(reader.traits),
                reader.most,
                reader.unless,
                List.copyOf(reader.when));
    }

    private Meaning meaning() {
        if (meaning != null) {
            return meaning;
        }
        boolean number = decimals >= 0 || !factors.isEmpty() || !steps.isEmpty();
        return number
                ? new Measure(source, Math.max(0, decimals), List.copyOf(factors), over, upto, steps)
                : new Meaning.Text();
    }

    private void word(String word, Words words) {
        if (word.equals("%s")) {
            decimals = -1;
            return;
        }
        if (word.startsWith("%")) {
            decimals = decimals(word);
            return;
        }
        switch (key(word)) {
            case "static", "semistatic", "quick", "often", "trim", "digits", "nonzero", "private", "invert", "steady" ->
                traits.add(Words.constant(Item.Trait.class, word));
            case "most" -> most = Words.number(word);
            case "over" -> over = Words.number(word);
            case "upto" -> upto = Words.number(word);
            case "unless" -> unless = value(word);
            case "when" -> when.add(Condition.of(value(word)));
            case "packs" -> factors.add(new Factor(null, 1, true, How.TIMES));
            case "times" -> factors.add(factor(value(word), How.TIMES));
            case "per" -> factors.add(factor(value(word), How.PER));
            case "of" -> factors.add(factor(value(word), How.OF));
            case "signed", "bytes" -> source = Words.constant(Measure.Source.class, word);
            case "map" -> meaning = mapped(words);
            case "letters" -> meaning = letters(words);
            case "day" -> meaning = new Meaning.Day();
            case "bits" -> meaning = bits(words);
            case "steps" ->
                words.texts()
                        .forEach((from, text) -> steps.put(Numbers.plain(from).orElseThrow(() -> unknown(from)), text));
            case "sum" -> meaning = new Meaning.Sum(weights(value(word)));
            case "enabled" -> meaning = enabled(value(word));
            case "regulation" -> meaning = regulation(value(word));
            case "hex" -> meaning = new Meaning.Hex(Words.constant(Formula.class, value(word)), decimals);
            default -> throw unknown(word);
        }
    }

    private static Factor factor(String word, How how) {
        var number = Numbers.plain(word);
        return number.isPresent()
                ? new Factor(null, number.getAsDouble(), false, how)
                : new Factor(word, 0, false, how);
    }

    private static Meaning mapped(Words words) {
        var texts = new HashMap<String, String>();
        words.texts().forEach((found, text) -> texts.put(found.toUpperCase(Locale.ROOT), text));
        String otherwise = texts.remove("*");
        return new Meaning.Mapped(Map.copyOf(texts), otherwise);
    }

    private static Meaning bits(Words words) {
        String title = words.next("what a list of bits begins with");
        var texts = new HashMap<Integer, String>();
        words.texts().forEach((bit, text) -> texts.put(Words.whole(bit), text));
        return new Meaning.Bits(title, Map.copyOf(texts));
    }

    private static List<Integer> weights(String word) {
        var weights = new ArrayList<Integer>();
        for (String one : word.split(",", -1)) {
            weights.add(Words.whole(one));
        }
        return List.copyOf(weights);
    }

    private static Meaning enabled(String word) {
        String[] parts = word.split(":", -1);
        if (parts.length != 3 || parts[0].length() != 1) {
            throw new IllegalArgumentException("letter:text:text expected: " + word);
        }
        return new Meaning.Enabled(parts[0].charAt(0), parts[1], parts[2]);
    }

    private static Meaning letters(Words words) {
        String always = null;
        String among = "";
        String otherwise = null;
        var texts = new HashMap<String, String>();
        for (var entry : words.texts().entrySet()) {
            String found = entry.getKey().toUpperCase(Locale.ROOT);
            if (found.equals("ALWAYS")) {
                always = entry.getValue();
            } else if (found.startsWith("NONE-OF-")) {
                among = found.substring(8);
                otherwise = entry.getValue();
            } else {
                texts.put(found, entry.getValue());
            }
        }
        return new Meaning.Letters(Map.copyOf(texts), always, among, otherwise);
    }

    private static Meaning regulation(String word) {
        String[] halves = word.split(":", -1);
        String[] places = halves[0].split(",", -1);
        boolean hex = places.length == 3 && places[2].equals("hex");
        if ((places.length != 2 && !hex) || (halves.length != 1 && halves.length != 4)) {
            throw new IllegalArgumentException("two places expected, of input and output voltage, and perhaps three"
                    + " texts behind colons: " + word);
        }
        String[] texts = halves.length == 4 ? halves : new String[] {"", "TRIM", "BYPASS", "BOOST"};
        return new Meaning.Regulation(place(places[0]), place(places[1]), hex, texts[1], texts[2], texts[3]);
    }

    private static int decimals(String word) {
        if (word.length() == 4 && word.startsWith("%.") && word.endsWith("f") && Character.isDigit(word.charAt(2))) {
            return word.charAt(2) - '0';
        }
        throw new IllegalArgumentException("%s or %.<digit>f expected: " + word);
    }
}
