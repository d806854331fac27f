package org.nutjvm.drivers.tripplite;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nutjvm.drivers.spi.BuiltIn;

/// What there is to ask and to tell, out of `tripplite.txt`.
///
/// @param questions in the order they are asked
/// @param orders by the name of the instant command
record Tables(List<Question> questions, Map<String, List<String>> orders) {
    static Tables read() throws IOException {
        return read(BuiltIn.text(Tables.class, "tripplite.txt"));
    }

    private static Tables read(String text) throws IOException {
        var tables = new Tables(new ArrayList<>(), new LinkedHashMap<>());
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (!line.isBlank() && line.charAt(0) != '#') {
                try {
                    tables.take(List.of(line.strip().split(" +", -1)));
                } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                    throw new IOException("tripplite.txt, line " + number + ": " + line, e);
                }
            }
        }
        return tables;
    }

    private void take(List<String> words) {
        String first = words.get(1);
        switch (words.getFirst()) {
            case "ask" -> {
                String length = words.get(2);
                boolean exact = !length.endsWith("+");
                int least = Integer.parseInt(exact ? length : length.substring(0, length.length() - 1));
                questions.add(new Question(first, least, exact, new ArrayList<>()));
            }
            case "number" ->
                field(new Question.Value(
                        first,
                        Integer.parseInt(words.get(2)),
                        Integer.parseInt(words.get(3)),
                        Double.parseDouble(words.get(4)),
                        Double.parseDouble(words.get(5)),
                        Integer.parseInt(words.get(6)),
                        Double.parseDouble(words.get(7)),
                        Double.parseDouble(words.get(8)),
                        Integer.parseInt(words.get(9))));
            case "state" -> field(new Question.State(Integer.parseInt(first), letters(words.subList(2, words.size()))));
            case "result" -> field(new Question.Result(first, texts(words.subList(2, words.size()))));
            case "order" -> orders.put(first, words.subList(2, words.size()));
            default -> throw new IllegalArgumentException("unknown statement");
        }
    }

    private void field(Question.Field field) {
        questions.getLast().fields().add(field);
    }

    private static Map<Character, String> letters(List<String> words) {
        var letters = new LinkedHashMap<Character, String>();
        for (String word : words) {
            letters.put(word.charAt(0), word.length() > 2 ? word.substring(2) : "");
        }
        return letters;
    }

    private static List<String> texts(List<String> words) {
        var texts = new ArrayList<String>();
        for (String word : words) {
            texts.add(word.substring(word.indexOf('=') + 1).replace('_', ' '));
        }
        return texts;
    }
}
