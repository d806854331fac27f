package org.nutjvm.drivers.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Outcome;

@Timeout(60)
class DriverSocketTest {
    @TempDir
    Path dir;

    private final FakeProgram program = new FakeProgram();

    private RunningDriver start(String... more) {
        var args = new java.util.ArrayList<>(List.of("-s", "a", "-x", "port=auto", "-i", "1"));
        args.addAll(List.of(more));
        return RunningDriver.start(program, dir, "a", args.toArray(String[]::new));
    }

    @Test
    void requestsAreAnsweredAsCAnswersThem() throws IOException {
        try (var driver = start("-i", "60");
                var reader = driver.connect()) {
            reader.send("NOBROADCAST", "PING");
            assertEquals("PONG", reader.line());
            reader.send("GETPID");
            assertEquals("PID " + ProcessHandle.current().pid(), reader.line());
            reader.send("SET ups.id \"a b\" TRACKING 1");
            assertEquals("TRACKING 1 0", reader.line());
            reader.send("SET ups.nope x TRACKING 2");
            assertEquals("TRACKING 2 2", reader.line());
            reader.send("INSTCMD load.off 5 TRACKING 3");
            assertEquals("TRACKING 3 0", reader.line());
            reader.send("INSTCMD load.on TRACKING 4");
            assertEquals("TRACKING 4 1", reader.line());
            reader.send("DUMPVALUE ups.mfr");
            assertEquals(List.of("SETINFO ups.mfr \"Fake & Sons\"", "DATAOK", "DUMPDONE"), reader.until("DUMPDONE"));
            reader.send("DUMPSTATUS");
            assertEquals(List.of("DATAOK", "DUMPDONE"), reader.until("DUMPDONE"));
            reader.send("DUMPVALUE", "GARBAGE x", "", "PING");
            assertEquals("PONG", reader.line());
            reader.send("LOGOUT\nPING"); // in one write: the driver closes after the first
            assertEquals("OK Goodbye", reader.line());
            assertThrows(IOException.class, reader::line);
            assertTrue(driver.err().contains("Unknown command on socket: [GARBAGE, x]"), driver.err());
        }
        assertEquals(List.of("ups.id=a b", "ups.nope=x", "load.off 5", "load.on"), program.calls());
    }

    @Test
    void failureOfTheDeviceIsReported() throws IOException {
        program.instcmdFails = true;
        try (var driver = start();
                var reader = driver.connect()) {
            reader.send("NOBROADCAST", "INSTCMD load.off TRACKING 1");
            assertEquals("TRACKING 1 3", reader.line());
            assertTrue(driver.err().contains("the line is dead"), driver.err());
        }
    }

    @Test
    void changesAreBroadcastUntilNotWanted() throws IOException {
        try (var driver = start("-i", "60");
                var one = driver.connect();
                var two = driver.connect()) {
            two.send("NOBROADCAST", "PING").until("PONG");
            one.send("PING").until("PONG");
            one.send("SET driver.flag.allow_killpower yes");
            assertEquals("SETINFO driver.flag.allow_killpower \"1\"", one.line());
            two.send("PING");
            assertEquals("PONG", two.line());
            two.send("BROADCAST 1", "SET driver.flag.allow_killpower 0");
            assertEquals("SETINFO driver.flag.allow_killpower \"0\"", two.line());
        }
    }

    @Test
    void debugLevelIsSetAndUnset() throws IOException {
        try (var driver = start("-i", "60");
                var reader = driver.connect()) {
            reader.send("SET driver.debug 2 TRACKING 1");
            assertEquals(List.of("SETINFO driver.debug \"2\"", "TRACKING 1 0"), reader.until("TRACKING 1 0"));
            reader.send("SET driver.debug -1 TRACKING 2");
            assertEquals(List.of("SETINFO driver.debug \"0\"", "TRACKING 2 0"), reader.until("TRACKING 2 0"));
            reader.send("SET driver.debug much TRACKING 3");
            assertEquals("TRACKING 3 2", reader.line());
        }
    }

    @Test
    void staleDataAreToldOnceAndGetGoodAgain() throws IOException {
        var broken = new AtomicBoolean();
        program.poll = dstate -> {
            if (broken.get()) {
                throw new IOException("cable unplugged");
            }
        };
        try (var driver = start();
                var reader = driver.connect()) {
            reader.send("PING").until("PONG");
            broken.set(true);
            reader.until("DATASTALE");
            int polls = program.polls.get();
            driver.await("two more polls", () -> program.polls.get() > polls + 1);
            broken.set(false);
            assertFalse(reader.until("DATAOK").contains("DATASTALE"));
            driver.await("the log", () -> driver.err().contains("Communications with UPS re-established"));
            assertEquals(1, driver.err().split("Communications with UPS lost: cable unplugged", -1).length - 1);
        }
    }

