package org.nutjvm.drivers.hidups;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.conf.ConfLine;
import org.nutjvm.common.conf.ConfText;
import org.nutjvm.common.conf.Nearest;
import org.nutjvm.drivers.hid.Hex;
import org.nutjvm.drivers.hid.Repair;

/// Reads a subdriver's table (docs/hid-subdrivers.md). A line that makes no sense is complained of and
/// left out; the others hold.
final class TableReader {
    private static final List<String> KEYWORDS = List.of(
            "subdriver",
            "vendor",
            "model",
            "model-from",
            "serial-from",
            "default",
            "delays",
            "pollonly",
            "inputs",
            "repair",
            "usage",
            "values",
            "bits",
            "function",
            "read",
            "status",
            "alarm",
            "command",
            "setting",
            "name",
            "device");

    private final Usages usages = new Usages();
    private final Map<String, Conversion> conversions = Conversions.builtIn();
    private final List<Mapping> mappings = new ArrayList<>();
    private final List<Subdriver.Model> models = new ArrayList<>();
    private final Map<String, Set<Repair>> repairs = new HashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private String title = "";
    private @Nullable String vendor;
    private String model = "product";
    private @Nullable String modelOtherwise;
    private @Nullable String modelFrom;
    private @Nullable String serialFrom;
    private int pollfreq = Subdriver.DEFAULT_POLLFREQ;
    private boolean delaysInMinutes;
    private boolean pollonlyAdvised;
    private boolean inputsToo;

    /// Takes the lines of a text; later texts add to earlier ones.
    TableReader read(ConfText text) {
        text.complaints().forEach(c -> complaints.add(c.text()));
        for (var line : text.lines()) {
            try {
                take(line);
            } catch (IllegalArgumentException e) {
                complaints.add(e.getMessage() + " (" + line.file() + ":" + line.line() + ")");
            }
        }
        return this;
    }

    /// What was wrong, each with file and line.
    List<String> complaints() {
        return complaints;
    }

    Usages usages() {
        return usages;
    }

    Subdriver subdriver(Usages standard) {
        usages.addAll(standard);
        for (var mapping : mappings) {
            if (usages.path(mapping.path()) == null) {
                complaints.add("unknown usage in path " + mapping.path() + " of " + title);
            }
        }
        return new Subdriver(
                title,
                usages,
                List.copyOf(mappings),
                vendor,
                model,
                modelOtherwise,
                modelFrom,
                serialFrom,
                pollfreq,
                delaysInMinutes,
                pollonlyAdvised,
                inputsToo,
                List.copyOf(models),
                repairs);
    }

    private void take(ConfLine line) {
        var words = new Cursor(line);
        String keyword = words.next("a keyword");
        switch (keyword) {
            case "subdriver" -> title = words.next("a title");
            case "vendor" -> vendor = words.next("a name");
            case "model" -> model(words.next("product, apc, mge or unknown"));
            case "model-from" -> modelFrom = words.next("a path");
            case "serial-from" -> serialFrom = words.next("a path");
            case "default" -> {
                words.expect("pollfreq");
                pollfreq = words.number("seconds");
            }
            case "delays" -> {
                words.expect("minutes");
                delaysInMinutes = true;
            }
            case "pollonly" -> {
                words.expect("advised");
                pollonlyAdvised = true;
            }
            case "inputs" -> {
                words.expect("too");
                inputsToo = true;
            }
            case "repair" -> repair(words);
            case "usage" -> usage(words);
            case "values" -> values(words);
            case "bits" -> bits(words);
            case "function" -> conversions.put(words.next("a name"), Conversions.function(words.rest()));
            case "read" -> mapping(words, Mapping.Kind.READ, words.next("a variable"));
            case "status" -> mapping(words, Mapping.Kind.STATUS, "");
            case "alarm" -> mapping(words, Mapping.Kind.ALARM, "");
            case "command" -> mapping(words, Mapping.Kind.COMMAND, words.next("a command"));
            case "setting" -> mapping(words, Mapping.Kind.SETTING, words.next("a variable"));
            case "name" -> name(words);
            case "device" -> words.rest(); // Which devices it is for is the catalogue's business.
            default -> {
                Optional<String> near = Nearest.of(keyword, KEYWORDS);
                throw new IllegalArgumentException("unknown keyword '" + keyword + "'"
                        + near.map(n -> ", did you mean " + n + "?").orElse(""));
            }
        }
        words.end();
    }

