package org.nutjvm.it;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A device that answers short questions with lines. It keeps what it heard, and can be made to answer badly.
final class Q1Ups implements IntFunction<byte[]> {
    /// How the next answers come.
    enum Mood {
        GOOD,
        /// Without their second half and their end.
        HALF,
        /// With a byte that noise made.
        NOISY
    }

    private final @Nullable String otherwise;
    private final Map<String, String> says;
    private final List<String> heard = new ArrayList<>();
    private final StringBuilder asked = new StringBuilder();
    private Mood mood = Mood.GOOD;

    /// @param says what it says to what, both without their ends
    /// @param otherwise what it says to anything else, or null
    Q1Ups(Map<String, String> says, @Nullable String otherwise) {
        this.otherwise = otherwise;
        this.says = new HashMap<>(says);
    }

    /// All it was asked and told so far, without what it has answers of a line for.
    synchronized List<String> heard() {
        return heard.stream()
                .filter(one -> says.containsKey(one)
                        ? says.getOrDefault(one, "").length() < 5 && !one.equals("QMOD") && !one.equals("RE0")
                        : otherwise == null)
                .toList();
    }

    /// How often it was asked this.
    synchronized long count(String question) {
        return heard.stream().filter(question::equals).count();
    }

    synchronized void mood(Mood next) {
        mood = next;
    }

    synchronized void says(String question, String answer) {
        says.put(question, answer);
    }

    @Override
    public synchronized byte[] apply(int c) {
        if (c != '\r') {
            asked.append((char) c);
            return new byte[0];
        }
        String question = asked.toString();
        asked.setLength(0);
        heard.add(question);
        String answer = says.getOrDefault(question, otherwise);
        return answer == null ? new byte[0] : said(answer).getBytes(StandardCharsets.ISO_8859_1);
    }

    private String said(String answer) {
        int half = answer.length() / 2;
        return switch (mood) {
            case GOOD -> answer + "\r";
            case HALF -> answer.substring(0, half);
            case NOISY -> answer.substring(0, half) + "\u00f3" + answer.substring(half) + "\r";
        };
    }
}
