package org.nutjvm.drivers.powercom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nutjvm.drivers.spi.BadLine;
import org.nutjvm.drivers.spi.DriverException;

/// powercom on a bad line: its answers have no checksum, yet no value is ever wrong.
class TroubleTest {
    /// What a line does to an answer.
    enum Trouble {
        SILENCE((random, asked, said) -> ""),
        HALF((random, asked, said) -> said.substring(0, said.length() / 2)),
        ECHO((random, asked, said) -> asked),
        ECHO_BEFORE((random, asked, said) -> asked + said),
        WRONG_VALIDATION(
                (random, asked, said) -> said.substring(0, 8) + (char) (1 + random.nextInt(255)) + said.substring(9)),
        BYTE_LOST((random, asked, said) -> {
            int at = random.nextInt(said.length());
            return said.substring(0, at) + said.substring(at + 1);
        }),
        NOISE((random, asked, said) -> {
            int at = random.nextInt(said.length());
            return said.substring(0, at) + (char) random.nextInt(256) + said.substring(at);
        }),
        TWICE((random, asked, said) -> said + said),
        FLOOD((random, asked, said) -> said.repeat(20));

        final BadLine.Damage damage;

        Trouble(BadLine.Damage damage) {
            this.damage = damage;
        }
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void staleThenGoodAgainAndNeverWrong(Trouble trouble) throws IOException, DriverException {
        var ups = new PlayedPowercom(PlayedPowercom.BNT);
        var line = new BadLine(ups.started("BNT", Map.of()), ups.device);
        var random = new Random(3);
        for (int i = 0; i < 20; i++) {
            ups.trouble = said -> trouble.damage.of(random, "\u0001", said);
            assertFalse(line.poll());
            ups.trouble = said -> said;
            assertTrue(line.poll());
        }
    }

    /// One bit of every third answer, of any byte: what is measured may move by the little that answers may
    /// differ.
    @Test
    void flippedBitIsNoOutage() throws IOException, DriverException {
        var ups = new PlayedPowercom(PlayedPowercom.BNT);
        var driver = ups.started("BNT", Map.of());
        var random = new Random(4);
        ups.trouble = said -> random.nextInt(3) == 0 ? flipped(random, said) : said;
        int good = 0;
        for (int i = 0; i < 500; i++) {
            try {
                ups.poll(driver);
                good++;
            } catch (IOException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("data receiving error"), e.getMessage());
            }
            assertEquals("OL", ups.status());
            assertEquals("BNT-1500AP 230", ups.value("ups.model") + ' ' + ups.value("input.voltage.nominal"));
            assertEquals(215.8, Double.parseDouble(ups.value("input.voltage")), 4 * 2.2 + 0.1);
            assertEquals(100, Double.parseDouble(ups.value("battery.charge")), 10);
        }
        assertTrue(good > 490, good + " good polls");
    }

    private static String flipped(Random random, String said) {
        var text = new StringBuilder(said);
        int at = random.nextInt(said.length());
        text.setCharAt(at, (char) (said.charAt(at) ^ (1 << random.nextInt(8))));
        return text.toString();
    }

    /// One damaged answer among good ones costs nothing.
    @Test
    void singleDamageIsAskedForAgain() throws IOException, DriverException {
        var ups = new PlayedPowercom(PlayedPowercom.KIN);
        var driver = ups.started("KIN", Map.of());
        String good = ups.values();
        for (int at = 0; at < 16; at++) {
            for (int bit = 2; bit < 8; bit++) {
                int index = at;
                int mask = 1 << bit;
                var asked = new int[1];
                ups.trouble = said -> {
                    var text = new StringBuilder(said);
                    text.setCharAt(index, (char) (said.charAt(index) ^ (asked[0]++ == 0 ? mask : 0)));
                    return text.toString();
                };
                ups.poll(driver);
                if (mask > 4) {
                    assertEquals(good, ups.values(), at + "." + bit);
                }
                ups.trouble = said -> said;
                ups.poll(driver);
                assertEquals(good, ups.values(), at + "." + bit);
            }
        }
    }

    @Test
    void outageIsToldAtOnce() throws IOException, DriverException {
        var ups = new PlayedPowercom(PlayedPowercom.BNT);
        var driver = ups.started("BNT", Map.of());
        ups.line.sent();
        ups.set(Frame.STATUS_A, Frame.ON_BATTERY);
        ups.set(Frame.INPUT_VOLTAGE, 0);
        ups.poll(driver);
        assertEquals("OB", ups.status());
        assertEquals("\u0001\u0001", ups.line.sent());
        ups.set(Frame.STATUS_A, Frame.ON_BATTERY | Frame.LOW);
        ups.poll(driver);
        assertEquals("OB LB", ups.status());
    }

    /// Values that never come to rest are not taken for noise.
    @Test
    void restlessValuesAreNoTrouble() throws IOException, DriverException {
        var ups = new PlayedPowercom(PlayedPowercom.BNT);
        var driver = ups.started("BNT", Map.of());
        var random = new Random(5);
        ups.trouble = said -> {
            var text = new StringBuilder(said);
            for (int at : new int[] {Frame.LOAD, Frame.INPUT_VOLTAGE, Frame.INPUT_FREQUENCY}) {
                text.setCharAt(at, (char) (80 + random.nextInt(60)));
            }
            return text.toString();
        };
        for (int i = 0; i < 100; i++) {
            ups.poll(driver);
            double volts = Double.parseDouble(ups.value("input.voltage"));
            assertTrue(volts >= 152 && volts < 284, volts + " V");
        }
    }

    /// The second half of an answer that comes when nobody waits any more is no part of the next.
    @Test
    void lateAnswersAreNotMixedWithOthers() throws IOException, DriverException {
        var ups = new PlayedPowercom(PlayedPowercom.BNT);
        var line = new BadLine(ups.started("BNT", Map.of()), ups.device);
        var late = new StringBuilder();
        ups.trouble = said -> {
            late.append(said.substring(5));
            return said.substring(0, 5);
        };
        ups.line.idle = () -> {
            ups.line.say(late.toString());
            late.setLength(0);
        };
        assertFalse(line.poll());
        ups.trouble = said -> {
            ups.line.idle = () -> {};
            return said;
        };
        assertTrue(line.poll());
        // Whole answers, but each after its time.
        ups.trouble = said -> {
            late.append(said);
            return "";
        };
        ups.line.idle = () -> {
            ups.line.say(late.toString());
            late.setLength(0);
        };
        for (int i = 0; i < 5; i++) {
            line.poll();
        }
        ups.trouble = said -> said;
        assertTrue(line.poll());
    }

    @Test
    void slowDeviceIsAskedTwice() throws IOException, DriverException {
        var ups = new PlayedPowercom(PlayedPowercom.BNT);
        var driver = ups.started("BNT", Map.of());
        var asked = new int[1];
        ups.trouble = said -> asked[0]++ % 2 == 0 ? "" : said;
        for (int i = 0; i < 3; i++) {
            ups.poll(driver);
        }
        assertEquals("OL", ups.status());
    }
}
