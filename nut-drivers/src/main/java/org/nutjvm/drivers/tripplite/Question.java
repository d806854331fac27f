package org.nutjvm.drivers.tripplite;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Something the device is asked for in each poll, and what its answer is made of.
///
/// @param command what is sent behind a colon
/// @param least length of an answer
/// @param exact whether it is just as long
record Question(String command, int least, boolean exact, List<Field> fields) {
    private static final int HEX = 16;
    private static final int LONGEST_RESULT = 3;

    /// A part of an answer.
    sealed interface Field {
        /// The number there, or less than 0 if it makes no sense.
        int read(String answer);

        /// How much the number may move by itself.
        int near();
    }

    /// A value.
    ///
    /// @param name of the variable
    /// @param factor of the number, to which `plus` is added
    record Value(
            String name, int at, int length, double factor, double plus, int decimals, double min, double max, int near)
            implements Field {
        @Override
        public int read(String answer) {
            int x = 0;
            for (int i = at; i < at + length; i++) {
                int digit = Character.digit(answer.charAt(i), HEX);
                if (digit < 0) {
                    return -1;
                }
                x = x * HEX + digit;
            }
            double value = of(x);
            return value < min || value > max ? -1 : x;
        }

        /// What a number means. Of those without decimals the fraction is dropped.
        double of(int x) {
            double value = x * factor + plus;
            return decimals == 0 ? (int) value : value;
        }
    }

    /// A letter, and the words of `ups.status` some of them are.
    record State(int at, Map<Character, String> words) implements Field {
        @Override
        public int read(String answer) {
            char letter = answer.charAt(at);
            return words.containsKey(letter) ? letter : -1;
        }

        @Override
        public int near() {
            return 0;
        }
    }

    /// A number that stands for a text.
    record Result(String name, List<String> texts) implements Field {
        @Override
        public int read(String answer) {
            if (answer.length() > LONGEST_RESULT) {
                return -1;
            }
            int x = 0;
            for (int i = 0; i < answer.length(); i++) {
                char c = answer.charAt(i);
                if (c < '0' || c > '9') {
                    return -1;
                }
                x = x * 10 + (c - '0');
            }
            return x < texts.size() ? x : -1;
        }

        @Override
        public int near() {
            return 0;
        }
    }

    /// The numbers of an answer, or nothing if it is none.
    Optional<int[]> read(String answer) {
        if (answer.length() < least || (exact && answer.length() > least)) {
            return Optional.empty();
        }
        int[] numbers = new int[fields.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = fields.get(i).read(answer);
            if (numbers[i] < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(numbers);
    }

    int[] tolerances() {
        int[] all = new int[fields.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = fields.get(i).near();
        }
        return all;
    }
}
