package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// What clients do that no client should, and what others feel of it: nothing. The figures, beside C's, are those of
/// `packaging/src/bench/bench abuse`.
@ExtendWith(LogsOnFailure.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AbuseIT {
    private static final String ANSWER = "VAR ups battery.charge \"100\"";

    @SuppressWarnings("NullAway.Init") // set before the tests
    private Stack stack;

    @BeforeAll
    void start() {
        stack = Stack.of(new Roles(Maker.OURS, Maker.OURS), List.of("ups"));
    }

    @AfterAll
    void end() {
        stack.close();
    }

    /// Its wire gives up as other clients do.
    private static void check(Wire witness) {
        assertEquals(ANSWER, witness.ask("GET VAR ups battery.charge"));
    }

    @Test
    void linesOfAMegabyteAreRefusedAndForgotten() {
        var megabyte = "x".repeat(1 << 20);
        var before = Vitals.of(stack.upsd().pid());
        try (var witness = stack.wire()) {
            for (int i = 0; i < 20; i++) {
                try (var wire = stack.wire()) {
                    assertEquals("ERR TOO-LONG", wire.ask(megabyte));
                    check(witness);
                    assertEquals(ANSWER, wire.ask("GET VAR ups battery.charge"), "the next line is read as one");
                }
            }
        }
        Await.until(
                "nothing of them is kept", () -> Vitals.of(stack.upsd().pid()).rssKb() < before.rssKb() + 12_000);
    }

    @Test
    void threeHundredWhoWriteAByteNowAndThenKeepNobodyWaiting() {
        var slow = new ArrayList<Wire>();
        try (var witness = stack.wire()) {
            for (int i = 0; i < 300; i++) {
                slow.add(stack.wire());
            }
            for (byte b : "GET VAR ups battery.charge".getBytes(java.nio.charset.StandardCharsets.US_ASCII)) {
                slow.forEach(wire -> wire.sendBytes(new byte[] {b}));
                check(witness);
            }
            slow.forEach(wire -> assertEquals(ANSWER, wire.ask("")));
        } finally {
            slow.forEach(Wire::close);
        }
    }

    @Test
    void aFloodOfConnectionsLeavesNothingBehind() {
        int before = Vitals.of(stack.upsd().pid()).descriptors();
        try (var witness = stack.wire()) {
            for (int i = 0; i < 2000; i++) {
                connectAndGo(i % 2 == 0);
                if (i % 50 == 0) {
                    check(witness);
                }
            }
            check(witness);
        }
        Await.until("all are gone", () -> Vitals.of(stack.upsd().pid()).descriptors() <= before + 5);
    }

    private void connectAndGo(boolean rudely) {
        try {
            var wire = stack.wire();
            if (rudely) {
                wire.reset();
            } else {
                wire.close();
            }
        } catch (UncheckedIOException e) {
            throw new AssertionError("no connection is refused", e);
        }
    }
}
