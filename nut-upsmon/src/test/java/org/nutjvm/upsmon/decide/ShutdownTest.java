package org.nutjvm.upsmon.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nutjvm.upsmon.decide.Shutdown.Facts;
import org.nutjvm.upsmon.decide.Shutdown.Phase;

class ShutdownTest {
    private static final Policy P = Policy.DEFAULT;
    private static final List<String> LAST = List.of("CRITICAL", "Wall", "SHUTDOWN");

    private final List<String> done = new ArrayList<>();
    private Duration now = Duration.ofSeconds(50);
    private Shutdown at = new Shutdown(Phase.DONE, now, false);

    @Test
    void aSecondaryTellsWaitsFinaldelayAndGoes() {
        begin(false);
        assertEquals(LAST, done);
        after(4, Facts.NONE);
        assertEquals(LAST, done);
        after(1, Facts.NONE);
        assertEquals(List.of("CRITICAL", "Wall", "SHUTDOWN", "Command", "WARNING", "Exit"), done);
    }

    @Test
    void aPrimaryAloneDoesNotWaitForAnybody() {
        begin(true);
        assertEquals(List.of("SetFsd"), done);
        after(0, new Facts(true, OptionalInt.of(1)));
        assertEquals(Phase.FINAL, at.phase());
        assertEquals(List.of("SetFsd", "CRITICAL", "Wall", "SHUTDOWN"), done);
    }

    @Test
    void aPrimaryWaitsUntilTheSecondariesHaveLoggedOut() {
        begin(true);
        after(0, new Facts(true, OptionalInt.of(3)));
        after(5, new Facts(true, OptionalInt.of(2)));
        assertEquals(List.of("SetFsd", "SHUTDOWN_HOSTSYNC"), done);
        after(1, new Facts(true, OptionalInt.of(1)));
        assertEquals(Phase.FINAL, at.phase());
    }

    @Test
    void hostsyncEndsTheWait() {
        begin(true);
        after(0, new Facts(true, OptionalInt.of(2)));
        after(15, new Facts(true, OptionalInt.of(2)));
        assertEquals(Phase.HOSTSYNC, at.phase());
        after(1, new Facts(true, OptionalInt.of(2)));
        assertEquals(List.of("SetFsd", "SHUTDOWN_HOSTSYNC", "INFO", "CRITICAL", "Wall", "SHUTDOWN"), done);
    }

    @Test
    void serversThatNeverAnswerHoldNothingUpForLongerThanTheirLimits() {
        begin(true);
        after(4, Facts.NONE);
        assertEquals(Phase.FSD, at.phase());
        after(1, Facts.NONE);
        assertEquals(Phase.HOSTSYNC, at.phase());
        after(16, Facts.NONE);
        assertEquals(Phase.FINAL, at.phase());
        after(5, Facts.NONE);
        assertTrue(done.contains("Command"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100})
    void theCommandIsOrderedOnceHoweverOftenItIsLookedAt(int seconds) {
        begin(true);
        for (int i = 0; i < 100; i++) {
            after(seconds, new Facts(true, OptionalInt.of(1)));
        }
        assertEquals(1, done.stream().filter("Command"::equals).count());
        assertEquals(1, done.stream().filter("Exit"::equals).count());
    }

    @Test
    void withoutFinaldelayItGoesThroughInOneStep() {
        var hurried = policy(Duration.ZERO, Optional.of(Duration.ZERO));
        var step = Shutdown.begin(false, now).after().step(Facts.NONE, now, hurried);
        assertEquals(Phase.DONE, step.after().phase());
    }

    @Test
    void shutdownexitIsLingeredFor() {
        var patient = policy(Duration.ZERO, Optional.of(Duration.ofSeconds(30)));
        var linger = Shutdown.begin(false, now)
                .after()
                .step(Facts.NONE, now, patient)
                .after();
        assertEquals(Phase.LINGER, linger.phase());
        assertEquals(Optional.of(now.plusSeconds(30)), linger.due(patient));
        assertEquals(
                Phase.DONE,
                linger.step(Facts.NONE, now.plusSeconds(30), patient).after().phase());
    }

    @Test
    void shutdownexitNoNeverEnds() {
        var forEver = policy(Duration.ZERO, Optional.empty());
        var linger = Shutdown.begin(false, now)
                .after()
                .step(Facts.NONE, now, forEver)
                .after();
        assertEquals(linger, linger.step(Facts.NONE, now.plusDays(300), forEver).after());
        assertEquals(Optional.empty(), linger.due(forEver));
    }

    private void begin(boolean primary) {
        take(Shutdown.begin(primary, now));
    }

    private void after(int seconds, Facts facts) {
        now = now.plusSeconds(seconds);
        take(at.step(facts, now, P));
    }

    private void take(Shutdown.Step step) {
        at = step.after();
        for (var action : step.actions()) {
            done.add(
                    switch (action) {
                        case Shutdown.Action.Say(Happening.Notice n) -> n.type().name();
                        case Shutdown.Action.Say(Happening.Line l) -> l.level().name();
                        default -> action.getClass().getSimpleName();
                    });
        }
    }

    private static Policy policy(Duration finaldelay, Optional<Duration> shutdownexit) {
        return new Policy(
                P.minsupplies(),
                P.pollfreq(),
                P.pollfreqalert(),
                P.deadtime(),
                P.hostsync(),
                finaldelay,
                P.offduration(),
                P.overduration(),
                P.oblbduration(),
                P.alarmcritical(),
                P.rbwarntime(),
                P.nocommwarntime(),
                P.pollfailLogThrottleMax(),
                shutdownexit);
    }
}
