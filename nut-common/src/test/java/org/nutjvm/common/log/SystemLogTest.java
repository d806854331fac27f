package org.nutjvm.common.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.common.io.DatagramReceiver;

class SystemLogTest {
    private static final String IDENTITY = "upsx[" + ProcessHandle.current().pid() + "]: ";

    @TempDir
    Path dir;

    @Test
    void oneDatagramALineWithFacilityDaemon() throws Exception {
        Path socket = dir.resolve("log");
        try (var receiver = DatagramReceiver.at(socket)) {
            var log = SystemLog.open(socket.toString(), "upsx");
            log.write(3, "error");
            log.write(7, "debug");
            assertEquals("<27>" + IDENTITY + "error", receiver.next());
            assertEquals("<31>" + IDENTITY + "debug", receiver.next());
        }
    }

    @Test
    void findsAListenerThatWasRestarted() throws Exception {
        Path socket = dir.resolve("log");
        SystemLog log;
        try (var receiver = DatagramReceiver.at(socket)) {
            log = SystemLog.open(socket.toString(), "upsx");
            log.write(6, "first");
            assertEquals("<30>" + IDENTITY + "first", receiver.next());
        }
        log.write(6, "lost");
        Files.delete(socket);
        log.write(6, "lost too");
        try (var receiver = DatagramReceiver.at(socket)) {
            log.write(6, "second");
            assertEquals("<30>" + IDENTITY + "second", receiver.next());
        }
    }

    @Test
    void aFullQueueHoldsNobodyUp() throws Exception {
        Path socket = dir.resolve("log");
        try (var receiver = DatagramReceiver.at(socket)) {
            var log = SystemLog.open(socket.toString(), "upsx");
            for (int i = 0; i < 5000; i++) {
                log.write(6, "line " + i + " " + "x".repeat(1000)); // the reader's pipe and queue fill up
            }
            assertEquals("<30>" + IDENTITY + "line 0 " + "x".repeat(1000), receiver.next());
        }
    }
}
