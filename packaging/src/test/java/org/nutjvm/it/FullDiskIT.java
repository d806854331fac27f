package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// No byte more fits on the disk under STATEPATH: sockets and pid files may suffer, the service does not.
@ParameterizedClass(name = "{0}")
@MethodSource("roles")
@ExtendWith(LogsOnFailure.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FullDiskIT {
    @SuppressWarnings("NullAway.Init") // set before each invocation of the class
    private Stack stack;

    /// Where this process sees it.
    @SuppressWarnings("NullAway.Init")
    private Path disk;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    Roles roles;

    static List<Roles> roles() {
        return Roles.all();
    }

    @BeforeParameterizedClassInvocation
    void start() {
        stack = new Stack(roles);
        assumeTrue(
                Sandbox.root() && Files.isExecutable(Path.of("/usr/bin/nsenter")),
                "a small disk can only be mounted by root, with util-linux installed");
        roles.server().program("upsd");
        roles.driver().program("dummy-ups");
        disk = stack.box().smallDiskUnderStatePath(16);
        stack.startDriver("UPS1");
        stack.startDriver("UPS2");
        stack.startUpsd("-F");
        stack.awaitUps("UPS1");
        stack.awaitUps("UPS2");
        fill(disk);
    }

    @AfterParameterizedClassInvocation
    void end() {
        stack.close();
    }

    // First: C dummy-ups 2.8.0 may crash when something is set just after its server was replaced.
    @Test
    @Order(1)
    void servingGoesOn() {
        try (var wire = stack.wire().login("admin", "mypass")) {
            assertEquals("OK", wire.ask("SET VAR UPS2 ups.status \"OL TRIM\""));
            Await.until(
                    "the value", () -> wire.ask("GET VAR UPS2 ups.status").equals("VAR UPS2 ups.status \"OL TRIM\""));
            assertTrue(wire.ask("GET VAR UPS1 battery.charge").startsWith("VAR UPS1"));
        }
        assertTrue(stack.upsd().alive());
    }

    @Test
    void aDriverCanBeStartedAgain() {
        stack.driver("UPS1").kill();
        Await.until(
                "the loss is seen", () -> stack.ask("GET VAR UPS1 ups.status").startsWith("ERR "));
        stack.startDriver("UPS1");
        stack.awaitUps("UPS1");
    }

    @Test
    void theServerCanBeStartedAgainThoughItsPidFileCannotBeWritten() {
        stack.upsd().end();
        fill(disk); // its pid file has left a place
        stack.startUpsd("-F"); // twice -F: with a pid file
        stack.awaitUps("UPS1");
        stack.awaitUps("UPS2");
        if (roles.server() == Maker.OURS) {
            assertFalse(Files.exists(disk.resolve("upsd.pid")), "an empty one would be of no use");
        }
    }

    private static void fill(Path disk) {
        assertThrows(
                IOException.class,
                () -> {
                    for (int i = 0; i < 1000; i++) {
                        Files.write(
                                disk.resolve("fill"),
                                new byte[64],
                                StandardOpenOption.CREATE,
                                StandardOpenOption.APPEND);
                    }
                },
                "the disk is full");
        try (var files = Files.list(disk)) {
            assertTrue(files.count() >= 2, "sockets and the filler are on it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
