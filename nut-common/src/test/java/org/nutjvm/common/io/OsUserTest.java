package org.nutjvm.common.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class OsUserTest {
    @Test
    void rootIsZero() throws IOException {
        assertEquals(new OsUser("root", 0, 0), OsUser.named("root"));
        assertEquals(0, OsUser.group("root"));
    }

    @Test
    void theSystemAgrees() throws IOException {
        var daemon = OsUser.named("daemon");
        assertArrayEquals(new int[] {daemon.uid(), daemon.gid()}, Posix.getpwnam("daemon"));
        int[] group = Posix.getgrnam("daemon");
        assertEquals(OsUser.group("daemon"), group == null ? -1 : group[0]);
    }

    @Test
    void nobodyOfThatName() throws IOException {
        assertNull(Posix.getpwnam("nut-no-such-user"));
        var e = assertThrows(IOException.class, () -> OsUser.named("nut-no-such-user"));
        assertEquals("OS user nut-no-such-user not found", e.getMessage());
        assertThrows(IOException.class, () -> OsUser.named(""));
        assertThrows(IOException.class, () -> OsUser.group("nut-no-such-group"));
    }
}
