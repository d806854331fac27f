package org.nutjvm.drivers.spi;

/// Words parted by blanks, each at most once, in the order they came (common/common.c: str_add_unique_token), as in
/// `ups.status`.
final class StatusWords {
    /// Bytes C keeps of a value.
    static final int LIMIT = 255;

    private final StringBuilder words = new StringBuilder();

    void clear() {
        words.setLength(0);
    }

    boolean contains(String word) {
        int at = words.indexOf(word);
        while (at >= 0) {
            int end = at + word.length();
            if ((at == 0 || words.charAt(at - 1) == ' ') && (end == words.length() || words.charAt(end) == ' ')) {
                return true;
            }
            at = words.indexOf(word, at + 1);
        }
        return false;
    }

    /// Adds one word unless it is there or does not fit.
    void add(String word) {
        if (word.isEmpty() || contains(word)) {
            return;
        }
        if (words.length() + 1 + word.length() > LIMIT) {
            return;
        }
        if (!words.isEmpty()) {
            words.append(' ');
        }
        words.append(word);
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    @Override
    public String toString() {
        return words.toString();
    }
}
