package org.nutjvm.upsd.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TlsRoomTest {
    private static final long MEGABYTE = 1024 * 1024;

    private final TlsRoom room = new TlsRoom(16 * MEGABYTE);

    @Test
    void aThousandMayShakeHandsAtOnce() {
        while (!room.full(room.count())) {
            room.begins();
        }
        assertEquals(1024, room.count());
    }

    @Test
    void twiceAsManyFitThatAreDone() {
        while (!room.full(room.count())) {
            room.begins();
            room.done();
        }
        assertEquals(2047, room.count());
    }

    @Test
    void whoIsNotEncryptedTakesRoomToo() {
        int plain = 10_000;
        while (!room.full(room.count() + plain)) {
            room.begins();
            room.done();
        }
        assertTrue(room.count() > 700 && room.count() < 900, room.count() + " beside ten thousand others");
    }

    @Test
    void whoLeavesMakesRoom() {
        while (!room.full(room.count())) {
            room.begins();
        }
        room.gone(false);
        assertFalse(room.full(room.count()), "one has left in the middle");
        room.begins();
        room.done();
        room.gone(true);
        assertEquals(1023, room.count());
        for (int i = 0; i < 1023; i++) {
            room.gone(false);
        }
        assertEquals(0, room.count());
    }
}
