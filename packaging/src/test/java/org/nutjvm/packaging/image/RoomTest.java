package org.nutjvm.packaging.image;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {
    @TempDir
    Path dir;

    @Test
    void whereThereIsRoomNothingIsSaid() {
        assertDoesNotThrow(() -> Room.check(dir));
    }

    /// A file system that never has room.
    @Test
    void aFullFileSystemIsNamed() {
        Path full = Path.of("/proc/self");
        var e = assertThrows(IOException.class, () -> Room.check(dir, full));
        assertTrue(String.valueOf(e.getMessage()).startsWith("no space is left on the file system /proc"), e::toString);
    }

    @Test
    void theSentenceHasPlaceAndCure() {
        assertEquals(
                "no space is left on the file system /usr (/dev/mmcblk0p3), where /usr/lib/nut-jvm/lib is: "
                        + "make room there, then run nut-make-caches again",
                Room.sentence("/usr (/dev/mmcblk0p3)", Path.of("/usr/lib/nut-jvm/lib")));
    }
}
