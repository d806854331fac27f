package org.nutjvm.drivers.powercom;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads `powercom.txt`, whose head says what may stand in it.
final class TableReader {
    private static final int HEX = 16;
    private static final String UNKNOWN = "-";

    private final Map<String, UpsType> types = new LinkedHashMap<>();
    private final Map<String, List<Integer>> models = new LinkedHashMap<>();
    private final List<Integer> nominals = new ArrayList<>();
    private final List<Tables.Volts> volts = new ArrayList<>();
    private final List<Tables.Inverter> inverters = new ArrayList<>();
    private final List<Tables.Load> loads = new ArrayList<>();
    private final List<Tables.Curve> curves = new ArrayList<>();
    private Map<String, List<String>> open = Map.of();

    static Tables read(String text) throws IOException {
        var reader = new TableReader();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (!line.isBlank() && line.charAt(0) != '#') {
                try {
                    reader.take(List.of(line.strip().split(" +", -1)));
                } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                    throw new IOException("powercom.txt, line " + number + ": " + line, e);
                }
            }
        }
        reader.close();
        return new Tables(
                reader.types,
                reader.nominals,
                reader.models,
                reader.volts,
                reader.inverters,
                reader.loads,
                reader.curves);
    }

    private void take(List<String> words) {
        var rest = words.subList(1, words.size());
        switch (words.getFirst()) {
            case "type" -> {
                close();
                open = new LinkedHashMap<>();
                open.put("type", rest);
            }
            case "nominal" -> {
                close();
                nominals.addAll(whole(rest));
            }
            case "models" -> models.put(rest.getFirst(), whole(rest.subList(1, rest.size())));
            case "volts" -> volts.add(volts(rest));
            case "inverter" -> inverters.add(inverter(rest));
            case "factor" ->
                loads.add(new Tables.Load(
                        scope(rest.get(0), rest.get(2)), battery(rest.get(1)), number(rest.get(3)), 0, List.of()));
            case "curve" ->
                curves.add(new Tables.Curve(
                        scope(rest.get(0), rest.get(1)),
                        integer(rest.get(2)),
                        integer(rest.get(3)),
                        integer(rest.get(4)),
                        number(rest.get(5))));
            case "load" -> {
                if (open.isEmpty()) {
                    loads.add(load(rest));
                } else {
                    open.put("load", rest);
                }
            }
            default -> {
                if (open.isEmpty()) {
                    throw new IllegalArgumentException("unknown statement");
                }
                open.put(words.getFirst(), rest);
            }
        }
    }

    /// Ends a type.
    private void close() {
        if (open.isEmpty()) {
            return;
        }
        var checks = new ArrayList<UpsType.Check>();
        for (String word : own("check")) {
            int at = word.indexOf('=');
            checks.add(
                    new UpsType.Check(integer(word.substring(0, at)), Integer.parseInt(word.substring(at + 1), HEX)));
        }
        var delay = own("delay");
        String name = own("type").getFirst();
        types.put(
                name,
                new UpsType(
                        name,
                        open.containsKey("asks"),
                        integer(own("bytes").getFirst()),
                        own("flow").getFirst().equals(UpsType.FEEDING),
                        checks,
                        new UpsType.Delay(
                                integer(delay.get(0)),
                                integer(delay.get(1)),
                                delay.get(2).equals("y")),
                        floats(own("frequency")),
                        floats(own("load")),
                        floats(own("charge")),
                        floats(own("voltage"))));
        open = Map.of();
    }

    private List<String> own(String word) {
        var words = open.get(word);
        if (words == null) {
            throw new IllegalArgumentException("a type without " + word);
        }
        return words;
    }

    private static Tables.Volts volts(List<String> words) {
        boolean scaled = words.size() > 6;
        return new Tables.Volts(
                scope(words.get(0), words.get(3)),
                words.get(1),
                integer(words.get(2)),
                number(words.get(4)),
                number(words.get(5)),
                scaled ? number(words.get(6)) : 1,
                scaled ? number(words.get(7)) : 1);
    }

    private static Tables.Inverter inverter(List<String> words) {
        int second = words.indexOf(",");
        int third = words.lastIndexOf(",");
        return new Tables.Inverter(
                integer(words.getFirst()),
                floats(words.subList(1, second)),
                floats(words.subList(second + 1, third)),
                floats(words.subList(third + 1, words.size())));
    }

    private static Tables.Load load(List<String> words) {
        return new Tables.Load(
                scope(words.get(0), words.get(2)),
                battery(words.get(1)),
                0,
                integer(words.get(3)),
                whole(words.subList(4, words.size())));
    }

    private static boolean battery(String word) {
        return word.equals("battery");
    }

    private static Tables.Scope scope(String family, String models) {
        var spans = new ArrayList<Tables.Span>();
        for (String span : models.split(",", -1)) {
            int dash = span.indexOf('-');
            int from = integer(dash < 0 ? span : span.substring(0, dash));
            spans.add(new Tables.Span(from, dash < 0 ? from : integer(span.substring(dash + 1))));
        }
        return new Tables.Scope(family, spans);
    }

    private static int integer(String word) {
        return Integer.parseInt(word);
    }

    private static double number(String word) {
        return Double.parseDouble(word);
    }

    private static List<Integer> whole(List<String> words) {
        var numbers = new ArrayList<Integer>();
        for (String word : words) {
            numbers.add(word.equals(UNKNOWN) ? 0 : integer(word));
        }
        return numbers;
    }

    private static List<Float> floats(List<String> words) {
        var numbers = new ArrayList<Float>();
        for (String word : words) {
            numbers.add(word.equals(UNKNOWN) ? Float.NaN : Float.parseFloat(word));
        }
        return numbers;
    }
}
