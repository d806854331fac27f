package org.nutjvm.cgi.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    private static void assertTenths(double value) {
        assertEquals(
                new BigDecimal(value).setScale(1, RoundingMode.HALF_EVEN).toPlainString(),
                Numbers.tenths(value),
                () -> "of " + value);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                -0.0,
                0.05,
                0.25,
                0.35,
                0.75,
                -0.25,
                -0.04,
                -0.06,
                9.95,
                99.95,
                0.999,
                1e-300,
                13.65,
                87,
                -87.5,
                1e15,
                1e17,
                4.5e18,
                5e18,
                1e300,
                0.015625,
                0.0156249,
                0.95,
                0.949999999999
            })
    void tenthsAreThoseOfExactArithmetic(double value) {
        assertTenths(value);
    }

    @Test
    void anyTenthsAreThoseOfExactArithmetic() {
        var random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            assertTenths((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(20)));
            assertTenths(random.nextInt(100_000) / 20.0); // often right between two
            assertTenths(random.nextInt(4096) / 64.0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "230.1, 230.1",
        "-3.5, -3.5",
        "' 12 V', 12",
        "abc, 0",
        "1.2.3, 0",
        "., 0",
        "-, 0",
        "-., 0",
        "5., 5",
        ".5, 0.5",
        "0.1234567890123456789, 0.12345678901234568",
        "123456789012345678, 123456789012345680",
        "+7, 7"
    })
    void numbersAtTheBeginning(String text, double number) {
        assertEquals(number, Numbers.real(text));
    }

    @Test
    void anyNumberIsReadAsTheJdkReadsIt() {
        var random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder(random.nextBoolean() ? "-" : "");
            int digits = 1 + random.nextInt(20);
            int point = random.nextInt(digits + 1);
            for (int k = 0; k < digits; k++) {
                text.append(k == point ? "." : "").append(random.nextInt(10));
            }
            assertEquals(Double.parseDouble(text.toString()), Numbers.real(text.toString()), text::toString);
        }
    }
}
