package org.nutjvm.common.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NutPathsTest {
    @Test
    void builtInAsOnDebian() {
        var paths = NutPaths.of(Map.of());
        assertEquals(Path.of("/etc/nut/ups.conf"), paths.conf("ups.conf"));
        assertEquals(Path.of("/run/nut"), paths.statepath());
        assertEquals(Path.of("/run/nut/upsmon.pid"), paths.pidFile("upsmon"));
        assertEquals(Path.of("/run/nut/dummy-ups-one.pid"), paths.altPidFile("dummy-ups-one"));
    }

    @Test
    void eachVariableMovesItsDirectory() {
        var paths = NutPaths.of(
                Map.of("NUT_CONFPATH", "/c", "NUT_STATEPATH", "/s", "NUT_PIDPATH", "/p", "NUT_ALTPIDPATH", "/a"));
        assertEquals(Path.of("/c"), paths.confpath());
        assertEquals(Path.of("/s"), paths.statepath());
        assertEquals(Path.of("/p"), paths.pidpath());
        assertEquals(Path.of("/a"), paths.altpidpath());
    }

    @Test
    void altpidpathFollowsStatepathAndPidpathDoesNot() {
        var paths = NutPaths.of(Map.of("NUT_STATEPATH", "/s"));
        assertEquals(Path.of("/s"), paths.altpidpath());
        assertEquals(Path.of("/run/nut"), paths.pidpath());
    }

    @Test
    void emptyIsNotSet() {
        var paths =
                NutPaths.of(Map.of("NUT_CONFPATH", "", "NUT_STATEPATH", "/s", "NUT_PIDPATH", "", "NUT_ALTPIDPATH", ""));
        assertEquals(Path.of("/etc/nut"), paths.confpath());
        assertEquals(Path.of("/run/nut"), paths.pidpath());
        assertEquals(Path.of("/s"), paths.altpidpath());
    }
}
