package org.nutjvm.upsd.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplyCacheTest {
    private final ReplyCache cache = new ReplyCache(1000);
    private final Device device = new Device("d", null);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte @Nullable [] find(String line) {
        byte[] in = bytes("xx" + line + "\nyy");
        return cache.find(in, 2, 2 + line.length());
    }

    private void keep(String line, @Nullable Device about, String reply) {
        cache.keep(bytes(line), 0, line.length(), about, bytes(reply));
    }

    @Test
    void findsByAllBytesOfTheLine() {
        keep("LIST VAR d", device, "reply");
        assertArrayEquals(bytes("reply"), find("LIST VAR d"));
        assertNull(find("LIST VAR D"));
        assertNull(find("LIST VAR"));
        assertNull(find("LIST VAR d "));
    }

    @Test
    void aReplyIsTrueUntilItsDeviceChanges() {
        keep("a", device, "old");
        keep("b", null, "always");
        device.tree().setinfo("x", "1");
        assertNull(find("a"));
        assertArrayEquals(bytes("always"), find("b"));
        keep("a", device, "new");
        assertArrayEquals(bytes("new"), find("a"));
        cache.clear();
        assertNull(find("b"));
    }

    @Test
    void itHoldsBoundedBytes() {
        for (int i = 0; i < 10; i++) {
            keep("line" + i, device, "x".repeat(200));
        }
        int found = 0;
        for (int i = 0; i < 10; i++) {
            found += find("line" + i) == null ? 0 : 1;
        }
        assertNotNull(find("line9"));
        org.junit.jupiter.api.Assertions.assertTrue(found <= 5, "holds " + found);
        keep("big", device, "x".repeat(251));
        assertNull(find("big"));
    }

    @Test
    void itHoldsBoundedEntriesAndSurvivesThem() {
        var many = new ReplyCache(1 << 20);
        for (int i = 0; i < 5000; i++) {
            byte[] line = bytes("GET VAR d v" + i);
            many.keep(line, 0, line.length, device, bytes("r" + i));
            assertArrayEquals(i % 1025 == 1024 ? null : bytes("r" + i), many.find(line, 0, line.length));
        }
    }

    @Test
    void longLinesAreNotKept() {
        String line = "x".repeat(300);
        keep(line, device, "r");
        assertNull(find(line));
    }
}
