package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// SIGKILL to either half of upsmon, at each stage of a shutdown: none is lost, and none happens twice.
@ExtendWith(LogsOnFailure.class)
class KillIT {
    /// How far it has come when it is hit. Each has a device and an upsmon of its own, for nearly all of it is waiting.
    private enum Stage {
        ON_LINE,
        ON_BATTERY,
        HOSTSYNC,
        FINALDELAY;

        String ups() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final List<String> UPSES =
            Stream.of(Stage.values()).map(Stage::ups).toList();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Stack stack;

    @SuppressWarnings("NullAway.Init")
    private Map<Stage, Upsmon> upsmons;

    @BeforeEach
    void start() {
        stack = Stack.of(new Roles(Maker.OURS, Maker.OURS), UPSES);
        upsmons = new EnumMap<>(Stage.class);
        for (var stage : Stage.values()) {
            upsmons.put(stage, upsmon(stage.ups()));
        }
    }

    private Upsmon upsmon(String ups) {
        var upsmon = new Upsmon(
                stack, Maker.OURS, ups, Upsmon.monitor(stack, ups, "primary"), "HOSTSYNC 30", "FINALDELAY 4");
        return upsmon.awaitLogin(ups, 1);
    }

    @AfterEach
    void end() {
        upsmons.values().forEach(Upsmon::close);
        stack.close();
    }

    private Upsmon at(Stage stage) {
        return Objects.requireNonNull(upsmons.get(stage));
    }

    private List<Upsmon> mostUrgentFirst() {
        return List.copyOf(upsmons.values()).reversed();
    }

    private static ProcessHandle helper(Upsmon upsmon) {
        return ProcessHandle.of(upsmon.proc().pid())
                .orElseThrow()
                .children()
                .filter(child -> child.info().command().orElse("").matches(".*/(da|ba|busybox)?sh"))
                .findFirst()
                .orElseThrow();
    }

    private static void kill(ProcessHandle process) {
        assertTrue(process.destroyForcibly());
        Await.until("process " + process.pid() + " is gone", () -> !process.isAlive());
    }

    /// Lets each come as far as it is named for.
    private void play() {
        for (var stage : Stage.values()) {
            switch (stage) {
                case ON_LINE -> {}
                case ON_BATTERY -> {
                    stack.status(stage.ups(), "OB");
                    at(stage).awaitNotice("ONBATT");
                }
                case HOSTSYNC -> {
                    stack.status(stage.ups(), "OB LB");
                    at(stage).proc().awaitLog("primary system is waiting for secondaries to log out");
                }
                case FINALDELAY -> {
                    stack.status(stage.ups(), "OB LB");
                    at(stage).proc().awaitLog("Executing automatic power-fail shutdown");
                }
            }
        }
    }

    @Test
    void theHalfWithoutRoot() {
        try (var secondary = stack.wire().login("dummy-user", "P@ssW0rd")) {
            assertEquals("OK", secondary.ask("LOGIN " + Stage.HOSTSYNC.ups()));
            play();
            for (var upsmon : mostUrgentFirst()) {
                var helper = helper(upsmon);
                upsmon.proc().kill();
                Await.until("the helper ends", () -> !helper.isAlive());
                assertEquals("", upsmon.downs(), "that it was killed is no order");
                assertFalse(Files.exists(upsmon.file("killpower")));
            }
            upsmons.values().forEach(Upsmon::again);
            at(Stage.ON_LINE).awaitLogin(Stage.ON_LINE.ups(), 1);
            assertEquals("", at(Stage.ON_LINE).downs());
        }
        // The others find FSD, which their server remembers, or are told now.
        stack.status(Stage.ON_LINE.ups(), "OB LB");
        stack.status(Stage.ON_BATTERY.ups(), "OB LB");
        assertAllDownOnce();
    }

    @Test
    void theHelper() {
        try (var secondary = stack.wire().login("dummy-user", "P@ssW0rd")) {
            assertEquals("OK", secondary.ask("LOGIN " + Stage.HOSTSYNC.ups()));
            play();
            for (var upsmon : mostUrgentFirst()) {
                kill(helper(upsmon));
                upsmon.awaitNotice("1 NOPARENT  upsmon parent process died - shutdown impossible");
                assertEquals("", upsmon.downs());
            }
        }
        stack.status(Stage.ON_LINE.ups(), "OB LB");
        stack.status(Stage.ON_BATTERY.ups(), "OB LB");
        assertAllDownOnce();
    }

    private void assertAllDownOnce() {
        for (var upsmon : upsmons.values()) {
            assertEquals(0, upsmon.proc().awaitExit(Duration.ofSeconds(30)));
            assertEquals("down\n", upsmon.downs());
            assertEquals("upsmon-shutdown-file", upsmon.flag());
        }
    }

    @Test
    void eitherWhileTheCommandRuns() {
        var victims = new Stage[] {Stage.ON_LINE, Stage.ON_BATTERY};
        for (var stage : victims) {
            var upsmon = at(stage);
            upsmon.proc().kill();
            stack.box()
                    .write(
                            upsmon.file("conf").getFileName().toString(),
                            Upsmon.monitor(stack, stage.ups(), "primary") + "\nSHUTDOWNCMD \"echo down >> "
                                    + upsmon.file("down") + "; sleep 1; echo done >> " + upsmon.file("done")
                                    + "\"\nPOLLFREQ 1\nFINALDELAY 0\nSHUTDOWNEXIT no\nPOWERDOWNFLAG "
                                    + upsmon.file("killpower") + "\n");
            upsmon.again().awaitLogin(stage.ups(), 1);
        }
        var helper = helper(at(Stage.ON_LINE));
        for (var stage : victims) {
            stack.status(stage.ups(), "OB LB");
            Await.until("the command has begun", () -> !at(stage).downs().isEmpty());
        }
        kill(helper);
        at(Stage.ON_BATTERY).proc().kill();
        for (var stage : victims) {
            Await.until("it has ended", () -> Files.exists(at(stage).file("done")));
            assertEquals("down\n", at(stage).downs());
        }
        assertTrue(at(Stage.ON_LINE).proc().alive(), "SHUTDOWNEXIT no");
    }
}
