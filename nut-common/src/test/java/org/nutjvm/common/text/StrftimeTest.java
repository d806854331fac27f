package org.nutjvm.common.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrftimeTest {
    private static final String ZONE = "America/New_York";

    /// All letters, with flags where they make sense; one field a line.
    private static final String ALL = """
            %a %A %b %B %h %p %P
            %Y %C %y %G %g %m %d %e %j %u %w %U %V %W
            %H %I %k %l %M %S %s
            %D %F %T %R %r %c %x %X
            %z %Z %% [%n] [%t]
            %_d %-d %-m %_H %0e %^a %^B %-I %_j %-j %-y
            %Ey %Od %EY plain text""";

    private static String ours(long epochSecond, String format) {
        var text = new StringBuilder();
        Strftime.append(text, format, Instant.ofEpochSecond(epochSecond).atZone(ZoneId.of(ZONE)));
        return text.toString();
    }

    /// Midnights, noons, year's ends, leap days, week 53, summer time.
    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                86399,
                951782400,
                951868799,
                1104537600,
                1230768000,
                1262304000,
                1483228799,
                1483246800,
                1583020800,
                1604206800,
                1609459199,
                1615705200,
                1663819237,
                1704085200,
                1735689599,
                1782907200,
                4102444800L
            })
    void agreesWithTheSystemsDate(long epochSecond) throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/share/zoneinfo/" + ZONE)), "no time zones here: apt-get install tzdata");
        var builder = new ProcessBuilder("date", "-d", "@" + epochSecond, "+" + ALL);
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", ZONE);
        var date = builder.redirectErrorStream(true).start();
        String theirs = new String(date.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(date.waitFor(10, TimeUnit.SECONDS));
        // date(1) differs from strftime(3) here: its %r and %x are the same in the C locale
        assertEquals(theirs, ours(epochSecond, ALL) + "\n");
    }

    @Test
    void whatMeansNothingStays() {
        assertEquals("%Q %! 50% %", ours(0, "%Q %! 50% %"));
        assertEquals("", ours(0, ""));
        assertEquals("%-", ours(0, "%-"));
    }
}
