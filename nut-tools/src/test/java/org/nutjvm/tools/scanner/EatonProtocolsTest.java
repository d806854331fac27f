package org.nutjvm.tools.scanner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EatonProtocolsTest {
    private static final String STATUS = "(226.0 195.0 226.0 014 49.0 27.5 30.0 00001000\r";

    /// A device that answers what it is sent, in hexadecimal, at a speed.
    private static final class Scripted implements EatonProtocols.Line {
        private final BiFunction<Integer, String, String> device;
        private final ArrayDeque<Byte> waiting = new ArrayDeque<>();
        private int speed;

        Scripted(BiFunction<Integer, String, String> device) {
            this.device = device;
        }

        @Override
        public void open(int speed) {
            this.speed = speed;
        }

        @Override
        public void power() {}

        @Override
        public void write(byte[] bytes) {
            String answer = device.apply(speed, HexFormat.of().formatHex(bytes));
            for (byte one : answer.getBytes(StandardCharsets.ISO_8859_1)) {
                waiting.add(one);
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            Byte one = waiting.poll();
            if (one != null) {
                into[offset] = one;
                return 1;
            }
            return 0;
        }

        @Override
        public void flushInput() {
            waiting.clear();
        }

        @Override
        public void pause(int millis) {}
    }

    private static String driver(BiFunction<Integer, String, String> device) throws IOException, InterruptedException {
        return EatonProtocols.driver(new Scripted(device));
    }

    @Test
    void eachProtocolIsRecognised() throws Exception {
        assertEquals("mge-shut", driver((_, sent) -> sent.equals("16") ? "\u0016" : ""));
        assertEquals(
                "bcmxcp",
                driver((speed, sent) -> speed == 4800 && sent.equals("ab01a0b4") ? "\u00ab\u0001" : "rubbish"));
        assertEquals("blazer_ser", driver((_, sent) -> sent.equals("51310d") ? STATUS : ""));
    }

    @Test
    void othersAreNot() throws Exception {
        assertEquals("", driver((_, _) -> ""));
        assertEquals("", driver((_, _) -> "#" + STATUS.substring(1)));
        assertEquals("", driver((_, sent) -> sent.equals("51310d") ? "(226.0\r" : ""));
        assertEquals("", driver((_, _) -> "x".repeat(10_000)));
    }

    @Test
    void aPortThatIsNoneIsToldOfIfItWasNamed() throws Exception {
        var fixture = new Fixture();
        var ports = List.of("/dev/null", "/dev/no-such-port");
        assertEquals(List.of(), new SerialSearch(ports, true, fixture.progress).find());
        assertTrue(fixture.said().contains("Unable to open /dev/null: "), fixture.said());
        assertTrue(fixture.said().contains("Unable to open /dev/no-such-port: "), fixture.said());
        var other = new Fixture();
        assertEquals(List.of(), new SerialSearch(ports, false, other.progress).find());
        assertEquals("", other.said());
    }
}
