package org.nutjvm.common.conf;

import java.util.Optional;

/// The known word somebody probably meant.
public final class Nearest {
    private Nearest() {}

    /// The candidate that differs least from the word, upper and lower case being the same, or empty when none is
    /// near. Near means: at most one letter in three wrong, missing, too many or swapped with its neighbour (one in
    /// words shorter than three), and at most three. Of equally near ones the first wins.
    public static Optional<String> of(String word, Iterable<String> candidates) {
        int allowed = Math.clamp(word.length() / 3, 1, 3);
        String best = null;
        for (String candidate : candidates) {
            int distance = distance(word, candidate, allowed);
            if (distance <= allowed) {
                best = candidate;
                allowed = distance - 1;
                if (allowed < 0) {
                    break;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /// Edits between the two words, or more than `limit` as soon as it is clear that there are more.
    private static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) > limit || Math.max(a.length(), b.length()) <= limit) {
            return limit + 1;
        }
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            char ca = fold(a.charAt(i - 1));
            for (int j = 1; j <= b.length(); j++) {
                char cb = fold(b.charAt(j - 1));
                int edits = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (ca == cb ? 0 : 1));
                if (i > 1 && j > 1 && ca == fold(b.charAt(j - 2)) && cb == fold(a.charAt(i - 2))) {
                    edits = Math.min(edits, beforeLast[j - 2] + 1);
                }
                row[j] = edits;
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }

    private static char fold(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
}
