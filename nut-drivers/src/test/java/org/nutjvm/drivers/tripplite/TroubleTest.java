package org.nutjvm.drivers.tripplite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nutjvm.drivers.spi.BadLine;
import org.nutjvm.drivers.spi.DriverException;

/// tripplite on a bad line: its answers have no checksum, yet no value is ever wrong.
class TroubleTest {
    /// What a line does to an answer.
    enum Trouble {
        SILENCE((random, asked, said) -> ""),
        ECHO_ONLY((random, asked, said) -> asked + "\r\n"),
        ECHO_TWICE((random, asked, said) -> asked + "\r\n" + asked + "\r\n"),
        HALF((random, asked, said) -> said.substring(0, said.length() - 4)),
        CUT((random, asked, said) -> said.substring(0, said.length() - 3 - (said.length() - 7) / 2) + "\r\n"),
        NO_ECHO((random, asked, said) -> said.substring(asked.length() + 2)),
        NO_END((random, asked, said) -> said.replace("\n", "")),
        OTHERS_ANSWER((random, asked, said) -> ":Q1\r\n77\r\n"),
        FLOOD((random, asked, said) -> said.replace("\n", "").repeat(80)),
        NOISE((random, asked, said) -> said.replaceAll("[0-9A-F](?=\r\n$)", "\u00f3"));

        final BadLine.Damage damage;

        Trouble(BadLine.Damage damage) {
            this.damage = damage;
        }
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void staleThenGoodAgainAndNeverWrong(Trouble trouble) throws IOException, DriverException {
        var ups = new PlayedTripplite(PlayedTripplite.SMART);
        var line = new BadLine(ups.started(), ups.device);
        var random = new Random(3);
        for (int i = 0; i < 5; i++) {
            ups.trouble = (asked, said) -> trouble.damage.of(random, asked, said);
            assertFalse(line.poll());
            assertFalse(line.poll());
            ups.trouble = (asked, said) -> said;
            assertTrue(line.poll());
        }
    }

    /// Any character of every fourth answer becomes any other.
    @Test
    void damagedCharactersAreNoOutage() throws IOException, DriverException {
        var ups = new PlayedTripplite(PlayedTripplite.SMART);
        var driver = ups.started();
        String good = ups.values();
        var random = new Random(4);
        ups.trouble = (asked, said) -> random.nextInt(4) == 0 ? damaged(random, said) : said;
        int polls = 0;
        for (int i = 0; i < 500; i++) {
            try {
                ups.poll(driver);
                polls++;
            } catch (IOException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("answer"), e.getMessage());
            }
            assertEquals("OL Smart 700", ups.status() + ' ' + ups.value("ups.model"));
            for (String name : new String[] {"battery.charge", "ups.test.result", "input.voltage.minimum"}) {
                assertTrue(good.contains(name + ' ' + ups.value(name)), name + ' ' + ups.value(name));
            }
            assertEquals(120, Integer.parseInt(ups.value("input.voltage")), 4);
        }
        assertTrue(polls > 400, polls + " good polls");
    }

    private static String damaged(Random random, String said) {
        var text = new StringBuilder(said);
        text.setCharAt(random.nextInt(said.length()), "0123456789ABCDEF:\r\n?".charAt(random.nextInt(20)));
        return text.toString();
    }

    @Test
    void outageIsToldAtOnceAndAskedForTwice() throws IOException, DriverException {
        var ups = new PlayedTripplite(PlayedTripplite.SMART);
        var driver = ups.started();
        ups.heard();
        ups.poll(driver);
        assertEquals(":D :B :M :I :C", ups.heard());
        ups.set("D=01000180A000140025258 B=70");
        ups.poll(driver);
        assertEquals("LB OB", ups.status());
        assertEquals(":D :D :B :B :M :I :C", ups.heard());
    }

    @ParameterizedTest
    @EnumSource(Late.class)
    void lateAnswersAreNotThoseToOtherCommands(Late how) throws IOException, DriverException {
        var ups = new PlayedTripplite(PlayedTripplite.SMART);
        var line = new BadLine(ups.started(), ups.device);
        var late = new StringBuilder();
        ups.trouble = (asked, said) -> {
            int early = how == Late.ALL ? 0 : said.indexOf('\n') + 1;
            late.append(said.substring(early));
            return said.substring(0, early);
        };
        ups.line.idle = () -> {
            ups.line.say(late.toString());
            late.setLength(0);
        };
        for (int i = 0; i < 5; i++) {
            line.poll();
        }
        ups.trouble = (asked, said) -> said;
        assertTrue(line.poll());
    }

    /// What comes late.
    enum Late {
        ALL,
        WITHOUT_ECHO
    }
}
