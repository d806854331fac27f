package org.nutjvm.tools.upslog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.common.io.SdNotify;
import org.nutjvm.common.log.PlainLog;

/// The rounds, in time that passes as fast as it is looked at.
class RoundsTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path dir;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PlainLog log =
            PlainLog.onStderr("upslog", Map.of(), new PrintStream(said, true, StandardCharsets.UTF_8), 0);

    /// Seconds since the start, and what happens when.
    private static final class Simulated implements Pace {
        private final TreeMap<Long, Event> events = new TreeMap<>();
        private long nanos;

        Simulated at(double second, Event event) {
            events.put((long) (second * 1e9), event);
            return this;
        }

        double seconds() {
            return nanos / 1e9;
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public ZonedDateTime wall() {
            return START.plusNanos(nanos).atZone(ZoneOffset.UTC);
        }

        @Override
        public @Nullable Event await(long untilNanos) {
            var next = events.isEmpty() ? null : events.firstEntry();
            if (next != null && next.getKey() <= untilNanos) {
                nanos = Math.max(nanos, next.getKey());
                events.remove(next.getKey());
                return next.getValue();
            }
            nanos = Math.max(nanos, untilNanos);
            return null;
        }
    }

    private static Readings readings(Pace pace, LongFunction<Map<String, String>> values) {
        return new Readings() {
            @Override
            public void ask() {}

            @Override
            public Map<String, String> answer(Duration limit) {
                return values.apply(pace.nanos() / 1_000_000_000);
            }

            @Override
            public void close() {}
        };
    }

    private Target file(String name) throws IOException {
        var target = new Target(dir.resolve(name).toString(), OutputStream.nullOutputStream(), log);
        target.open();
        return target;
    }

    private void run(Pace pace, int interval, long most, String format, Rounds.Logged... logged) throws Exception {
        new Rounds(
                        List.of(logged),
                        LogFormat.of(format),
                        Duration.ofSeconds(interval),
                        most,
                        "here",
                        pace,
                        log,
                        SdNotify.of(Map.of(), _ -> {}, _ -> {}))
                .run();
        for (var one : logged) {
            one.target().close();
        }
    }

    /// Mains power fails after ten minutes and is back after fifty: a battery runs down, and charges again.
    private static Map<String, String> outage(long second) {
        boolean onBattery = second >= 600 && second < 3000;
        double charge = second < 600 ? 100 : onBattery ? 100 - (second - 600) / 30.0 : 20 + (second - 3000) / 60.0;
        var values = new HashMap<String, String>();
        values.put("ups.status", onBattery ? charge < 30 ? "OB LB" : "OB DISCHRG" : "OL");
        values.put("battery.charge", String.format("%.1f", charge));
        values.put("input.voltage", onBattery ? "0.0" : "230.1");
        return values;
    }

    @Test
    void anHourOfOutageAtOneSecond() throws Exception {
        var pace = new Simulated();
        run(
                pace.at(3600, Pace.Event.EXIT),
                1,
                0,
                "%TIME @H:@M:@S% %ETIME% %VAR battery.charge% %VAR input.voltage% %VAR ups.status%",
                new Rounds.Logged("ups@x", readings(pace, RoundsTest::outage), file("log")));
        var lines = Files.readAllLines(dir.resolve("log"));
        assertEquals(3600, lines.size());
        for (int second = 0; second < 3600; second++) {
            var values = outage(second);
            assertEquals(
                    START.plusSeconds(second).toString().substring(11, 19) + " "
                            + (START.getEpochSecond() + second) + " " + values.get("battery.charge") + " "
                            + values.get("input.voltage") + " " + values.get("ups.status"),
                    lines.get(second));
        }
        assertTrue(lines.get(599).endsWith("100.0 230.1 OL"));
        assertTrue(lines.get(600).endsWith("100.0 0.0 OB DISCHRG"));
        assertTrue(lines.get(2999).endsWith("20.0 0.0 OB LB"));
        assertTrue(lines.get(3000).endsWith("20.0 230.1 OL"));
    }

    private List<String> secondsLogged(Simulated pace, int interval, long most) throws Exception {
        run(
                pace,
                interval,
                most,
                "%VAR at.second%",
                new Rounds.Logged(
                        "u", readings(pace, _ -> Map.of("at.second", Double.toString(pace.seconds()))), file("log")));
        return Files.readAllLines(dir.resolve("log"));
    }

    /// The user's wish: what the values are when an event happens, "independently of the regular log interval".
    @Test
    void aLineNowChangesNothingOfTheOthers() throws Exception {
        var pace = new Simulated()
                .at(70, Pace.Event.LOG_NOW)
                .at(70.5, Pace.Event.LOG_NOW)
                .at(200, Pace.Event.EXIT);
        assertEquals(List.of("0.0", "60.0", "70.0", "70.5", "120.0", "180.0"), secondsLogged(pace, 60, 0));
    }

    @Test
    void enoughRounds() throws Exception {
        assertEquals(List.of("0.0", "30.0", "40.0"), secondsLogged(new Simulated().at(40, Pace.Event.LOG_NOW), 30, 3));
        assertTrue(said.toString(StandardCharsets.UTF_8).contains("3 loops have elapsed"));
    }

    @Test
    void lostTimeIsNotMadeUpFor() throws Exception {
        var pace = new Simulated().at(100, Pace.Event.EXIT);
        var seen = new ArrayList<String>();
        run(
                pace,
                10,
                0,
                "x",
                new Rounds.Logged(
                        "u",
                        readings(pace, second -> {
                            seen.add(Double.toString(pace.seconds()));
                            pace.nanos += second == 20 ? TimeUnit.SECONDS.toNanos(35) : 0; // the machine slept
                            return Map.of();
                        }),
                        file("log")));
        assertEquals(List.of("0.0", "10.0", "20.0", "55.0", "60.0", "70.0", "80.0", "90.0"), seen);
    }

    @Test
    void filesAreOpenedAnewOnDemand() throws Exception {
        var pace = new Simulated().at(15, Pace.Event.REOPEN).at(35, Pace.Event.EXIT);
        run(
                pace,
                10,
                0,
                "%VAR at.second%",
                new Rounds.Logged(
                        "u",
                        readings(pace, second -> {
                            if (second == 10) {
                                assertTrue(dir.resolve("log")
                                        .toFile()
                                        .renameTo(dir.resolve("log.1").toFile()));
                            }
                            return Map.of("at.second", Long.toString(second));
                        }),
                        file("log")));
        assertEquals(List.of("0", "10"), Files.readAllLines(dir.resolve("log.1")));
        assertEquals(List.of("20", "30"), Files.readAllLines(dir.resolve("log")));
        assertTrue(said.toString(StandardCharsets.UTF_8).startsWith("Signal 1: reopening log file"));
    }

    @Test
    void aFullDiskCostsLinesAndNothingElse() throws Exception {
        var full = new Target("/dev/full", OutputStream.nullOutputStream(), log);
        full.open();
        var pace = new Simulated().at(7300, Pace.Event.EXIT);
        run(
                pace,
                1,
                0,
                "x",
                new Rounds.Logged("a", readings(pace, _ -> Map.of()), full),
                new Rounds.Logged("b", readings(pace, _ -> Map.of()), file("log")));
        assertEquals(7300, Files.readAllLines(dir.resolve("log")).size());
        assertEquals("""
                Can't write to /dev/full: No space left on device; lines lost so far: 1, trying again with each line
                Can't write to /dev/full: No space left on device; lines lost so far: 3601, trying again with each line
                Can't write to /dev/full: No space left on device; lines lost so far: 7201, trying again with each line
                Signal 15: exiting
                """, said.toString(StandardCharsets.UTF_8));
    }

    /// A disk with room for half a line.
    @Test
    void whatWasTornIsEnded() {
        var took = new ByteArrayOutputStream();
        boolean[] fails = {false};
        var target = new Target(
                "-",
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        if (fails[0]) {
                            throw new IOException("No space left on device");
                        }
                        took.write(b);
                    }
                },
                log);
        target.write("one", 0);
        fails[0] = true;
        target.write("two", 0);
        fails[0] = false;
        target.write("three", 0);
        assertEquals("one\nthree\n", took.toString(StandardCharsets.UTF_8));
        assertTrue(said.toString(StandardCharsets.UTF_8).endsWith("Writing to stdout works again; lines lost: 1\n"));
    }

    @Test
    void aFileThatCannotBeOpenedAnewIsUsedOn() throws Exception {
        Path logs = Files.createDirectory(dir.resolve("logs"));
        var target = new Target(logs.resolve("log").toString(), OutputStream.nullOutputStream(), log);
        target.open();
        target.write("one", 0);
        Path moved = Files.move(logs, dir.resolve("moved"));
        target.reopen();
        target.write("two", 0);
        Files.createDirectory(logs);
        target.write("three", 0);
        target.close();
        assertEquals(List.of("one", "two"), Files.readAllLines(moved.resolve("log")));
        assertEquals(List.of("three"), Files.readAllLines(logs.resolve("log")));
        assertTrue(said.toString(StandardCharsets.UTF_8).contains("could not reopen logfile"));
    }
}
