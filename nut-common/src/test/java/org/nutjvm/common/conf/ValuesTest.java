package org.nutjvm.common.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({"true, true", "YES, true", "On, true", "1, true", "false, false", "no, false", "OFF, false", "0, false"
    })
    void truth(String word, boolean meant) {
        assertEquals(Optional.of(meant), Values.bool(word));
        assertEquals(Optional.of(meant), Values.boolOrNumber(word));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "y", "t", "2", "true ", "-1", "="})
    void noTruth(String word) {
        assertEquals(Optional.empty(), Values.bool(word));
    }

    @ParameterizedTest
    @CsvSource({"2, true", "00, false", "10x, true", "0x, false", "99999999999999999999, true"})
    void numberAsTruth(String word, boolean meant) {
        assertEquals(Optional.of(meant), Values.boolOrNumber(word));
    }

    @ParameterizedTest
    @CsvSource({"15, 15", "15s, 15", "007, 7", "0x10, 0", "2147483648, 2147483647", "99999999999999999999, 2147483647"})
    void leadingNumber(String word, int number) {
        assertEquals(OptionalInt.of(number), Values.leadingNumber(word));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", " 1", "x1", "="})
    void noLeadingNumber(String word) {
        assertEquals(OptionalInt.empty(), Values.leadingNumber(word));
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "-3, -3", "+3, 3", "' 3 ', 3", "2147483647, 2147483647", "-2147483648, -2147483648"})
    void wholeNumber(String word, int number) {
        assertEquals(OptionalInt.of(number), Values.number(word));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "-", "+", "3x", "x", "3 4", "0x3", "2147483648", "-2147483649", "99999999999999999999"})
    void noWholeNumber(String word) {
        assertEquals(OptionalInt.empty(), Values.number(word));
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "-3x, -3", "x, 0", "'', 0", "-, 0", "' 7', 7", "-99999999999, -2147483648"})
    void atoi(String word, int number) {
        assertEquals(number, Values.atoi(word));
    }
}
