package org.nutjvm.drivers.hidups;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Numbers as C's printf, atol and strtod have them.
class DecimalTest {
    @ParameterizedTest
    @CsvSource({
        "0,0,0",
        "-0.0,1,-0.0",
        "2.5,0,2",
        "3.5,0,4",
        "230,1,230.0",
        "-1,0,-1",
        "1e15,0,1000000000000000",
        "0.05,1,0.1",
        "-0.04,1,-0.0",
        "13.65,1,13.7"
    })
    void printsAsC(double value, int decimals, String text) {
        assertEquals(text, Decimal.text(value, decimals));
    }

    /// Both ways to the text give the same.
    @Test
    void wholeNumbersAreLikeOthers() {
        var random = new Random(5);
        for (int i = 0; i < 1000; i++) {
            double value = random.nextInt();
            assertEquals(String.format(Locale.ROOT, "%.2f", value), Decimal.text(value, 2));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "42,42",
        "'',0",
        "' 7 x',7",
        "-3,-3",
        "+4,4",
        "12.9,12",
        "x,0",
        "'99%',99",
        "123456789012345,123456789012345",
        "1234567890123456,1234567890123456",
        "007,7"
    })
    void readsWholeNumbersAsC(String text, long number) {
        assertEquals(number, Decimal.leading(text));
    }

    @ParameterizedTest
    @CsvSource({"1.5,1.5", "-.5,-0.5", "'3.2 V',3.2", ".,0", "-,0", "'',0"})
    void readsDecimalNumbersAsC(String text, double number) {
        assertEquals(number, Decimal.decimal(text));
    }
}
