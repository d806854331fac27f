package org.nutjvm.common.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneFileTest {
    private static final Path ZONES = Path.of("/usr/share/zoneinfo");

    private static long seconds(String moment) {
        return Instant.parse(moment).getEpochSecond();
    }

    private static @Nullable Integer offset(@Nullable ZonePart part) {
        return part == null ? null : part.offsetSeconds();
    }

    /// The system's data may be of another year than Java's: these have not changed for long.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Europe/Berlin",
                "America/New_York",
                "Asia/Kolkata",
                "Australia/Lord_Howe",
                "Australia/Sydney",
                "UTC"
            })
    void theSystemsZonesAreJavas(String zone) throws IOException {
        Path file = ZONES.resolve(zone);
        assumeTrue(Files.isReadable(file), "no time zones here: apt-get install tzdata");
        byte[] bytes = Files.readAllBytes(file);
        ZoneRules rules = ZoneId.of(zone).getRules();
        var random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            long at = seconds("1990-01-01T00:00:00Z") + random.nextLong(seconds("2090-01-01T00:00:00Z") / 2);
            assertEquals(
                    rules.getOffset(Instant.ofEpochSecond(at)).getTotalSeconds(),
                    offset(ZoneFile.at(bytes, at)),
                    () -> zone + " at " + Instant.ofEpochSecond(at));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "CET-1CEST,M3.5.0,M10.5.0/3 Europe/Berlin",
                "EST5EDT,M3.2.0,M11.1.0 America/New_York",
                "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0 Australia/Lord_Howe",
                "AEST-10AEDT,M10.1.0,M4.1.0/3 Australia/Sydney",
                "IST-5:30 Asia/Kolkata",
                "PST8PDT America/Los_Angeles",
                "<-02>2<-01>,M3.5.0/-1,M10.5.0/0 America/Nuuk"
            })
    void rulesHoldForever(String rule, String zone) {
        ZoneRules rules = ZoneId.of(zone).getRules();
        var random = new Random(6);
        for (int i = 0; i < 5000; i++) {
            long at = seconds("2030-01-01T00:00:00Z") + random.nextLong(60L * 365 * 86_400);
            assertEquals(
                    rules.getOffset(Instant.ofEpochSecond(at)).getTotalSeconds(),
                    offset(ZoneFile.atPosix(rule, at)),
                    () -> zone + " at " + Instant.ofEpochSecond(at));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "CET-1CEST,M3.5.0,M10.5.0/3 2026-03-29T00:59:59Z CET 3600",
                "CET-1CEST,M3.5.0,M10.5.0/3 2026-03-29T01:00:00Z CEST 7200",
                "CET-1CEST,M3.5.0,M10.5.0/3 2026-10-25T00:59:59Z CEST 7200",
                "CET-1CEST,M3.5.0,M10.5.0/3 2026-10-25T01:00:00Z CET 3600",
                "ABC3DEF,J60,J300 2024-03-01T05:00:00Z DEF -7200",
                "ABC3DEF,J60,J300 2024-02-29T23:00:00Z ABC -10800",
                "ABC3DEF,59,299 2024-02-29T05:00:00Z DEF -7200",
                "<-03>3 2026-01-01T00:00:00Z -03 -10800",
                "UTC0 2026-01-01T00:00:00Z UTC 0"
            })
    void changesToTheSecond(String rule, String moment, String name, int offset) {
        assertEquals(new ZonePart(offset, name), ZoneFile.atPosix(rule, seconds(moment)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "CET",
                "-1",
                "CET-1CEST,M3.5.0",
                "CET-1CEST,M13.5.0,M10.5.0",
                "CET-1CEST,M3.6.0,M10.5.0",
                "CET-1CEST,M3.5.7,M10.5.0",
                "CET-25",
                "<CET-1",
                "CET-1CEST,M3.5.0,M10.5.0x",
                "CET-1CEST,J0,J5",
                "CET-1CEST,366,5",
                "Europe/Berlin"
            })
    void whatIsNoRuleIsNone(String rule) {
        assertNull(ZoneFile.atPosix(rule, 0));
    }

    /// A file with one change, at 1000, and a rule for what comes after.
    private static byte[] file(String rule) {
        var file = ByteBuffer.allocate(200);
        for (int width : new int[] {4, 8}) {
            file.put("TZif2".getBytes(StandardCharsets.US_ASCII)).put(new byte[15]);
            file.putInt(0).putInt(0).putInt(0).putInt(1).putInt(2).putInt(8);
            if (width == 8) {
                file.putLong(1000);
            } else {
                file.putInt(1000);
            }
            file.put((byte) 1);
            file.putInt(600)
                    .put((byte) 0)
                    .put((byte) 0)
                    .putInt(3600)
                    .put((byte) 0)
                    .put((byte) 4);
            file.put("LMT\0CET\0".getBytes(StandardCharsets.US_ASCII));
        }
        file.put(("\n" + rule + "\n").getBytes(StandardCharsets.US_ASCII));
        return Arrays.copyOf(file.array(), file.position());
    }

    @Test
    void beforeAndAfterTheChanges() {
        assertEquals(new ZonePart(600, "LMT"), ZoneFile.at(file(""), 999));
        assertEquals(new ZonePart(3600, "CET"), ZoneFile.at(file(""), 1000));
        assertEquals(new ZonePart(-7200, "XYZ"), ZoneFile.at(file("XYZ2"), 1000));
        assertEquals(new ZonePart(600, "LMT"), ZoneFile.at(file("XYZ2"), 999));
    }

    @Test
    void whatIsDamagedIsNoZone() {
        byte[] whole = file("XYZ2");
        for (int length = 0; length < 138; length++) {
            assertNull(ZoneFile.at(Arrays.copyOf(whole, length), 999), "cut to " + length);
        }
        var random = new Random(8);
        for (int i = 0; i < 5000; i++) { // no exception, whatever comes of it
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            ZoneFile.at(damaged, random.nextInt(2000));
        }
    }
}
