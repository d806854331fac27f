package org.nutjvm.common.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggerCommandTest {
    @TempDir
    Path dir;

    private Path called;
    private Path logger;

    @BeforeEach
    void fake() throws IOException {
        called = dir.resolve("called");
        logger = Files.writeString(dir.resolve("logger"), "#!/bin/sh\nprintf '%s\\n' \"$@\" >> " + called + "\n");
        Files.setPosixFilePermissions(logger, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void namesProgramProcessAndPriority() throws IOException {
        new LoggerCommand(logger.toString(), dir.toFile(), "prog").write(3, "-- it's \"broken\"");
        assertEquals(
                "-t\nprog[" + ProcessHandle.current().pid() + "]\n-p\ndaemon.err\n--\n-- it's \"broken\"\n",
                Files.readString(called));
    }

    @Test
    void runsNothingWhereNobodyListens() {
        new LoggerCommand(logger.toString(), dir.resolve("nothing").toFile(), "prog").write(3, "lost");
        assertFalse(Files.exists(called));
    }
}
