package org.nutjvm.drivers.qx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Random;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nutjvm.drivers.spi.BadLine;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.TestDevice;

/// Every protocol on a bad line: no value is ever wrong, and data are good again as soon as the line is.
class LineTroubleTest {
    private static final int SEED = 6;

    /// What a line does to an answer.
    enum Trouble {
        SILENCE((random, asked, answer) -> ""),
        HALF((random, asked, answer) -> answer.substring(0, answer.length() / 2)),
        NO_END((random, asked, answer) -> answer.replace("\r", "")),
        ECHO((random, asked, answer) -> asked + "\r"),
        ECHO_BEFORE((random, asked, answer) -> asked + "\r" + answer),
        NOISE((random, asked, answer) -> at(random, answer, (text, i) -> text.insert(i, '\u00f3'))),
        NOISE_INSTEAD((random, asked, answer) -> at(random, answer, (text, i) -> text.setCharAt(i, '\u00f3'))),
        BYTE_LOST((random, asked, answer) -> at(random, answer, StringBuilder::deleteCharAt)),
        CUT((random, asked, answer) -> at(random, answer, (text, i) -> {
            text.setLength(i);
            text.append('\r');
        })),
        OTHER_END((random, asked, answer) -> answer.replace('\r', '\n')),
        FLOOD((random, asked, answer) -> answer.replace("\r", "").repeat(20));

        final BadLine.Damage damage;

        Trouble(BadLine.Damage damage) {
            this.damage = damage;
        }
    }

    private interface Edit {
        void at(StringBuilder text, int index);
    }

    private static String at(Random random, String answer, Edit edit) {
        if (answer.length() < 2) {
            return answer;
        }
        var text = new StringBuilder(answer);
        edit.at(text, random.nextInt(answer.length() - 1));
        return text.toString();
    }

    /// What nothing in the answer gives away: one byte for another in an answer of bytes, and one letter less in a list
    /// of
    /// letters of any length.
    private static final Set<String> UNNOTICEABLE =
            Set.of("voltronic-qs-hex NOISE_INSTEAD", "voltronic-qs-hex BYTE_LOST", "gtec BYTE_LOST");

    static Stream<Arguments> troubles() throws IOException {
        return Recorded.all().stream()
                .flatMap(device -> Stream.of(Trouble.values())
                        .filter(trouble -> !UNNOTICEABLE.contains(device + " " + trouble))
                        .map(trouble -> Arguments.of(device, trouble)));
    }

    private final TestDevice device = new TestDevice();

    private Driver started(Recorded recorded, Q1Device ups) throws IOException, DriverException {
        device.options.put("protocol", recorded.protocol());
        device.options.put("pollfreq", "0");
        Driver driver = Q1Device.program(ups).initups(device);
        driver.initinfo(device.dstate());
        driver.updateinfo(device.dstate());
        return driver;
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void valuesAreNeverWrongAndComeBack(Recorded recorded, Trouble trouble) throws IOException, DriverException {
        var ups = recorded.device();
        var line = new BadLine(started(recorded, ups), device);
        var random = new Random(SEED);
        boolean failed = false;
        for (int i = 0; i < 6; i++) {
            ups.trouble = (asked, answer) -> trouble.damage.of(random, asked, answer);
            failed |= !line.poll();
            ups.trouble = (asked, answer) -> answer;
            assertTrue(line.poll());
        }
        assertTrue(failed, "nothing of it was noticed");
    }

    /// What comes when nobody waits for it any more is never the answer to the next question.
    @ParameterizedTest
    @MethodSource("org.nutjvm.drivers.qx.RecordedTest#devices")
    void lateAnswersAreNotThoseToOtherQuestions(Recorded recorded) throws IOException, DriverException {
        var ups = recorded.device();
        var line = new BadLine(started(recorded, ups), device);
        var late = new StringBuilder();
        BinaryOperator<String> tardy = (asked, answer) -> {
            late.append(answer);
            return "";
        };
        ups.trouble = tardy;
        ups.line.idle = () -> {
            ups.line.say(late.toString());
            late.setLength(0);
        };
        for (int i = 0; i < 3; i++) {
            line.poll();
        }
        ups.trouble = (asked, answer) -> answer;
        assertTrue(line.poll());
    }

    @Test
    void wrongChecksumIsNoAnswer() {
        assertEquals("(PI30\r", Checksum.opened(Checksum.sealed("(PI30\r")));
        // As published for these devices.
        assertEquals("QPI\u00be\u00ac\r", Checksum.sealed("QPI\r"));
        assertEquals("QPIGS\u00b7\u00a9\r", Checksum.sealed("QPIGS\r"));
        String sealed = Checksum.sealed("(230.0\r");
        for (int i = 0; i < sealed.length() - 1; i++) {
            var wrong = new StringBuilder(sealed);
            wrong.setCharAt(i, (char) (wrong.charAt(i) ^ 1));
            assertEquals(null, Checksum.opened(wrong.toString()));
        }
        assertEquals(null, Checksum.opened("\r"));
        assertEquals(null, Checksum.opened("(NAK"));
    }
}
