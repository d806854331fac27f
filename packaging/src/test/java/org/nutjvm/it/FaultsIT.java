package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Processes that die or freeze at any time, and bytes that mean nothing, cost no more than the connection concerned.
@ParameterizedClass(name = "{0}")
@MethodSource("roles")
@ExtendWith(LogsOnFailure.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsIT {
    /// How long noise is made; `-Dnut.noise.seconds=60` for the long form.
    private static final Duration NOISE = Duration.ofSeconds(Integer.getInteger("nut.noise.seconds", 3));

    private static final long SEED = Long.getLong("nut.noise.seed", 20260301L);

    /// What a run-time may open once and keep (its own files); far below the number of connections made.
    private static final int A_FEW = 5;

    @SuppressWarnings("NullAway.Init") // set before each invocation of the class
    private Stack stack;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    Roles roles;

    static List<Roles> roles() {
        return Roles.all();
    }

    @BeforeParameterizedClassInvocation
    void start() {
        stack = Stack.running(roles, "MAXAGE 3");
    }

    @AfterParameterizedClassInvocation
    void end() {
        stack.close();
    }

    @Test
    void aKilledDriverIsReportedAndFoundAgain() {
        try (var witness = stack.wire()) {
            assertEquals("VAR UPS2 outlet.count \"8\"", witness.ask("GET VAR UPS2 outlet.count"));
            stack.driver("UPS2").kill();
            Await.until(
                    "the loss is reported",
                    () -> List.of("ERR DRIVER-NOT-CONNECTED", "ERR DATA-STALE")
                            .contains(witness.ask("GET VAR UPS2 ups.status")));
            assertTrue(witness.ask("GET VAR UPS1 ups.status").startsWith("VAR UPS1"), "the others are served");
            stack.startDriver("UPS2");
            stack.awaitUps("UPS2");
            assertEquals("VAR UPS2 outlet.count \"8\"", witness.ask("GET VAR UPS2 outlet.count"));
        }
        assertTrue(stack.upsd().alive());
    }

    @Test
    void aKilledServerIsNoticedByItsClientsAndSurvivedByItsDrivers() {
        try (var client = stack.wire()) {
            assertEquals("1.3", client.ask("NETVER"));
            stack.upsd().kill();
            assertTrue(client.closed());
        }
        for (var ups : new String[] {"dummy", "UPS1", "UPS2"}) {
            assertTrue(stack.driver(ups).alive(), ups);
        }
        stack.startUpsd();
        for (var ups : new String[] {"dummy", "UPS1", "UPS2"}) {
            stack.awaitUps(ups);
        }
    }

    @Test
    void aKilledClientIsForgottenAndNobodyElseNotices() {
        try (var upsmon = new Upsmon(stack, Maker.C, "killed", Upsmon.monitor(stack, "UPS1", "secondary"))
                        .awaitLogin("UPS1", 1);
                var witness = stack.wire()) {
            upsmon.proc().kill();
            Await.until("logged out", () -> witness.ask("GET NUMLOGINS UPS1").equals("NUMLOGINS UPS1 0"));
            assertEquals("VAR UPS2 outlet.count \"8\"", witness.ask("GET VAR UPS2 outlet.count"));
        }
    }

    @Test
    void clientsThatResetTheirConnectionsInMidAnswerHarmNobody() {
        try (var witness = stack.wire()) {
            int before = descriptors(stack.upsd());
            for (int i = 0; i < 50; i++) {
                var rude = stack.wire();
                rude.send("LIST VAR UPS2\nLIST VAR UPS1\nGET VAR UPS2 ups.status\nLIST V");
                rude.reset();
            }
            assertEquals("VAR UPS2 outlet.count \"8\"", witness.ask("GET VAR UPS2 outlet.count"));
            Await.until("no descriptor is lost", () -> descriptors(stack.upsd()) <= before + A_FEW);
        }
    }

    @Test
    void aFrozenDriverGoesStaleAndComesBack() {
        try (var witness = stack.wire()) {
            var driver = stack.driver("UPS1");
            driver.freeze();
            Await.until(
                    "UPS1 is stale",
                    () -> witness.ask("GET VAR UPS1 ups.status").equals("ERR DATA-STALE"));
            assertEquals("VAR UPS2 outlet.count \"8\"", witness.ask("GET VAR UPS2 outlet.count"));
            driver.thaw();
            Await.until(
                    "UPS1 is back", () -> witness.ask("GET VAR UPS1 ups.status").startsWith("VAR UPS1"));
        }
    }

    @Test
    void aClientThatReadsNothingDelaysNobody() throws InterruptedException {
        assumeTrue(roles.server() == Maker.OURS, "C upsd 2.8.0 waits for such a client");
        try (var greedy = stack.wire();
                var witness = stack.wire()) {
            var asking = Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        greedy.send("LIST VAR UPS2\nLIST VAR UPS1");
                    }
                } catch (UncheckedIOException e) {
                    Thread.currentThread().interrupt(); // dropped by the server, or closed by this test: either ends it
                }
            });
            long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
            while (System.nanoTime() < end) {
                assertEquals("VAR UPS2 outlet.count \"8\"", witness.ask("GET VAR UPS2 outlet.count"));
            }
            greedy.reset();
            asking.join(Duration.ofSeconds(10));
        }
        assertTrue(stack.upsd().alive());
    }

    @Test
    void randomBytesAtThePortCostOnlyTheirConnection() throws InterruptedException {
        int before = descriptors(stack.upsd());
        try (var monitor = stack.wire().login("dummy-user", "P@ssW0rd");
                var witness = stack.wire()) {
            assertEquals("OK", monitor.ask("LOGIN UPS2"));
            underNoise(
                    "the server's port",
                    noise -> {
                        try (var wire = stack.wire()) {
                            wire.sendBytes(noise.forServer());
                        } catch (UncheckedIOException e) {
                            return; // refused or dropped in the middle: its good right
                        }
                    },
                    () -> {
                        assertEquals("1.3", monitor.ask("NETVER")); // who says nothing for a minute is logged out
                        assertEquals("VAR UPS2 outlet.count \"8\"", witness.ask("GET VAR UPS2 outlet.count"));
                        assertEquals("NUMLOGINS UPS2 1", witness.ask("GET NUMLOGINS UPS2"));
                    });
            assertEquals("OK Goodbye", monitor.ask("LOGOUT"));
        }
        assertTrue(stack.upsd().alive());
        Await.until("no descriptor is lost", () -> descriptors(stack.upsd()) <= before + A_FEW);
    }

    @Test
    void randomBytesAtADriversSocketCostOnlyTheirConnection() throws InterruptedException {
        assumeTrue(roles.driver() == Maker.OURS, "C dummy-ups 2.8.0 keeps some of the connections for ever");
        var socket = UnixDomainSocketAddress.of(stack.box().state().resolve("dummy-ups-UPS2"));
        int before = descriptors(stack.driver("UPS2"));
        try (var witness = stack.wire()) {
            underNoise(
                    "the driver's socket",
                    noise -> {
                        try (var channel = SocketChannel.open(socket)) {
                            var buffer = ByteBuffer.wrap(noise.forDriver());
                            while (buffer.hasRemaining()) {
                                channel.write(buffer);
                            }
                        } catch (IOException e) {
                            return; // dropped in the middle
                        }
                    },
                    () -> assertEquals("VAR UPS2 outlet.count \"8\"", witness.ask("GET VAR UPS2 outlet.count")));
        }
        assertTrue(stack.driver("UPS2").alive());
        Await.until("no descriptor is lost", () -> descriptors(stack.driver("UPS2")) <= before + A_FEW);
    }

    private interface Noisy {
        void make(Noise noise);
    }

    /// Runs the noise beside the check until the time is over; both may fail the test.
    private static void underNoise(String where, Noisy noisy, Runnable check) throws InterruptedException {
        System.out.println("noise at " + where + " for " + NOISE.toSeconds() + " s, seed " + SEED);
        var failure = new AtomicReference<Throwable>();
        long end = System.nanoTime() + NOISE.toNanos();
        var maker = Thread.ofPlatform().start(() -> {
            try {
                var noise = new Noise(new SplittableRandom(SEED));
                while (System.nanoTime() < end) {
                    noisy.make(noise);
                }
            } catch (RuntimeException | Error e) {
                failure.set(e);
            }
        });
        do {
            check.run();
        } while (System.nanoTime() < end);
        maker.join(Duration.ofSeconds(30));
        assertFalse(maker.isAlive(), "the noise does not get through nor is it dropped");
        var cause = failure.get();
        if (cause != null) {
            throw new AssertionError("the noise failed", cause);
        }
        check.run();
    }

    private static int descriptors(Proc proc) {
        try (var files = Files.list(Path.of("/proc/" + proc.pid() + "/fd"))) {
            return (int) files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
