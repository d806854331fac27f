package org.nutjvm.drivers.metasys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nutjvm.drivers.spi.BadLine;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.TestDevice;

/// metasys on a bad line: no value is ever wrong, and data are good again as soon as the line is.
class BadLineTest {
    /// What a line does to a question and its answer, and whether nothing is left of it.
    enum Trouble {
        SILENCE(true, (random, asked, answer) -> ""),
        HALF(true, (random, asked, answer) -> answer.substring(0, answer.length() / 2)),
        ECHO(true, (random, asked, answer) -> asked),
        ECHO_BEFORE(false, (random, asked, answer) -> asked + answer),
        NOISE_BEFORE(false, (random, asked, answer) -> "\u0002\u00f3\u0002\u0002" + answer),
        WRONG_SUM(true, (random, asked, answer) -> flipped(random, answer, answer.length() - 1)),
        BIT_FLIPPED(true, (random, asked, answer) -> flipped(random, answer, random.nextInt(answer.length()))),
        BYTE_LOST(true, (random, asked, answer) -> {
            // A zero in the data is not missed by the sum, but by the length.
            int at = random.nextInt(answer.length());
            return answer.substring(0, at) + answer.substring(at + 1);
        }),
        FLOOD(true, (random, asked, answer) -> "\u00f3".repeat(5000));

        final boolean nothingLeft;
        final BadLine.Damage damage;

        Trouble(boolean nothingLeft, BadLine.Damage damage) {
            this.nothingLeft = nothingLeft;
            this.damage = damage;
        }
    }

    private static String flipped(Random random, String answer, int at) {
        char flipped = (char) (answer.charAt(at) ^ 1 << random.nextInt(8));
        return answer.substring(0, at) + flipped + answer.substring(at + 1);
    }

    private final PlayedMetasys ups = new PlayedMetasys();
    private final TestDevice device = new TestDevice();

    private Driver started() throws IOException, DriverException {
        Driver driver = new MetasysProgram(ups.line.port()).initups(device);
        driver.initinfo(device.dstate());
        driver.updateinfo(device.dstate());
        return driver;
    }

    @ParameterizedTest
    @EnumSource
    void valuesAreNeverWrongAndComeBack(Trouble trouble) throws IOException, DriverException {
        var line = new BadLine(started(), device);
        var random = new Random(7);
        int failed = 0;
        for (int i = 0; i < 20; i++) {
            ups.trouble = (asked, answer) -> trouble.damage.of(random, asked, answer);
            failed += line.poll() ? 0 : 1;
            ups.trouble = (asked, answer) -> answer;
            assertTrue(line.poll());
        }
        assertEquals(trouble.nothingLeft ? 20 : 0, failed);
    }

    @Test
    void oneBadAnswerOfFiveIsAskedForAgain() throws IOException, DriverException {
        var line = new BadLine(started(), device);
        var count = new int[1];
        ups.trouble = (asked, answer) -> count[0]++ % 5 == 4 ? answer : answer.substring(2);
        assertTrue(line.poll());
    }

    /// An answer that comes when the next question is asked is not that question's.
    @Test
    void lateAnswersAreNotThoseToOtherQuestions() throws IOException, DriverException {
        var line = new BadLine(started(), device);
        var late = new String[] {""};
        ups.trouble = (asked, answer) -> {
            String now = late[0];
            late[0] = answer;
            return now;
        };
        for (int i = 0; i < 5; i++) {
            line.poll();
        }
    }

    @Test
    void anySplitAndAnyNoiseGivesThePacket() {
        var random = new Random(11);
        for (int round = 0; round < 2000; round++) {
            var sent = new ByteArrayOutputStream();
            byte[] noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            sent.writeBytes(noise);
            byte[] data = {3, (byte) random.nextInt(), (byte) random.nextInt(), (byte) random.nextInt(), 2, 2, 2};
            sent.writeBytes(Packets.of(data));
            var packets = new Packets();
            byte[] last = new byte[0];
            for (byte b : sent.toByteArray()) {
                assertTrue(packets.add(new byte[] {b}, 1));
                for (byte[] found = packets.next(false); found != null; found = packets.next(false)) {
                    last = found;
                }
            }
            for (byte[] found = packets.next(true); found != null; found = packets.next(true)) {
                last = found.length == data.length ? found : last;
            }
            assertArrayEquals(data, last, "round " + round);
        }
    }

    @Test
    void shortestPacketAndNothing() {
        var packets = new Packets();
        byte[] none = "\u0002\u0001\u0001\u0002\u0000\u0000".getBytes(StandardCharsets.ISO_8859_1);
        assertTrue(packets.add(none, none.length));
        assertNull(packets.next(true));
        assertArrayEquals(new byte[] {2, 2, 14, 16}, Packets.of((byte) 14));
    }
}
