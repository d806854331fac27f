package org.nutjvm.upsmon.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolledTest {
    private static final Policy P = Policy.DEFAULT;

    @Test
    void firstAnswerOnLineIsNoNews() {
        assertEquals(List.of(), Story.of(P).reads("OL CHRG").notices);
    }

    @Test
    void firstAnswerOnBatteryIsNews() {
        assertEquals(List.of("ONBATT"), Story.of(P).reads("OB DISCHRG").notices);
    }

    @Test
    void aStateIsToldOfOnce() {
        var story = Story.of(P)
                .reads("OL")
                .reads("OB")
                .reads("OB")
                .reads("OB LB")
                .reads("OB LB")
                .reads("OL");
        assertEquals(List.of("ONBATT", "LOWBATT", "ONLINE"), story.notices);
    }

    @Test
    void lowBatteryIsToldOfAgainAfterItEnded() {
        assertEquals(
                List.of("LOWBATT", "LOWBATT"),
                Story.of(P).reads("OL LB").reads("OL").reads("OL LB").notices);
    }

    @ParameterizedTest
    @CsvSource({
        "CAL, CAL, NOTCAL",
        "OFF, OFF, NOTOFF",
        "BYPASS, BYPASS, NOTBYPASS",
        "OVER, OVER, NOTOVER",
        "TRIM, TRIM, NOTTRIM",
        "BOOST, BOOST, NOTBOOST",
        "ECO, ECO, NOTECO"
    })
    void comingAndGoingIsToldOf(String word, String came, String went) {
        var story =
                Story.of(P).reads("OL").reads("OL " + word).reads("OL " + word).reads("OL");
        assertEquals(List.of(came, went), story.notices);
    }

    @Test
    void endsAreToldOfBeforeBeginnings() {
        assertEquals(
                List.of("CAL", "NOTCAL", "ONBATT"), Story.of(P).reads("OL CAL").reads("OB").notices);
    }

    @Test
    void alarmIsToldOfWithItsTextAndAgainWhenThatChanges() {
        var story = Story.of(P)
                .readsAlarm("OL ALARM", "Fan failure")
                .readsAlarm("OL ALARM", "Fan failure")
                .readsAlarm("OL ALARM", "Fan failure, hot")
                .reads("OL");
        assertEquals(List.of("ALARM Fan failure", "ALARM Fan failure, hot", "NOTALARM"), story.notices);
    }

    @Test
    void alarmWithoutTextIsToldOf() {
        assertEquals(List.of("ALARM n/a"), Story.of(P).reads("ALARM OL").notices);
    }

    @Test
    void anEcoBuzzwordIsEco() {
        var eco = new Reading.Status("OL", Optional.of("vendor:mge:ECO"), Optional.empty());
        var other = new Reading.Status("OL", Optional.of("vendor:mge:normal"), Optional.empty());
        assertEquals(List.of("ECO", "NOTECO"), Story.of(P).take(eco).take(eco).take(other).notices);
    }

    @Test
    void replbattIsRepeatedEveryRbwarntime() {
        var story =
                Story.of(P).reads("OL RB").after(43200).reads("OL RB").after(1).reads("OL RB");
        assertEquals(List.of("REPLBATT", "REPLBATT"), story.notices);
    }

    @Test
    void unknownWordsAreToldOfWhenTheSetChanges() {
        var story =
                Story.of(P).reads("OL XYZ").reads("XYZ OL").reads("OL XYZ ABC").reads("OL");
        assertEquals(List.of("OTHER XYZ", "OTHER XYZ ABC", "NOTOTHER"), story.notices);
    }

    @Test
    void knownWordsNothingFollowsFromAreSilent() {
        assertEquals(List.of(), Story.of(P).reads("WAIT").reads("OL HB CHRG").reads("OL DISCHRG").notices);
    }

    @Test
    void fsdIsToldOfOnceUntilItWasGone() {
        var story = Story.of(P).reads("FSD OL").reads("FSD OL").reads("OL").reads("FSD OL");
        assertEquals(List.of("FSD", "FSD"), story.notices);
    }

    @Test
    void wordsAreReadInAnyCase() {
        assertTrue(Story.of(P).reads("ob lb").ups.was(Flag.LOWBATT));
    }

    @Test
    void neitherOnLineNorOnBatteryKeepsTheLastKnown() {
        assertTrue(Story.of(P).reads("OB").reads("BYPASS").ups.was(Flag.ONBATT));
    }

    @Test
    void commbadAtOnceCommokWhenItReturns() {
        assertEquals(
                List.of("COMMBAD", "COMMOK"),
                Story.of(P).reads("OL").silent().silent().reads("OL").notices);
    }

    @Test
    void aUpsThatNeverAnsweredIsNocommAtTheSecondPoll() {
        assertEquals(
                List.of("COMMBAD", "NOCOMM"),
                Story.of(P).silent().after(5).silent().after(5).silent().notices);
    }

    @Test
    void nocommComesAfterNocommwarntimeAndAgain() {
        var story = Story.of(P).reads("OL").after(5).silent().after(294).silent();
        assertEquals(List.of("COMMBAD"), story.notices);
        story.after(1).silent().after(300).silent().after(1).silent();
        assertEquals(List.of("COMMBAD", "NOCOMM", "NOCOMM"), story.notices);
    }

    @Test
    void anEmptyStatusIsSilence() {
        assertEquals(List.of("COMMBAD"), Story.of(P).reads("OL").reads(" ").notices);
    }

    @Test
    void silenceKeepsWhatWasKnown() {
        var ups = Story.of(P).reads("OB LB").silent().ups;
        assertTrue(ups.was(Flag.ONBATT) && ups.was(Flag.LOWBATT));
    }

    @Test
    void secondsOfOffAreCountedFromItsBeginning() {
        var story = Story.of(P).reads("OL").after(7).reads("OFF").after(9).reads("OFF");
        assertEquals(Optional.of(Duration.ofSeconds(107)), story.ups.offSince());
        assertEquals(Optional.empty(), story.reads("OL").ups.offSince());
    }

    @ParameterizedTest
    @CsvSource({"-1, 6", "0, 1", "1, 6", "2, 3", "3, 2", "6, 1"})
    void failuresAreLoggedAsOftenAsAskedFor(int max, int logged) {
        var policy = throttled(max);
        var ups = Polled.after(Watched.unseen("u@h", 1, false), new Reading.Status("OL"), Duration.ZERO, policy)
                .ups();
        int lines = 0;
        for (int i = 0; i < 6; i++) {
            var polled = Polled.after(ups, new Reading.Silence("Data stale"), Duration.ofSeconds(i), policy);
            lines += (int) polled.said().stream()
                    .filter(s ->
                            s.equals(new Happening.Line(Happening.Level.ERROR, "Poll UPS [u@h] failed - Data stale")))
                    .count();
            ups = polled.ups();
        }
        assertEquals(logged, lines);
    }

    @Test
    void anotherReasonIsLoggedThoughThrottled() {
        var policy = throttled(0);
        var ups = Polled.after(
                        Watched.unseen("u@h", 1, false), new Reading.Silence("Data stale"), Duration.ZERO, policy)
                .ups();
        var polled = Polled.after(ups, new Reading.Silence("Unknown UPS"), Duration.ZERO, policy);
        assertTrue(polled.said()
                .contains(new Happening.Line(Happening.Level.ERROR, "Poll UPS [u@h] failed - Unknown UPS")));
    }

    @Test
    void afterASleepNothingIsConcludedFromTheGap() {
        var story = Story.of(P).reads("OB LB").silent();
        story.after(3600).ups = story.ups.woken(story.now);
        assertFalse(story.verdict().critical());
    }

    private static Policy throttled(int max) {
        return new Policy(
                P.minsupplies(),
                P.pollfreq(),
                P.pollfreqalert(),
                P.deadtime(),
                P.hostsync(),
                P.finaldelay(),
                P.offduration(),
                P.overduration(),
                P.oblbduration(),
                P.alarmcritical(),
                P.rbwarntime(),
                P.nocommwarntime(),
                max,
                P.shutdownexit());
    }
}
