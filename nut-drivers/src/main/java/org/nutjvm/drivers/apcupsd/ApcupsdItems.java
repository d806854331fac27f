package org.nutjvm.drivers.apcupsd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.BuiltIn;
import org.nutjvm.drivers.spi.Numbers;

/// What an apcupsd tells, in NUT's words (drivers/apcupsd-ups.h; the table is apcupsd.txt).
final class ApcupsdItems {
    private static final String TABLE = "apcupsd.txt";

    /// @param words kind and arguments
    /// @param keep whether the last value stays while the item is not told
    private record Rule(String item, String variable, List<String> words, boolean keep) {}

    private final List<Rule> rules = new ArrayList<>();

    ApcupsdItems() {
        try {
            for (String line : BuiltIn.lines(ApcupsdItems.class, TABLE)) {
                rules.add(rule(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Rule rule(String line) {
        var words = words(line);
        boolean keep = words.getLast().equals("keep");
        return new Rule(words.get(0), words.get(1), words.subList(2, words.size() - (keep ? 1 : 0)), keep);
    }

    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        var each = new StringTokenizer(text);
        while (each.hasMoreTokens()) {
            words.add(each.nextToken());
        }
        return words;
    }

    /// The variables there are by these items, but for `ups.status`; null for those that are not
    /// told and go.
    Map<String, @Nullable String> values(List<Item> items) {
        var values = new LinkedHashMap<String, @Nullable String>();
        values.put("ups.mfr", "APC");
        for (Rule rule : rules) {
            String value = null;
            for (Item item : items) {
                if (item.name().equals(rule.item())) {
                    value = value(rule.words(), item.data());
                }
            }
            if (value != null || !rule.keep()) {
                values.put(rule.variable(), value);
            }
        }
        return values;
    }

    private static @Nullable String value(List<String> kind, String data) {
        return switch (kind.getFirst()) {
            case "text" -> {
                int length = Integer.parseInt(kind.get(1));
                yield data.length() > length ? data.substring(0, length) : data;
            }
            case "number" -> number(data, Integer.parseInt(kind.get(1)), Integer.parseInt(kind.get(2)));
            case "date" -> word(data, 0);
            case "time" -> word(data, 1);
            case "firmware" -> {
                int slash = data.indexOf(" /");
                yield slash < 0 ? data : data.substring(0, slash).stripTrailing();
            }
            case "auxiliary" -> {
                int slash = data.indexOf('/');
                String rest = slash < 0 ? "" : data.substring(slash + 1).strip();
                yield rest.isEmpty() ? null : rest;
            }
            default -> throw new IllegalStateException(TABLE + ": no such kind: " + kind);
        };
    }

    private static @Nullable String word(String data, int place) {
        var words = words(data);
        if (words.isEmpty() && place == 0) {
            return "";
        }
        return place < words.size() ? words.get(place) : null;
    }

    /// As C: what is no number is 0.
    private static String number(String data, int factor, int decimals) {
        int end = 0;
        while (end < data.length() && "+-.0123456789".indexOf(data.charAt(end)) >= 0) {
            end++;
        }
        double number = Numbers.decimal(data.substring(0, end));
        var exact = new BigDecimal(Double.isFinite(number) ? number * factor : 0);
        return exact.setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }

    /// `ups.status` of an item STATUS.
    ///
    /// @return null when apcupsd itself knows nothing of the UPS
    static @Nullable String status(String data) {
        switch (data) {
            case "COMMLOST", "NETWORK ERROR", "ERROR" -> {
                return null;
            }
            case "SELFTEST" -> {
                return "OB";
            }
            case "SHUTTING DOWN" -> {
                return "FSD";
            }
            default -> {}
        }
        var status = new ArrayList<String>();
        for (String word : words(data)) {
            switch (word) {
                case "COMMLOST" -> {
                    return null;
                }
                case "CAL", "TRIM", "BOOST" -> status.add(word);
                case "ONLINE" -> status.add("OL");
                case "ONBATT" -> status.add("OB");
                case "OVERLOAD" -> status.add("OVER");
                case "LOWBATT" -> status.add("LB");
                case "REPLACEBATT" -> status.add("RB");
                case "NOBATT" -> status.add("BYPASS");
                default -> {}
            }
        }
        return String.join(" ", status);
    }
}