    @Test
    void aReaderThatDoesNotReadIsDisconnectedAndPollingGoesOn() throws IOException {
        program.poll = dstate -> {
            for (int i = 0; i < 2000; i++) {
                dstate.setinfo("fake.var." + i, program.polls.get() + "x".repeat(100));
            }
        };
        try (var driver = start();
                var stuck = driver.connect();
                var good = driver.connect()) {
            stuck.send("PING");
            driver.await("the disconnection", () -> {
                try {
                    good.send("NOBROADCAST", "PING").until("PONG");
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                return driver.err().contains("it does not read");
            });
            assertThrows(IOException.class, () -> stuck.until("nothing of the kind"));
            assertTrue(driver.err().contains("synchronous mode was 'auto'"), driver.err());
            assertTrue(good.dump().contains("SETINFO driver.parameter.synchronous \"yes\""));
        }
    }

    @Test
    void aReaderThatAsksAndAsksWithoutReadingIsDisconnected() throws IOException {
        program.poll = dstate -> {
            for (int i = 0; i < 500; i++) {
                dstate.setinfo("fake.var." + i, "x".repeat(200));
            }
        };
        try (var driver = start("-i", "60");
                var greedy = driver.connect()) {
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < 10_000; i++) {
                    greedy.send("DUMPALL");
                }
            });
            driver.await("the log", () -> driver.err().contains("it asks, but does not read"));
            try (var other = driver.connect()) {
                assertEquals("PONG", other.send("PING").line());
            }
        }
    }

    @Test
    void aDumpLargerThanTheQueueArrivesWhole() throws IOException {
        program.poll = dstate -> {
            for (int i = 0; i < 4000; i++) {
                dstate.setinfo("fake.var." + i, "x".repeat(200));
            }
        };
        try (var driver = start("-i", "60");
                var reader = driver.connect()) {
            assertTrue(reader.dump().size() > 4000);
        }
    }

    @Test
    void aReaderThatOnlyListensOnGetsItsAnswerWhole() throws IOException {
        program.poll = dstate -> {
            for (int i = 0; i < 4000; i++) {
                dstate.setinfo("fake.var." + i, "x".repeat(200));
            }
        };
        try (var driver = start("-i", "60");
                var reader = driver.connect()) {
            reader.send("DUMPALL").endOfRequests();
            assertTrue(reader.until("DUMPDONE").size() > 4000);
            assertThrows(IOException.class, reader::line);
        }
    }

    @Test
    void garbageEndsTheConnectionAtMost() throws IOException {
        try (var driver = start()) {
            var random = new Random(42);
            for (int i = 0; i < 20; i++) {
                byte[] bytes = new byte[10_000];
                random.nextBytes(bytes);
                try (var reader = driver.connect()) {
                    reader.sendBytes(bytes);
                } catch (IOException e) {
                    // disconnected: fine
                }
            }
            try (var endless = driver.connect()) {
                assertThrows(IOException.class, () -> {
                    for (int i = 0; i < 1000; i++) {
                        endless.sendBytes("x".repeat(1000).getBytes(StandardCharsets.US_ASCII));
                    }
                });
            }
            driver.await("the log", () -> driver.err().contains("it sent a line of more than 65536 bytes"));
            try (var reader = driver.connect()) {
                assertEquals("PONG", reader.send("PING").line());
            }
        }
    }

    @Test
    void onlySoManyReadersAreServed() throws IOException {
        var readers = new java.util.ArrayList<SocketReader>();
        try (var driver = start()) {
            for (int i = 0; i < DriverSocket.CONNECTION_LIMIT; i++) {
                var reader = driver.connect();
                readers.add(reader);
                reader.send("PING").until("PONG");
            }
            try (var tooMany = driver.connect()) {
                assertThrows(IOException.class, () -> tooMany.send("PING").until("PONG"));
            }
            readers.removeFirst().close();
            driver.await("room", () -> {
                try (var again = driver.connect()) {
                    again.send("PING").until("PONG");
                    return true;
                } catch (IOException e) {
                    return false;
                }
            });
        } finally {
            for (var reader : readers) {
                reader.close();
            }
        }
    }

    @Test
    void workOfOtherThreadsRunsAtOnceInTheLoop() throws Exception {
        try (var driver = start("-i", "60");
                var reader = driver.connect()) {
            reader.send("PING").until("PONG");
            Device device = java.util.Objects.requireNonNull(program.device);
            var other = new Thread(() -> device.asked(() -> device.dstate().setinfo("ups.load", "77")));
            other.start();
            assertEquals("SETINFO ups.load \"77\"", reader.line());
            int before = program.polls.get();
            device.pollSoon();
            driver.await("a poll before its time", () -> program.polls.get() > before);
            other.join();
        }
    }

    @Test
    void staleSocketFileIsReplaced() throws IOException {
        Path socket = dir.resolve("fake-ups-a");
        Files.writeString(socket, "left over");
        var driver = RunningDriver.begin(program, dir, "a", "-s", "a", "-x", "port=auto");
        try (driver) {
            driver.await("a socket", () -> !Files.isRegularFile(socket) && Files.exists(socket));
            try (var reader = driver.connect()) {
                assertEquals("PONG", reader.send("PING").line());
            }
            assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
        }
        assertFalse(Files.exists(socket));
    }

    @Test
    void aSuccessorsSocketIsLeftAlone() throws IOException {
        Path socket = dir.resolve("fake-ups-a");
        var driver = start();
        Files.delete(socket);
        Files.writeString(socket, "somebody else's");
        driver.close();
        assertTrue(Files.exists(socket));
    }

    @Test
    void killpowerNeedsPermissionAndEndsTheDriver() throws IOException {
        var driver = start();
        try (driver;
                var reader = driver.connect()) {
            reader.send("NOBROADCAST", "INSTCMD driver.killpower TRACKING 1");
            assertEquals("TRACKING 1 2", reader.line());
            reader.send("SET driver.flag.allow_killpower 1", "INSTCMD driver.killpower TRACKING 2");
            assertEquals("TRACKING 2 0", reader.line());
            assertEquals(0, driver.exitCode());
        }
        assertEquals(List.of("shutdown"), program.calls());
    }

    @Test
    void failedKillpowerEndsTheDriverWithOne() throws IOException {
        program.shutdown = Outcome.FAILED;
        var driver = start("-x", "allow_killpower");
        try (var reader = driver.connect()) {
            reader.send("NOBROADCAST", "INSTCMD driver.killpower TRACKING 2");
            assertEquals("TRACKING 2 3", reader.line());
        }
        assertEquals(1, driver.exitCode());
    }
}