    private void model(String word) {
        if (word.equals("unknown")) {
            modelOtherwise = word;
        } else {
            model = word;
        }
    }

    private void repair(Cursor words) {
        String id = words.next("an id like 051d:0002");
        var named = EnumSet.noneOf(Repair.class);
        while (words.more()) {
            String word = words.next("a repair");
            named.add(Repair.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')));
        }
        repairs.put(id, named);
    }

    private void usage(Cursor words) {
        long number = Hex.parse(words.next("a number of 8 hexadecimal digits"));
        if (number < 0) {
            throw new IllegalArgumentException("a usage is a number of 8 hexadecimal digits, like ff860060");
        }
        usages.add((int) number, words.next("a name"));
    }

    private void values(Cursor words) {
        var values = conversions.computeIfAbsent(words.next("a name"), n -> new Conversions.Values());
        if (!(values instanceof Conversions.Values list)) {
            throw new IllegalArgumentException("there is another conversion of this name");
        }
        while (words.more()) {
            String word = words.next("a value");
            switch (word) {
                case "mask" -> list.mask(words.wholeNumber("a mask"));
                case "default" -> list.otherwise(words.next("a text"));
                case "via" -> list.via(conversion(words.next("a function")));
                default -> list.add(Cursor.integer(word), words.next("a text"));
            }
        }
    }

    private void bits(Cursor words) {
        String name = words.next("a name");
        long mask = words.wholeNumber("a mask");
        long as = mask;
        String yes = words.next("a flag");
        if (yes.equals("value")) {
            as = words.wholeNumber("a value");
            yes = words.next("a flag");
        }
        String no = words.more() ? words.next("a flag") : "!" + yes;
        conversions.put(name, new Conversions.Bits(mask, as, yes, no));
    }

    private Conversion conversion(String name) {
        var conversion = conversions.get(name);
        if (conversion == null) {
            throw new IllegalArgumentException("there is no conversion '" + name + "'"
                    + Nearest.of(name, conversions.keySet())
                            .map(n -> ", did you mean " + n + "?")
                            .orElse(""));
        }
        return conversion;
    }

    private void mapping(Cursor words, Mapping.Kind kind, String name) {
        String path = words.next("a path");
        int decimals = 6;
        Conversion conversion = null;
        var reading = Mapping.Reading.FULL;
        boolean writable = false;
        boolean number = false;
        int length = -1;
        boolean choices = false;
        String value = null;
        while (words.more()) {
            String word = words.next("an option");
            switch (word) {
                case "format" -> decimals = decimals(words.next("a format like %.1f"));
                case "as" -> conversion = conversion(words.next("a conversion"));
                case "quick" -> reading = Mapping.Reading.QUICK;
                case "once" -> reading = Mapping.Reading.ONCE;
                case "on-change" -> reading = Mapping.Reading.ON_CHANGE;
                case "choices" -> choices = true;
                case "value", "default" -> value = words.next("a value");
                case "text" -> length = words.number("a length");
                case "number" -> number = true;
                case "rw" -> {
                    writable = true;
                    length = words.moreDigits() ? words.number("a length") : -1;
                }
                default -> throw new IllegalArgumentException("unknown option '" + word + "'");
            }
        }
        boolean needsConversion = kind == Mapping.Kind.STATUS || kind == Mapping.Kind.ALARM;
        if (needsConversion && conversion == null) {
            throw new IllegalArgumentException("status and alarm need a conversion (as NAME)");
        }
        mappings.add(new Mapping(
                kind,
                name,
                path,
                decimals,
                conversion,
                reading,
                writable,
                number,
                length,
                choices,
                value,
                words.text()));
    }

    private static int decimals(String format) {
        boolean known = format.length() == 4 && format.startsWith("%.") && format.endsWith("f");
        if (!known || format.charAt(2) < '0' || format.charAt(2) > '9') {
            throw new IllegalArgumentException("a format is %.0f to %.9f, not '" + format + "'");
        }
        return format.charAt(2) - '0';
    }

    private void name(Cursor words) {
        String product = words.next("a product");
        String modelName = words.next("a model");
        words.expect("as");
        String kind = words.next("a kind");
        models.add(new Subdriver.Model(product, modelName, kind, words.more() ? words.next("a name") : null));
    }
}
