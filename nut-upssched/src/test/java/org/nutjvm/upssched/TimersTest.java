package org.nutjvm.upssched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimersTest {
    private static final Timer.Cause ONBATT = new Timer.Cause("ONBATT", "ups@a", "UPS ups@a on battery");
    private static final Timer.Cause OTHER = new Timer.Cause("ONBATT", "ups@b", "UPS ups@b on battery");

    private final Timers timers = new Timers();

    @Test
    void firesWhenDueAndOnce() {
        timers.start("warn", seconds(15), false, ONBATT, seconds(100));
        assertEquals(List.of(), timers.expire(seconds(114)));
        assertEquals("warn", timers.expire(seconds(115)).getFirst().name());
        assertTrue(timers.isEmpty());
    }

    @Test
    void severalFireInTheOrderTheyAreDue() {
        timers.start("late", seconds(9), false, ONBATT, seconds(0));
        timers.start("early", seconds(3), false, ONBATT, seconds(0));
        assertEquals(
                List.of("early", "late"),
                timers.expire(seconds(60)).stream().map(Timer::name).toList());
    }

    @Test
    void startingTwiceRunsTwo() {
        timers.start("warn", seconds(1), false, ONBATT, seconds(0));
        timers.start("warn", seconds(2), false, ONBATT, seconds(0));
        assertEquals(2, timers.expire(seconds(2)).size());
    }

    @Test
    void aSharedOneTakesInLaterCausesAndKeepsItsTime() {
        timers.start("warn", seconds(10), true, ONBATT, seconds(0));
        timers.start("warn", seconds(10), true, OTHER, seconds(5));
        timers.start("warn", seconds(10), true, OTHER, seconds(6));
        var fired = timers.expire(seconds(10)).getFirst();
        assertEquals(List.of("ONBATT"), fired.types());
        assertEquals(List.of("ups@a", "ups@b"), fired.upses());
        assertEquals(2, fired.messages().size());
        assertTrue(timers.isEmpty());
    }

    @Test
    void cancelTakesAllOfThatName() {
        timers.start("warn", seconds(1), false, ONBATT, seconds(0));
        timers.start("warn", seconds(2), false, OTHER, seconds(0));
        timers.start("down", seconds(2), false, OTHER, seconds(0));
        assertTrue(timers.cancel("warn", false, new Timer.Cause("ONLINE", "ups@a", "")));
        assertEquals("down", timers.all().getFirst().name());
        assertEquals(1, timers.all().size());
    }

    @Test
    void cancelMatchedTakesOnlyThoseOfTheSameUpsAndEvent() {
        timers.start("warn", seconds(1), false, ONBATT, seconds(0));
        timers.start("warn", seconds(2), false, OTHER, seconds(0));
        assertTrue(timers.cancel("warn", true, ONBATT));
        assertEquals(List.of("ups@b"), timers.all().getFirst().upses());
        assertFalse(timers.cancel("warn", true, new Timer.Cause("ONLINE", "ups@b", "")));
        assertTrue(timers.cancel("warn", true, new Timer.Cause("", "", "")));
    }

    @Test
    void cancelOfOneThatDoesNotRunIsFalse() {
        timers.start("warn", seconds(1), false, ONBATT, seconds(0));
        timers.expire(seconds(1));
        assertFalse(timers.cancel("warn", false, ONBATT));
    }

    @Test
    void tellsHowLongToSleep() {
        assertEquals(Optional.empty(), timers.untilNext(seconds(0)));
        timers.start("b", seconds(9), false, ONBATT, seconds(0));
        timers.start("a", seconds(4), false, ONBATT, seconds(0));
        assertEquals(Optional.of(seconds(3)), timers.untilNext(seconds(1)));
        assertEquals(Optional.of(Duration.ZERO), timers.untilNext(seconds(50)));
    }

    @Test
    void thereIsALimit() {
        for (int i = 0; i < Timers.LIMIT; i++) {
            assertTrue(timers.start("t" + i, seconds(1), false, ONBATT, seconds(0)));
        }
        assertFalse(timers.start("one more", seconds(1), false, ONBATT, seconds(0)));
        assertTrue(timers.start("t5", seconds(1), true, OTHER, seconds(0)), "joining one is no new timer");
    }

    private static Duration seconds(long n) {
        return Duration.ofSeconds(n);
    }
}
