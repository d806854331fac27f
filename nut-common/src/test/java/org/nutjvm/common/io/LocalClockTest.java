package org.nutjvm.common.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalClockTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "CET-1CEST,M3.5.0,M10.5.0/3 2026-07-01T14:00+02:00 CEST",
                ":EST5 2026-07-01T07:00-05:00 EST",
                "No/Such 2026-07-01T12:00Z UTC",
                "../../etc/passwd 2026-07-01T12:00Z UTC",
                "`` 2026-07-01T12:00Z UTC"
            })
    void whatTheEnvironmentSays(String zone, String time, String name) {
        var clock = new LocalClock(Map.of("TZ", zone, "TZDIR", directory.toString()));
        ZonedDateTime at = clock.at(Instant.parse("2026-07-01T12:00:00Z"));
        assertEquals(time, at.toString());
        assertEquals(name, clock.zone(at));
    }
}
