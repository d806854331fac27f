package org.nutjvm.upssched;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private final Timers timers = new Timers();

    @Test
    void noTimersNoRows() {
        assertEquals("BEGIN LIST TIMERS\nEND LIST TIMERS\n", Table.of(List.of(), Duration.ZERO, 1000));
    }

    @Test
    void aRowHasNameTimesAndCauses() {
        timers.start("warn", Duration.ofSeconds(15), false, new Timer.Cause("ONBATT", "a", "on battery"), seconds(100));
        timers.start("warn", Duration.ofSeconds(60), true, new Timer.Cause("LOWBATT", "b", "low"), seconds(101));
        timers.start("bare", Duration.ofSeconds(1), false, new Timer.Cause("", "", ""), seconds(101));
        assertEquals("""
                BEGIN LIST TIMERS
                warn\t1013\t13\tONBATT,LOWBATT\ta,b\ton battery.\tlow
                bare\t1000\t0\t""\t""\t""
                END LIST TIMERS
                """, Table.of(timers.all(), seconds(102), 1000));
    }

    @Test
    void whatIsLeftIsRoundedUp() {
        timers.start("warn", Duration.ofSeconds(15), false, new Timer.Cause("", "", ""), Duration.ZERO);
        assertEquals(
                "warn\t1015\t15\t\"\"\t\"\"\t\"\"",
                Table.of(timers.all(), Duration.ofMillis(3), 1000)
                        .lines()
                        .toList()
                        .get(1));
    }

    private static Duration seconds(long n) {
        return Duration.ofSeconds(n);
    }
}
