package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A driver that goes wrong in every way a socket allows; the device beside it is served as if nothing were.
@ParameterizedClass(name = "{0} upsd")
@EnumSource(Maker.class)
@ExtendWith(LogsOnFailure.class)
class BadDriverIT {
    private static final String DUMP = "SETINFO ups.load \"12\"\nSETINFO ups.status \"OL\"\nDATAOK\n";
    private static final String GOOD = "VAR good ups.load \"12\"";

    @Parameter
    @SuppressWarnings("NullAway.Init")
    Maker server;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Stack stack;

    @SuppressWarnings("NullAway.Init")
    private FakeDriver good;

    @SuppressWarnings("NullAway.Init")
    private FakeDriver bad;

    @SuppressWarnings("NullAway.Init")
    private Wire witness;

    @BeforeEach
    void start() {
        stack = new Stack(new Roles(server, Maker.C));
        good = new FakeDriver(stack.box().state(), "fake-ups", "good", DUMP);
        bad = new FakeDriver(stack.box().state(), "fake-ups", "bad", DUMP);
        stack.box().write("upsd.conf", stack.listen() + "MAXAGE 3\n");
        stack.box()
                .write("ups.conf", "[good]\ndriver = fake-ups\nport = none\n[bad]\ndriver = fake-ups\nport = none\n");
        stack.startUpsd();
        stack.awaitAnswer("GET VAR good ups.status", "VAR good ups.status \"OL\"");
        stack.awaitAnswer("GET VAR bad ups.status", "VAR bad ups.status \"OL\"");
        witness = stack.wire();
    }

    @AfterEach
    void end() {
        good.close();
        bad.close();
        stack.close();
    }

    @Test
    void silenceMakesItStaleUntilItSpeaksAgain() {
        bad.freeze();
        awaitBad("ERR DATA-STALE");
        assertGood();
        bad.thaw();
        awaitBad("VAR bad ups.status \"OL\"");
    }

    @Test
    void aBrokenConnectionIsMadeAnew() {
        bad.hangUp();
        Await.until("connected again", () -> bad.servers() == 1);
        awaitBad("VAR bad ups.status \"OL\"");
        assertGood();
    }

    @Test
    void halfALineIsWaitedForAndThenCompleted() {
        bad.say("SETINFO ups.load \"4");
        assertGood();
        bad.say("2\"\n");
        Await.until("the value", () -> witness.ask("GET VAR bad ups.load").equals("VAR bad ups.load \"42\""));
    }

    @Test
    void aLineOfTenMegabytesWithoutEndIsSurvived() {
        var chunk = "x".repeat(100_000);
        for (int i = 0; i < 100 && bad.servers() > 0; i++) {
            bad.say(chunk);
            assertGood();
        }
        assertTrue(stack.upsd().alive());
        bad.hangUp();
        awaitBad("VAR bad ups.status \"OL\"");
    }

    @Test
    void nonsenseIsSurvived() {
        var noise = new Noise(new SplittableRandom(4711));
        for (int i = 0; i < 200; i++) {
            bad.say(new String(noise.forDriver(), StandardCharsets.ISO_8859_1));
            assertGood();
        }
        assertTrue(stack.upsd().alive());
        bad.hangUp();
        awaitBad("VAR bad ups.status \"OL\"");
    }

    @Test
    void unknownWordsAndWrongArgumentsAreIgnored() {
        bad.say(
                "FROBNICATE\nSETINFO\nSETINFO ups.x\nSETAUX ups.load many\nADDRANGE ups.load 5\nDELINFO\nSETFLAGS nobody RW\n");
        bad.say("SETINFO ups.load \"13\"\n");
        Await.until("the value", () -> witness.ask("GET VAR bad ups.load").equals("VAR bad ups.load \"13\""));
        assertGood();
    }

    @Test
    void aFloodOfUpdatesDelaysNobody() {
        var lines = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            lines.append("SETINFO ups.load \"").append(i).append("\"\n");
        }
        for (int i = 0; i < 20; i++) {
            bad.say(lines.toString());
            assertGood();
        }
        Await.until("the last", () -> witness.ask("GET VAR bad ups.load").equals("VAR bad ups.load \"1999\""));
    }

    @Test
    void moreThanAnyDeviceHasToSayEndsTheConnectionAndNothingElse() {
        var value = "y".repeat(500);
        for (int i = 0; i < 16_000 && bad.servers() > 0; i++) {
            bad.say("SETINFO var." + i + " \"" + value + "\"\n");
            if (i % 500 == 0) {
                assertGood();
            }
        }
        assertTrue(stack.upsd().alive());
        if (server == Maker.OURS) {
            Await.until("it was told to go", () -> stack.upsd().log().contains("is no driver's; disconnecting"));
        }
        bad.hangUp();
        awaitBad("VAR bad ups.status \"OL\"");
        assertGood();
    }

    @Test
    void aDriverThatStopsReadingDelaysNobody() {
        try (var admin = stack.wire().login("admin", "mypass")) {
            bad.say("SETFLAGS ups.load RW STRING\nSETAUX ups.load 250\n");
            Await.until("writable", () -> admin.ask("GET TYPE bad ups.load").startsWith("TYPE bad ups.load RW"));
            bad.freeze();
            var value = "9".repeat(250);
            for (int i = 0; i < 2000; i++) { // twice what a socket holds
                var answer = admin.ask("SET VAR bad ups.load " + value);
                assertTrue(answer.equals("OK") || answer.startsWith("ERR "), answer);
                assertGood();
            }
        }
        assertTrue(stack.upsd().alive());
    }

    private void assertGood() {
        assertEquals(GOOD, witness.ask("GET VAR good ups.load"));
    }

    private void awaitBad(String answer) {
        Await.value("the state", Await.LONG, () -> witness.ask("GET VAR bad ups.status"), answer::equals);
    }
}
