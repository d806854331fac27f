package org.nutjvm.upsmon.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nutjvm.upsmon.decide.Verdict.Rule.ALARM_AND_SILENT;
import static org.nutjvm.upsmon.decide.Verdict.Rule.BYPASS_AND_SILENT;
import static org.nutjvm.upsmon.decide.Verdict.Rule.CAL_AND_SILENT;
import static org.nutjvm.upsmon.decide.Verdict.Rule.DEAD_ON_BATTERY;
import static org.nutjvm.upsmon.decide.Verdict.Rule.FSD;
import static org.nutjvm.upsmon.decide.Verdict.Rule.HEALTHY;
import static org.nutjvm.upsmon.decide.Verdict.Rule.OB_LB;
import static org.nutjvm.upsmon.decide.Verdict.Rule.OFF_AND_SILENT;
import static org.nutjvm.upsmon.decide.Verdict.Rule.OFF_TOO_LONG;
import static org.nutjvm.upsmon.decide.Verdict.Rule.OVER_AND_SILENT;
import static org.nutjvm.upsmon.decide.Verdict.Rule.PRIMARY_IS_LATE;
import static org.nutjvm.upsmon.decide.Verdict.Rule.SILENT;
import static org.nutjvm.upsmon.decide.Verdict.Rule.WAITING;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
    private static final Policy P = Policy.DEFAULT;

    @ParameterizedTest
    @ValueSource(
            strings = {"OL", "OL LB", "OB", "OB DISCHRG", "OL CAL", "OL OVER", "OL ALARM", "BYPASS", "TRIM OL", "WAIT"})
    void noneOfTheseIsCriticalWhileItAnswers(String status) {
        assertEquals(HEALTHY, Story.of(P).reads(status).verdict().rule());
    }

    @Test
    void aUpsNeverHeardOfIsTakenForHealthy() {
        assertEquals(HEALTHY, Story.of(P).verdict().rule());
        assertEquals(SILENT, Story.of(P).silent().after(3600).silent().verdict().rule());
    }

    @Test
    void fsdIsCriticalAtOnceEvenOnLine() {
        assertEquals(FSD, Story.of(P).reads("FSD OL").verdict().rule());
        assertEquals(FSD, Story.ofSecondary(P).reads("FSD OB LB").verdict().rule());
    }

    @Test
    void onBatteryAndLowIsCriticalForThePrimaryAtOnce() {
        assertEquals(OB_LB, Story.of(P).reads("OB LB").verdict().rule());
    }

    @Test
    void calibratingOnBatteryAndLowIsNot() {
        assertEquals(WAITING, Story.of(P).reads("OB LB CAL").verdict().rule());
    }

    @Test
    void theSecondaryWaitsForFsdUpToHostsync() {
        var story = Story.ofSecondary(P).reads("OB LB");
        assertEquals(WAITING, story.verdict().rule());
        assertEquals(WAITING, story.after(15).reads("OB LB").verdict().rule());
        assertEquals(PRIMARY_IS_LATE, story.after(1).reads("OB LB").verdict().rule());
    }

    @Test
    void theSecondarysWaitBeginsAnewWhenTheStateEnded() {
        var story = Story.ofSecondary(P)
                .reads("OB LB")
                .after(14)
                .reads("OB")
                .after(14)
                .reads("OB LB");
        assertEquals(WAITING, story.after(10).reads("OB LB").verdict().rule());
    }

    @Test
    void oblbdurationIsWaitedFor() {
        var policy = with(Duration.ofSeconds(20), P.offduration(), P.overduration(), true);
        var story = Story.of(policy).reads("OB LB");
        assertEquals(WAITING, story.verdict().rule());
        assertEquals(WAITING, story.after(19).reads("OB LB").verdict().rule());
        assertEquals(OB_LB, story.after(1).reads("OB LB").verdict().rule());
    }

    @Test
    void oblbdurationBeginsAnewAfterABlip() {
        var policy = with(Duration.ofSeconds(20), P.offduration(), P.overduration(), true);
        var story = Story.of(policy).reads("OB LB");
        story.verdict();
        assertEquals(HEALTHY, story.after(15).reads("OL").verdict().rule());
        assertEquals(WAITING, story.after(1).reads("OB LB").verdict().rule());
        assertEquals(WAITING, story.after(19).reads("OB LB").verdict().rule());
    }

    @Test
    void silentOnLineIsNeverCritical() {
        assertEquals(
                SILENT,
                Story.of(P).reads("OL").silent().after(86400).silent().verdict().rule());
    }

    @Test
    void silentOnBatteryIsDeadAfterDeadtime() {
        var story = Story.of(P).reads("OB").after(1).silent();
        assertEquals(WAITING, story.after(14).silent().verdict().rule());
        assertEquals(DEAD_ON_BATTERY, story.after(1).silent().verdict().rule());
    }

    @Test
    void silentOnBatteryAndLowIsCriticalWithoutDeadtime() {
        assertEquals(
                OB_LB, Story.of(P).reads("OB LB").after(1).silent().verdict().rule());
    }

    @Test
    void aDeadUpsThatAnswersAgainIsJudgedByItsAnswer() {
        var story = Story.of(P).reads("OB").silent().after(16).silent();
        assertTrue(story.verdict().critical());
        assertEquals(HEALTHY, story.reads("OB").verdict().rule());
    }

    @Test
    void aDeadUpsOfASecondaryIsCriticalAfterHostsyncToo() {
        assertEquals(
                PRIMARY_IS_LATE,
                Story.ofSecondary(P)
                        .reads("OB")
                        .silent()
                        .after(16)
                        .silent()
                        .verdict()
                        .rule());
    }

    @Test
    void offIsCriticalOnlyAfterOffduration() {
        var story = Story.of(P).reads("OL OFF");
        assertEquals(HEALTHY, story.after(30).reads("OL OFF").verdict().rule());
        assertEquals(OFF_TOO_LONG, story.after(1).reads("OL OFF").verdict().rule());
    }

    @Test
    void offForThreeSecondsIsNot() {
        assertEquals(
                HEALTHY,
                Story.of(P)
                        .reads("OFF")
                        .after(3)
                        .reads("OL")
                        .after(60)
                        .verdict()
                        .rule());
    }

    @Test
    void offIsCriticalAtOnceWithOffdurationZeroAndNeverWithANegativeOne() {
        var atOnce = with(Duration.ZERO, Optional.of(Duration.ZERO), Optional.empty(), true);
        var never = with(Duration.ZERO, Optional.empty(), Optional.empty(), true);
        assertEquals(OFF_TOO_LONG, Story.of(atOnce).reads("OFF").verdict().rule());
        assertEquals(
                HEALTHY,
                Story.of(never).reads("OFF").after(3600).reads("OFF").verdict().rule());
        assertEquals(SILENT, Story.of(never).reads("OFF").silent().verdict().rule());
    }

    @Test
    void theseAreLostAsSoonAsTheyFallSilent() {
        assertEquals(
                CAL_AND_SILENT, Story.of(P).reads("OL CAL").silent().verdict().rule());
        assertEquals(
                BYPASS_AND_SILENT,
                Story.of(P).reads("BYPASS").silent().verdict().rule());
        assertEquals(
                ALARM_AND_SILENT,
                Story.of(P).reads("OL ALARM").silent().verdict().rule());
        assertEquals(
                OFF_AND_SILENT, Story.of(P).reads("OL OFF").silent().verdict().rule());
    }

    @Test
    void alarmIsNotWithAlarmcriticalOff() {
        var policy = with(Duration.ZERO, P.offduration(), Optional.empty(), false);
        assertEquals(
                SILENT, Story.of(policy).reads("OL ALARM").silent().verdict().rule());
    }

    @ParameterizedTest
    @ValueSource(strings = {"OL TRIM", "OL BOOST", "OL ECO", "OL OVER"})
    void theseAreNeverLostByDefault(String status) {
        assertEquals(
                SILENT,
                Story.of(P)
                        .reads(status)
                        .silent()
                        .after(3600)
                        .silent()
                        .verdict()
                        .rule());
    }

    @Test
    void overloadedIsLostAfterOverduration() {
        var policy = with(Duration.ZERO, P.offduration(), Optional.of(Duration.ofSeconds(10)), true);
        var story = Story.of(policy).reads("OL OVER").after(1).silent();
        assertEquals(SILENT, story.after(8).silent().verdict().rule());
        assertEquals(OVER_AND_SILENT, story.after(1).silent().verdict().rule());
    }

    @Test
    void theSentenceNamesRuleReadingAndAges() {
        var verdict = Story.of(P).reads("OB").silent().after(20).silent().verdict();
        assertEquals("it was on battery and does not answer (last answer 20 s ago) (DEADTIME 15 s)", verdict.why());
    }

    @ParameterizedTest
    @EnumSource(Verdict.Rule.class)
    void everyRuleIsEitherCriticalOrOneOfThreeWaitingOnes(Verdict.Rule rule) {
        assertEquals(!List.of(HEALTHY, WAITING, SILENT).contains(rule), rule.critical());
    }

    @Test
    void oneOfTwoSuppliesMayDie() {
        var policy = P;
        var dead = Story.of(policy).reads("OB LB").ups;
        var alive = Story.of(policy).reads("OL").ups;
        assertFalse(supplies(dead, alive).shutdown());
        assertTrue(supplies(dead, dead).shutdown());
    }

    @Test
    void aUpsWithoutPowervalueNeverKeepsTheMachineUp() {
        var watchedOnly = Polled.after(
                        Watched.unseen("other@host", 0, false), new Reading.Status("OL"), Duration.ofSeconds(100), P)
                .ups();
        var dead = Story.of(P).reads("FSD OL").ups;
        assertTrue(supplies(dead, watchedOnly).shutdown());
    }

    @Test
    void shutdownIsSaidAsCSaysIt() {
        var supplies = supplies(Story.of(P).reads("OB LB").ups);
        assertTrue(supplies.said()
                .contains(new Happening.Line(
                        Happening.Level.WARNING, "Too few UPS(es) are healthy (0<1), initiating forced shutdown")));
    }

    private static Supplies supplies(Watched... all) {
        var verdicts = new ArrayList<Verdict>();
        for (var ups : all) {
            verdicts.add(Verdict.of(ups, Duration.ofSeconds(100), P));
        }
        return Supplies.of(verdicts, P);
    }

    @Test
    void aVerdictIsNewsOnceForEachRule() {
        var story = Story.of(with(Duration.ofSeconds(10), Optional.empty(), Optional.empty(), true));
        var none = Verdict.none(story.ups);
        var waiting = story.reads("OB LB").verdict();
        assertEquals(1, waiting.news(none).size());
        var still = story.after(5).reads("OB LB").verdict();
        assertEquals(List.of(), still.news(waiting));
        var critical = story.after(6).reads("OB LB").verdict();
        assertEquals(
                List.of(new Happening.Line(
                        Happening.Level.WARNING,
                        "UPS [ups@host] is critical: it is on battery and low (last answer 0 s ago) [OB_LB]")),
                critical.news(still));
        var healthy = story.after(1).reads("OL").verdict();
        assertEquals(
                List.of(new Happening.Line(Happening.Level.INFO, "UPS [ups@host] is no longer critical")),
                healthy.news(critical));
        assertEquals(List.of(), healthy.news(healthy));
    }

    @Test
    void whatAnswersIsNeverDeadHoweverRareThePollsAre() {
        assertFalse(Story.of(P).reads("OB").after(3600).verdict().critical());
    }

    private static Policy with(Duration oblb, Optional<Duration> off, Optional<Duration> over, boolean alarmcritical) {
        return new Policy(
                P.minsupplies(),
                P.pollfreq(),
                P.pollfreqalert(),
                P.deadtime(),
                P.hostsync(),
                P.finaldelay(),
                off,
                over,
                oblb,
                alarmcritical,
                P.rbwarntime(),
                P.nocommwarntime(),
                P.pollfailLogThrottleMax(),
                P.shutdownexit());
    }
}
