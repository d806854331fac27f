package org.nutjvm.drivers.metasys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nutjvm.drivers.port.SerialDevice;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;

/// metasys on a bad line: no value is ever wrong, and data are good again as soon as the line is.
class BadLineTest {
    /// What a line does to a question and its answer, and whether nothing is left of it.
    enum Trouble {
        SILENCE(true) {
            @Override
            String of(Random random, String asked, String answer) {
                return "";
            }
        },
        HALF(true) {
            @Override
            String of(Random random, String asked, String answer) {
                return answer.substring(0, answer.length() / 2);
            }
        },
        ECHO(true) {
            @Override
            String of(Random random, String asked, String answer) {
                return asked;
            }
        },
        ECHO_BEFORE(false) {
            @Override
            String of(Random random, String asked, String answer) {
                return asked + answer;
            }
        },
        NOISE_BEFORE(false) {
            @Override
            String of(Random random, String asked, String answer) {
                return "\u0002\u00f3\u0002\u0002" + answer;
            }
        },
        WRONG_SUM(true) {
            @Override
            String of(Random random, String asked, String answer) {
                int last = answer.length() - 1;
                return answer.substring(0, last) + (char) (answer.charAt(last) ^ 1 << random.nextInt(8));
            }
        },
        BIT_FLIPPED(true) {
            @Override
            String of(Random random, String asked, String answer) {
                int at = random.nextInt(answer.length());
                char flipped = (char) (answer.charAt(at) ^ 1 << random.nextInt(8));
                return answer.substring(0, at) + flipped + answer.substring(at + 1);
            }
        },
        BYTE_LOST(true) {
            @Override
            String of(Random random, String asked, String answer) {
                // A zero in the data is not missed by the sum, but by the length.
                int at = random.nextInt(answer.length());
                return answer.substring(0, at) + answer.substring(at + 1);
            }
        },
        FLOOD(true) {
            @Override
            String of(Random random, String asked, String answer) {
                return "\u00f3".repeat(5000);
            }
        };

        final boolean nothingLeft;

        Trouble(boolean nothingLeft) {
            this.nothingLeft = nothingLeft;
        }

        abstract String of(Random random, String asked, String answer);
    }

    private final PlayedMetasys ups = new PlayedMetasys();
    private final SerialDevice device = new SerialDevice();

    private Driver started() throws IOException, DriverException {
        Driver driver = new MetasysProgram(ups.line.port()).initups(device);
        driver.initinfo(device.dstate());
        driver.updateinfo(device.dstate());
        return driver;
    }

    private List<String> values() {
        var values = new ArrayList<String>();
        device.dstate().dump(line -> values.add(line.text().strip()));
        return values;
    }

    @ParameterizedTest
    @EnumSource
    void valuesAreNeverWrongAndComeBack(Trouble trouble) throws IOException, DriverException {
        var driver = started();
        var good = values();
        var random = new Random(7);
        int failed = 0;
        for (int i = 0; i < 20; i++) {
            ups.trouble = (asked, answer) -> trouble.of(random, asked, answer);
            try {
                driver.updateinfo(device.dstate());
            } catch (IOException e) {
                failed++;
            }
            assertEquals(good, values());
            ups.trouble = (asked, answer) -> answer;
            driver.updateinfo(device.dstate());
            assertEquals(good, values());
        }
        assertEquals(trouble.nothingLeft ? 20 : 0, failed);
    }

    @Test
    void oneBadAnswerOfFiveIsAskedForAgain() throws IOException, DriverException {
        var driver = started();
        var good = values();
        var count = new int[1];
        ups.trouble = (asked, answer) -> count[0]++ % 5 == 4 ? answer : answer.substring(2);
        driver.updateinfo(device.dstate());
        assertEquals(good, values());
    }

    /// An answer that comes when the next question is asked is not that question's.
    @Test
    void lateAnswersAreNotThoseToOtherQuestions() throws IOException, DriverException {
        var driver = started();
        var good = values();
        var late = new String[] {""};
        ups.trouble = (asked, answer) -> {
            String now = late[0];
            late[0] = answer;
            return now;
        };
        for (int i = 0; i < 5; i++) {
            try {
                driver.updateinfo(device.dstate());
            } catch (IOException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("does not answer"));
            }
            assertEquals(good, values());
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
