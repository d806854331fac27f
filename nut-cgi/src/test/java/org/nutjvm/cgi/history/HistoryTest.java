package org.nutjvm.cgi.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nutjvm.cgi.history.History.Limits;
import org.nutjvm.cgi.ups.UpsSample;
import org.nutjvm.cgi.ups.UpsSample.Flag;

class HistoryTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(START, ZoneOffset.UTC);
    private static final Limits SMALL = new Limits(Duration.ofMinutes(1), Duration.ofHours(1), 5, 3);
    private static final double NONE = Double.NaN;

    @TempDir
    Path directory;

    private static UpsSample sample(String ups, Instant at, String status, double charge) {
        return new UpsSample(ups, at, UpsSample.flags(status), charge, 20, 229.5, 231.5, 230, 13.62, 1800, -4.5, NONE);
    }

    private static Instant minute(int minute) {
        return START.plusSeconds(60L * minute);
    }

    private History open() throws IOException {
        return History.open(directory, SMALL, CLOCK);
    }

    private static List<Integer> minutes(List<UpsSample> samples) {
        var minutes = new ArrayList<Integer>();
        for (UpsSample sample : samples) {
            minutes.add((int) Duration.between(START, sample.at()).toMinutes());
        }
        return minutes;
    }

    private static List<Integer> charges(List<UpsSample> samples) {
        var charges = new ArrayList<Integer>();
        for (UpsSample sample : samples) {
            charges.add((int) sample.charge());
        }
        return charges;
    }

    private Path ring(String ups) {
        return directory.resolve(History.fileName(ups));
    }

    @Test
    void aSampleComesBackAsItWasAfterARestart() throws IOException {
        try (History history = open()) {
            history.append(sample("ups@pi", START, "OB DISCHRG LB", 43.4));
        }
        try (History history = open()) {
            assertEquals(
                    List.of(sample("ups@pi", START, "OB DISCHRG LB", 43.4)), history.range("ups@pi", START, START));
            assertEquals(List.of(), history.range("other@pi", START, START));
            assertEquals(List.of(), history.range("ups@pi", minute(1), minute(2)));
            assertNull(history.trouble());
        }
    }

    @Test
    void aMinuteKeepsEveryWordAndTheExtremesOfTheMains() throws IOException {
        try (History history = open()) {
            history.append(new UpsSample("u", START, Flag.OL.bit(), 100, 10, 230, 230, 230, 13, 900, 20, 50));
            history.append(
                    new UpsSample("u", minute(0).plusSeconds(20), Flag.OB.bit(), 99, 40, 0, 0, 229, 12, 800, 21, 0));
            history.append(new UpsSample(
                    "u", minute(0).plusSeconds(59), Flag.OL.bit(), 98, NONE, 236, 236, 231, 13, 850, 22, 50));
            UpsSample all = history.range("u", START, START).getFirst();
            assertEquals(
                    new UpsSample("u", START, Flag.OL.bit() | Flag.OB.bit(), 98, 25, 0, 236, 231, 13, 850, 22, 50),
                    all);
        }
    }

    @Test
    void theOldestMakesRoom() throws IOException {
        try (History history = open()) {
            for (int i = 0; i < 150; i++) {
                history.append(sample("u", minute(i), "OL", i % 100));
            }
            List<UpsSample> all = history.range("u", START, minute(200));
            assertEquals(149, minutes(all).getLast());
            assertTrue(all.size() >= 60 && all.size() <= 66, "samples: " + all.size()); // those not yet written besides
            assertEquals(List.of(95, 96, 97), minutes(history.range("u", minute(95), minute(97))));
        }
        assertEquals(60 * Slot.SIZE, Files.size(ring("u")));
    }

    @Test
    void writesAreGathered() throws IOException {
        try (History history = open()) {
            history.append(sample("u", START, "OL", 100));
            history.append(sample("u", minute(1), "OL", 99));
            assertFalse(Files.exists(ring("u")), "nothing is written before there is a batch");
            for (int i = 2; i < 7; i++) {
                history.append(sample("u", minute(i), "OL", 100 - i));
            }
            assertEquals(new History.Written(2, 60 * Slot.SIZE + 5 * Slot.SIZE, 1 + 1), history.written());
            assertEquals(List.of(100, 99, 98, 97, 96, 95, 94), charges(history.range("u", START, minute(9))));
        }
    }

    @Test
    void anOutageIsWrittenAsItGoes() throws IOException {
        try (History history = open()) {
            history.append(sample("u", START, "OL", 100));
            history.append(sample("u", minute(1), "OB DISCHRG", 90));
            history.append(sample("u", minute(2), "OB DISCHRG", 80));
            assertEquals(List.of(100, 90), onDisk("u"));
            history.append(sample("u", minute(2).plusSeconds(5), "OB LB DISCHRG", 10));
            assertEquals(List.of(100, 90, 10), onDisk("u"), "power may be gone at any moment now");
            history.append(sample("u", minute(2).plusSeconds(10), "OB LB DISCHRG", 9));
            assertEquals(List.of(100, 90, 10), onDisk("u"), "once is enough");
        }
    }

    private List<Integer> onDisk(String ups) throws IOException {
        var found = new TreeMap<Long, UpsSample>();
        new Ring(ups, ring(ups), SMALL.slots(), 60).read(0, Long.MAX_VALUE, found);
        return charges(new ArrayList<>(found.values()));
    }

    /// The figures that the class' description gives.
    @Test
    void aDayCostsWhatIsSaid() throws IOException {
        try (History history = History.open(directory, Limits.USUAL, CLOCK)) {
            for (int i = 0; i < 60 * 12; i++) { // make the file, and begin somewhere in it
                history.append(sample("u", minute(i), "OL CHRG", 100));
            }
            History.Written before = history.written();
            for (int i = 0; i < 24 * 60 * 12; i++) { // as it is polled, every five seconds
                history.append(sample("u", minute(60 * 12).plusSeconds(i * 5L), "OL CHRG", 100));
            }
            History.Written after = history.written();
            assertEquals(96, after.calls() - before.calls());
            assertEquals(46_080, after.bytes() - before.bytes());
            long pages = after.pages() - before.pages();
            assertTrue(pages >= 96 && pages <= 110, "pages: " + pages);
        }
        assertEquals(368_640, Files.size(ring("u")));
    }

    @Test
    void aWeekIsThereTheNextDay() throws IOException {
        try (History history = History.open(directory, Limits.USUAL, CLOCK)) {
            for (int i = 0; i < 9 * 1440; i++) {
                history.append(sample("u", minute(i), "OL", i % 101));
            }
        }
        try (History history = History.open(directory, Limits.USUAL, CLOCK)) {
            List<UpsSample> week = history.range("u", minute(2 * 1440), minute(9 * 1440 - 1));
            assertEquals(7 * 1440, week.size());
            assertEquals(2 * 1440, minutes(week).getFirst());
            assertEquals(2 * 1440 % 101, charges(week).getFirst());
        }
    }

    /// Power goes in the middle of a write, or a card forgets: whatever is damaged is left out, and nothing else.
    @Test
    void damageCostsOnlyWhatIsDamaged() throws IOException {
        try (History history = open()) {
            for (int i = 0; i < 60; i++) {
                history.append(sample("u", minute(i), "OL", i));
            }
        }
        byte[] whole = Files.readAllBytes(ring("u"));
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            byte[] damaged = whole.clone();
            int from = random.nextInt(damaged.length);
            int to = Math.min(damaged.length, from + 1 + random.nextInt(100));
            for (int i = from; i < to; i++) {
                damaged[i] ^= (byte) (1 + random.nextInt(255));
            }
            Files.write(ring("u"), damaged);
            try (History history = open()) {
                List<UpsSample> found = history.range("u", START, minute(59));
                int lost = (to - 1) / Slot.SIZE - from / Slot.SIZE + 1;
                assertEquals(60 - lost, found.size(), "damaged from " + from + " to " + to);
                for (UpsSample sample : found) {
                    assertEquals(
                            sample(
                                    "u",
                                    sample.at(),
                                    "OL",
                                    minutes(List.of(sample)).getFirst()),
                            sample);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "31", "33", "1000", "1919", "100000"})
    void aFileOfAnotherSizeIsLaidOutAnew(int length) throws IOException {
        try (History history = open()) {
            for (int i = 0; i < 20; i++) {
                history.append(sample("u", minute(i), "OL", i));
            }
        }
        Files.write(ring("u"), Arrays.copyOf(Files.readAllBytes(ring("u")), length));
        int slotsLeft = Math.min(20, length / Slot.SIZE);
        try (History history = open()) {
            assertEquals(slotsLeft, history.range("u", START, minute(59)).size());
            history.append(sample("u", minute(30), "OL", 30));
            history.flush();
            assertEquals(slotsLeft + 1, history.range("u", START, minute(59)).size());
        }
        assertEquals(60 * Slot.SIZE, Files.size(ring("u")));
    }

    @Test
    void moreRoomTakesOverWhatThereWas() throws IOException {
        try (History history = open()) {
            for (int i = 0; i < 70; i++) {
                history.append(sample("u", minute(i), "OL", i));
            }
        }
        var larger = new Limits(Duration.ofMinutes(1), Duration.ofHours(2), 5, 3);
        try (History history = History.open(directory, larger, CLOCK)) {
            for (int i = 70; i < 120; i++) {
                history.append(sample("u", minute(i), "OL", i % 100));
            }
            assertEquals(110, history.range("u", START, minute(119)).size());
        }
    }

    @Test
    void nothingIsLostWhileTheDiskIsAway() throws IOException {
        try (History history = open()) {
            Files.createDirectory(ring("u")); // in the way, as a full disk would be
            for (int i = 0; i < 30; i++) {
                history.append(sample("u", minute(i), i == 12 ? "OB" : "OL", i));
            }
            assertTrue(history.trouble() != null && history.trouble().contains("cannot be written"), history.trouble());
            assertEquals(30, history.range("u", START, minute(59)).size());
            Files.delete(ring("u"));
            for (int i = 30; i < 40; i++) {
                history.append(sample("u", minute(i), "OL", i));
            }
            assertNull(history.trouble());
            assertTrue(onDisk("u").size() >= 35, "written later: " + onDisk("u").size());
        }
    }

    @Test
    void withoutADiskMemoryIsBounded() throws IOException {
        try (History history = open()) {
            Files.createDirectory(ring("u"));
            for (int i = 0; i < 500; i++) {
                history.append(sample("u", minute(i), "OB", i % 100));
            }
            assertEquals(61, history.range("u", START, minute(500)).size());
        }
    }

    @Test
    void aClockThatGoesBackOverwritesWhatItSaysAgain() throws IOException {
        try (History history = open()) {
            for (int i = 0; i < 10; i++) {
                history.append(sample("u", minute(i), "OL", i));
            }
            for (int i = 5; i < 7; i++) {
                history.append(sample("u", minute(i), "OL", 50 + i));
            }
            assertEquals(List.of(0, 1, 2, 3, 4, 55, 56, 7, 8, 9), charges(history.range("u", START, minute(20))));
            history.append(sample("u", Instant.parse("1969-12-31T23:59:00Z"), "OL", 1));
            history.append(sample("u", Instant.parse("2200-01-01T00:00:00Z"), "OL", 1));
            assertEquals(10, history.range("u", Instant.EPOCH, Instant.MAX).size());
        }
    }

    @Test
    void upsesHaveALimit() throws IOException {
        try (History history = open()) {
            for (String ups : List.of("a", "b", "c", "d")) {
                history.append(sample(ups, START, "OL", 1));
            }
            assertEquals(1, history.range("c", START, START).size());
            assertEquals(0, history.range("d", START, START).size());
            assertEquals("The history is full: it has room for 3 UPSes", history.trouble());
        }
    }

    @Test
    void oneProcessWrites() throws IOException {
        try (History history = open()) {
            assertNotNull(history);
            IOException e = assertThrows(IOException.class, this::open);
            assertEquals(directory + " is used by another process: only one may write a history", e.getMessage());
        }
        open().close();
    }

    @Test
    void whatNobodyHasHeardOfForLongIsRemoved() throws IOException {
        try (History history = open()) {
            history.append(sample("old", START, "OL", 1));
            history.append(sample("new", START, "OL", 1));
        }
        Files.setLastModifiedTime(ring("old"), FileTime.from(START.minus(Duration.ofHours(3))));
        Files.setLastModifiedTime(ring("new"), FileTime.from(START.minus(Duration.ofHours(1))));
        open().close();
        assertFalse(Files.exists(ring("old")));
        assertTrue(Files.exists(ring("new")));
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path elsewhere = directory.resolve("precious");
        Files.writeString(elsewhere, "data");
        Files.createSymbolicLink(ring("u"), elsewhere);
        try (History history = open()) {
            history.append(sample("u", START, "OL", 1));
            history.flush();
            assertNotNull(history.trouble());
        }
        assertEquals("data", Files.readString(elsewhere));
    }

    @ParameterizedTest
    @CsvSource({
        "ups@localhost:3493, ups@localhost%3a3493.ring",
        "../../etc/passwd, %2e.%2f..%2fetc%2fpasswd.ring",
        "., %2e.ring",
        "caf\u00e9, caf%c3%a9.ring"
    })
    void namesBecomeHarmlessFiles(String ups, String file) {
        assertEquals(file, History.fileName(ups));
    }

    @Test
    void longNamesBecomeShortFiles() {
        assertTrue(History.fileName("x".repeat(5000)).length() < 64);
        assertFalse(History.fileName("x".repeat(300)).equals(History.fileName("x".repeat(301))));
    }
}
