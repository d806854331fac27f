package org.nutjvm.tools.upsdrvctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nutjvm.common.log.PlainLog;
import org.nutjvm.tools.drivers.ManagedUps;
import org.nutjvm.tools.drivers.Media;

/// Several drivers in the foreground.
@Timeout(30)
class WatchTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Watch watch =
            new Watch(new Report(PlainLog.onStderr("upsdrvctl", Map.of(), new PrintStream(said), 0)));
    private final Map<ManagedUps, Process> running = Collections.synchronizedMap(new LinkedHashMap<>());

    private static ManagedUps ups(String name) {
        return new ManagedUps(name, "drv", "x", 0, 75, 1, 5, new Media(Media.Kind.NONE, List.of()), 1);
    }

    private static Process script(String text) throws IOException {
        var process = new ProcessBuilder("/bin/sh", "-c", text).start();
        process.inputReader().readLine(); // it is ready when it has said so
        return process;
    }

    private CompletableFuture<Integer> over(Map<ManagedUps, String> again) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return watch.over(running, ups -> {
                    try {
                        running.put(ups, script(again.getOrDefault(ups, "echo; exit 1")));
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
            } catch (InterruptedException e) {
                return -1;
            }
        });
    }

    @Test
    void endsThemAllWhenToldToLeave() throws Exception {
        running.put(ups("a"), script("echo; exec sleep 20"));
        running.put(ups("b"), script("trap 'exit 0' TERM; echo; while :; do sleep 0.02; done"));
        var code = over(Map.of());
        watch.leave();
        assertEquals(0, code.get(20, TimeUnit.SECONDS));
        running.values().forEach(driver -> assertFalse(driver.isAlive()));
    }

    @Test
    void oneThatEndsTakesTheOthersAlong() throws Exception {
        running.put(ups("a"), script("echo; exec sleep 20"));
        running.put(ups("b"), script("echo; exit 5"));
        assertEquals(1, over(Map.of()).get(20, TimeUnit.SECONDS));
        running.values().forEach(driver -> assertFalse(driver.isAlive()));
        assertTrue(said.toString(StandardCharsets.UTF_8).startsWith("""
                Driver [drv] for [b] exited with code 5
                At least one tracked driver running in foreground mode has exited"""), said.toString(StandardCharsets.UTF_8));
    }

    @Test
    void startsAgainWhatEndsAfterReloadOrExit() throws Exception {
        var a = ups("a");
        running.put(a, script("trap 'exit 0' USR1; echo; while :; do sleep 0.02; done"));
        Process first = running.get(a);
        var code = over(Map.of(a, "echo; exec sleep 20"));
        watch.tell(DriverCommand.RELOAD_OR_EXIT);
        assertTrue(first.waitFor(10, TimeUnit.SECONDS));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (first.equals(running.get(a))) {
            assertTrue(System.nanoTime() < end, "it has not been started again");
            Thread.sleep(5);
        }
        watch.leave();
        assertEquals(0, code.get(20, TimeUnit.SECONDS));
        assertTrue(
                said.toString(StandardCharsets.UTF_8).contains("exited soon after reload-or-exit, restarting it"),
                said.toString(StandardCharsets.UTF_8));
    }
}
