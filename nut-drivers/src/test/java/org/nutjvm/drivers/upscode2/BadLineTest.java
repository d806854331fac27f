package org.nutjvm.drivers.upscode2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nutjvm.drivers.spi.BadLine;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.TestDevice;

/// upscode2 on a bad line: data are stale or right, and good again as soon as the line is. The protocol has no
/// checksum:
/// one digit for another is all that is not noticed.
class BadLineTest {
    /// What a line does to a question and its answer.
    enum Trouble {
        SILENCE((random, asked, answer) -> ""),
        HALF((random, asked, answer) -> answer.substring(0, answer.length() / 2)),
        NO_END((random, asked, answer) -> answer.replace("\n", "")),
        ECHO((random, asked, answer) -> asked),
        NOISE((random, asked, answer) -> at(random, answer, (text, i) -> text.insert(i, '\u00f3'))),
        NOISE_INSTEAD((random, asked, answer) -> at(random, answer, (text, i) -> text.setCharAt(i, '\u00f3'))),
        BYTE_LOST((random, asked, answer) -> at(random, answer, StringBuilder::deleteCharAt)),
        LINE_LOST((random, asked, answer) -> {
            int at = answer.indexOf('\n', random.nextInt(answer.length() / 2)) + 1;
            return answer.substring(0, at) + answer.substring(answer.indexOf('\n', at) + 1);
        }),
        CUT((random, asked, answer) -> answer.substring(0, random.nextInt(answer.length() - 2)) + "\r\n"),
        FLOOD((random, asked, answer) -> answer.replace("\n", "").repeat(20)),
        LINES_WITHOUT_END((random, asked, answer) -> "MIUL1\r\n230.0\r\n".repeat(2000));

        final BadLine.Damage damage;

        Trouble(BadLine.Damage damage) {
            this.damage = damage;
        }
    }

    private interface Edit {
        void at(StringBuilder text, int index);
    }

    private static String at(Random random, String answer, Edit edit) {
        var text = new StringBuilder(answer);
        edit.at(text, random.nextInt(answer.length() - 2));
        return text.toString();
    }

    private final PlayedUpscode ups = new PlayedUpscode();
    private final TestDevice device = new TestDevice();

    private Driver started() throws IOException, DriverException {
        Driver driver = new UpscodeProgram(ups.line.port()).initups(device);
        driver.initinfo(device.dstate());
        driver.updateinfo(device.dstate());
        return driver;
    }

    @ParameterizedTest
    @EnumSource
    void valuesAreNeverWrongAndComeBack(Trouble trouble) throws IOException, DriverException {
        var line = new BadLine(started(), device);
        var random = new Random(3);
        int failed = 0;
        for (int i = 0; i < 30; i++) {
            ups.trouble = (asked, answer) -> trouble.damage.of(random, asked, answer);
            failed += line.poll() ? 0 : 1;
            ups.trouble = (asked, answer) -> answer;
            assertTrue(line.poll());
        }
        assertTrue(failed > 20, failed + " were noticed");
    }

    @Test
    void echoBeforeTheAnswerIsNone() throws IOException, DriverException {
        ups.trouble = (asked, answer) -> asked + answer;
        var driver = started();
        driver.updateinfo(device.dstate());
        assertEquals("OL", device.value("ups.status"));
        assertEquals("0010", device.value("ups.delay.shutdown"));
    }

    /// A status that comes once is noise.
    @Test
    void statusHasToComeTwice() throws IOException, DriverException {
        var line = new BadLine(started(), device);
        var once = new int[1];
        ups.trouble = (asked, answer) ->
                asked.startsWith("UPDS") && once[0]++ == 0 ? answer.replaceFirst("STBO\r\n00", "STBO\r\n11") : answer;
        line.poll();
        assertTrue(line.poll());
        assertEquals(3, once[0]);
    }

    @Test
    void lateAnswersAreNotThoseToOtherQuestions() throws IOException, DriverException {
        var line = new BadLine(started(), device);
        var late = new StringBuilder();
        ups.trouble = (asked, answer) -> {
            late.append(answer);
            return "";
        };
        ups.line.idle = () -> {
            ups.line.say(late.toString());
            late.setLength(0);
        };
        for (int i = 0; i < 5; i++) {
            line.poll();
        }
        ups.trouble = (asked, answer) -> answer;
        assertTrue(line.poll());
    }

    /// Numbers go up and down all the time, and have a digit more or less then.
    @Test
    void numbersThatChangeTheirLengthDoNotMakeDataStale() throws IOException, DriverException {
        var driver = started();
        var random = new Random(5);
        ups.trouble = (asked, answer) ->
                answer.replaceFirst("MOIL1\r\n[0-9.]*", "MOIL1\r\n" + (random.nextBoolean() ? "9.9" : "10.1"));
        ups.set("UPDS", "MOIL1", "9.9");
        int failed = 0;
        for (int i = 0; i < 50; i++) {
            try {
                driver.updateinfo(device.dstate());
            } catch (IOException e) {
                failed++;
            }
        }
        assertTrue(failed <= 1, failed + " polls failed");
    }

    @Test
    void whatIsNoNumberTwiceIsNone() throws IOException, DriverException {
        var driver = started();
        ups.set("UPDS", "MUTE1", "n/a");
        ups.set("UPDS", "STNEW", "11");
        ups.remove("UPDS", "MOFFF");
        ups.set("UPDS", "MOFFF", "50.0");
        driver.updateinfo(device.dstate());
        assertNull(device.value("ups.temperature"));
        assertEquals("OL", device.value("ups.status"));
    }
}
