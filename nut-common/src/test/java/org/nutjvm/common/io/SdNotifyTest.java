package org.nutjvm.common.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.common.log.Logging;

class SdNotifyTest {
    private static final long PID = ProcessHandle.current().pid();

    @TempDir
    Path dir;

    @Test
    void allStatesArriveAtAPath() throws Exception {
        Path socket = dir.resolve("notify");
        try (var receiver = DatagramReceiver.at(socket)) {
            var notify = SdNotify.of(Map.of("NOTIFY_SOCKET", socket.toString(), "WATCHDOG_USEC", "60000000"));
            notify.prepare();
            notify.ready();
            long before = System.nanoTime() / 1000;
            notify.reloading();
            long after = System.nanoTime() / 1000;
            notify.status("two\nlines");
            notify.watchdog();
            notify.stopping("Signal 15: exiting");
            String ready = receiver.next();
            assertTrue(ready.matches("READY=1\\\\nMAINPID=" + PID + "\\\\nMONOTONIC_USEC=\\d+"), ready);
            String reloading = receiver.next();
            assertTrue(reloading.startsWith("RELOADING=1\\nMONOTONIC_USEC="), reloading);
            long stamp = Long.parseLong(reloading.substring(reloading.lastIndexOf('=') + 1));
            assertTrue(before <= stamp && stamp <= after, reloading);
            assertEquals("STATUS=two lines", receiver.next());
            assertEquals("WATCHDOG=1", receiver.next());
            assertEquals("STATUS=Signal 15: exiting\\nSTOPPING=1", receiver.next());
        }
    }

    @Test
    void theClockIsTheSystemsMonotonicOne() throws Exception {
        String monotonic;
        try (var python = DatagramReceiver.python("import time; print(time.monotonic_ns())")
                .inputReader()) {
            monotonic = python.readLine();
        }
        long theirs = Long.parseLong(monotonic);
        long difference = Math.abs(System.nanoTime() - theirs);
        assertTrue(difference < Duration.ofSeconds(30).toNanos(), () -> "" + difference);
    }

    @Test
    void anAbstractNameWorksAsWell() throws Exception {
        String name = "@nut-test-" + PID + "-" + System.nanoTime();
        try (var receiver = DatagramReceiver.at(name)) {
            SdNotify.of(Map.of("NOTIFY_SOCKET", name)).status("here");
            assertEquals("STATUS=here", receiver.next());
        }
    }

    @Test
    void noListenerIsNoTrouble() throws Exception {
        Path socket = dir.resolve("notify");
        var notify = SdNotify.of(Map.of("NOTIFY_SOCKET", socket.toString()));
        notify.ready();
        try (var receiver = DatagramReceiver.at(socket)) {
            notify.status("now");
            assertEquals("STATUS=now", receiver.next());
        }
        notify.status("lost");
        SdNotify.of(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(200))).ready();
    }

    @Test
    void theWatchdogIsForTheProcessNamed() {
        assertEquals(
                Optional.of(Duration.ofSeconds(4)),
                SdNotify.of(Map.of("WATCHDOG_USEC", "4000000", "WATCHDOG_PID", "" + PID))
                        .watchdogPeriod());
        assertFalse(SdNotify.of(Map.of("WATCHDOG_USEC", "4000000", "WATCHDOG_PID", "1"))
                .watchdogPeriod()
                .isPresent());
        assertFalse(
                SdNotify.of(Map.of("WATCHDOG_USEC", "soon")).watchdogPeriod().isPresent());
        assertFalse(SdNotify.of(Map.of()).watchdogPeriod().isPresent());
    }

    @Test
    void withoutSystemdThisIsSaidOnceUnlessUnwanted() {
        assertEquals(
                "notify about state NOTIFY_STATE_READY with libsystemd: was requested, but not running as a service"
                        + " unit now, will not spam more about it\n",
                said(Map.of()));
        assertEquals("", said(Map.of("NUT_QUIET_INIT_UPSNOTIFY", "true")));
        assertFalse(said(Map.of("NUT_QUIET_INIT_UPSNOTIFY", "")).isEmpty());
    }

    private static String said(Map<String, String> env) {
        var bytes = new ByteArrayOutputStream();
        try (var logging = Logging.start("upsx", env, new PrintStream(bytes, true), 0)) {
            var notify = SdNotify.of(env);
            notify.ready();
            notify.reloading();
            notify.stopping("done " + logging.debugLevel());
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
