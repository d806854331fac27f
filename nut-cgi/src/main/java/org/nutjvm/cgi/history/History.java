package org.nutjvm.cgi.history;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.ups.UpsSample;
import org.nutjvm.cgi.ups.UpsSample.Flag;

/// What UPSes said in the last days: a sample for each step, in a file of fixed size for each UPS, which is used round
/// and round. It survives restarts, files that are damaged, torn or gone, and a full disk; what cannot be written is
/// kept in memory for a day and tried again.
///
/// Written for cards that wear out: with the usual limits each UPS costs 46 kB a day in 96 writes, which dirty about
/// 110
/// pages of 4 kB (0.45 MB) a day, and 369 kB of space. On battery each minute is written when it is over, and before a
/// shutdown (`LB`, `FSD`) what is known is on the disk: an outage must not take its own history with it.
///
/// Any thread may use it. No method but {@link #open} fails for the disk's sake: see {@link #trouble}.
public final class History implements AutoCloseable {
    /// No file is larger: what is, is not one of ours.
    static final int LARGEST_FILE = 64 << 20;

    private static final String SUFFIX = ".ring";
    private static final int URGENT = Flag.LB.bit() | Flag.FSD.bit();

    private final Path directory;
    private final Limits limits;
    private final FileChannel lock;
    private final Map<String, Line> lines = new HashMap<>();
    private final Ring.Counter counter = new Ring.Counter();
    private @Nullable String trouble;
    private boolean closed;

    /// How much is kept.
    ///
    /// @param step one sample stands for so long; whole seconds
    /// @param kept how far back one can look
    /// @param batch so many steps are written at once while all is well
    /// @param upses at most so many UPSes
    public record Limits(Duration step, Duration kept, int batch, int upses) {
        /// A minute, for eight days: a week whatever the hour. Written each quarter of an hour.
        public static final Limits USUAL = new Limits(Duration.ofMinutes(1), Duration.ofDays(8), 15, 256);

        public Limits {
            if (step.toSeconds() < 1 || batch < 1 || upses < 1 || slots(step, kept) < batch) {
                throw new IllegalArgumentException("limits of a history without room");
            }
            if (slots(step, kept) > LARGEST_FILE / Slot.SIZE) {
                throw new IllegalArgumentException("a history longer than a file may be");
            }
        }

        private static long slots(Duration step, Duration kept) {
            return kept.toSeconds() / step.toSeconds();
        }

        int slots() {
            return (int) slots(step, kept);
        }

        /// Steps without a disk that are kept in memory.
        int most() {
            return Math.min(slots(), Math.max(batch * 2, (int) Math.min(Integer.MAX_VALUE, 86_400 / step.toSeconds())));
        }
    }

    /// What went to files since the start.
    ///
    /// @param calls writes
    /// @param bytes in all of them
    /// @param pages of 4 kB they touched, each counted for each write
    public record Written(long calls, long bytes, long pages) {}

    /// One UPS: its file, and what is not in there yet.
    private static final class Line {
        private final Ring ring;
        private final TreeMap<Long, UpsSample> pending = new TreeMap<>();
        private @Nullable Step current;
        private int retryAt;
        private boolean urgent;

        private Line(Ring ring) {
            this.ring = ring;
        }
    }

    private History(Path directory, Limits limits, FileChannel lock) {
        this.directory = directory;
        this.limits = limits;
        this.lock = lock;
    }

    /// Opens the history in a directory, which is made if need be. Files of UPSes that have not been heard of for twice
    /// the time that is kept are removed.
    ///
    /// @throws IOException if the directory cannot be used, or another process has it
    public static History open(Path directory, Limits limits, Clock clock) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        }
        FileChannel lock = FileChannel.open(
                directory.resolve("lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        try {
            FileLock held = lock.tryLock();
            if (held == null) {
                throw new OverlappingFileLockException();
            }
            removeForgotten(directory, clock.instant().minus(limits.kept().multipliedBy(2)));
        } catch (OverlappingFileLockException e) {
            lock.close();
            throw new IOException(directory + " is used by another process: only one may write a history", e);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
        return new History(directory, limits, lock);
    }

    private static void removeForgotten(Path directory, Instant before) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                FileTime last = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && last.toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /// Takes a sample up. When it is written is this class' business.
    public synchronized void append(UpsSample sample) {
        long second = sample.at().getEpochSecond();
        Line line = line(sample.ups());
        if (line == null || closed || second < 0 || second > 0xFFFF_FFFFL) {
            return; // no file can say such a time
        }
        long start = second - second % limits.step().toSeconds();
        Step current = line.current;
        if (current != null && current.seconds() != start) {
            keep(line, current);
            current = null;
        }
        if (current == null) {
            current = new Step(sample.ups(), start);
            line.current = current;
        }
        boolean urgent = (sample.flags() & URGENT) != 0;
        current.add(sample);
        if (urgent && !line.urgent) {
            line.pending.put(current.seconds(), current.sample());
            write(line, true);
        }
        line.urgent = urgent;
    }

    /// A step is over.
    private void keep(Line line, Step step) {
        line.pending.put(step.seconds(), step.sample());
        while (line.pending.size() > limits.most()) {
            line.pending.pollFirstEntry();
        }
        boolean outage = (step.flags() & Flag.OB.bit()) != 0;
        if (line.pending.size() >= Math.max(limits.batch(), line.retryAt) || (outage && line.retryAt == 0)) {
            write(line, false);
        }
    }

    private void write(Line line, boolean durable) {
        if (line.pending.isEmpty()) {
            return;
        }
        try {
            line.ring.write(line.pending.values(), durable, counter);
            line.pending.clear();
            line.retryAt = 0;
            trouble = null;
        } catch (IOException e) {
            trouble = "The history in " + directory + " cannot be written: " + e.getMessage() + room();
            line.retryAt = Math.min(limits.most(), line.pending.size() + limits.batch());
        }
    }

    private String room() {
        try {
            FileStore store = Files.getFileStore(directory);
            return " (" + store.getUsableSpace() / 1024 + " kB are free there)";
        } catch (IOException e) {
            return "";
        }
    }

    /// What is known of a UPS from one moment to another, both included, in the order of time. Empty if nothing is.
    public synchronized List<UpsSample> range(String ups, Instant from, Instant to) {
        var found = new TreeMap<Long, UpsSample>();
        if (to.isBefore(from)) {
            return List.of();
        }
        Line line = lines.get(ups);
        Ring ring = line == null ? ring(ups) : line.ring; // who asks takes no room
        long first = Math.max(0, from.getEpochSecond());
        long last = to.getEpochSecond();
        try {
            ring.read(first, last, found);
        } catch (IOException e) {
            trouble = "The history in " + directory + " cannot be read: " + e.getMessage();
        }
        if (line == null || first > last) {
            return new ArrayList<>(found.values());
        }
        found.putAll(line.pending.subMap(first, true, last, true));
        Step current = line.current;
        if (current != null && current.seconds() >= first && current.seconds() <= last) {
            found.put(current.seconds(), current.sample());
        }
        return new ArrayList<>(found.values());
    }

    private @Nullable Line line(String ups) {
        Line line = lines.get(ups);
        if (line == null) {
            if (lines.size() >= limits.upses()) {
                trouble = "The history is full: it has room for " + limits.upses() + " UPSes";
                return null;
            }
            line = new Line(ring(ups));
            lines.put(ups, line);
        }
        return line;
    }

    private Ring ring(String ups) {
        return new Ring(
                ups,
                directory.resolve(fileName(ups)),
                limits.slots(),
                limits.step().toSeconds());
    }

    /// The name with all but letters, digits, `@`, `_`, `-` and dots within written as `%` and two digits. A long one
    /// becomes a number.
    static String fileName(String ups) {
        var name = new StringBuilder();
        for (byte b : ups.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "@_-".indexOf(c) >= 0;
            if (plain || (c == '.' && !name.isEmpty())) {
                name.append(c);
            } else {
                name.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return name.length() <= 200
                ? name + SUFFIX
                : UUID.nameUUIDFromBytes(ups.getBytes(StandardCharsets.UTF_8)) + SUFFIX;
    }

    /// What keeps it from being written, in a sentence for the administrator; null if nothing does.
    public synchronized @Nullable String trouble() {
        return trouble;
    }

    /// What went to files so far.
    public synchronized Written written() {
        return new Written(counter.calls, counter.bytes, counter.pages);
    }

    /// Writes all there is, the current step as far as it has got.
    public synchronized void flush() {
        for (Line line : lines.values()) {
            Step current = line.current;
            if (current != null) {
                line.pending.put(current.seconds(), current.sample());
            }
            write(line, false);
        }
    }

    /// Writes all there is, and lets others use the directory.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        flush();
        closed = true;
        lines.clear();
        try {
            lock.close();
        } catch (IOException e) {
            trouble = "The lock of " + directory + " could not be given back: " + e.getMessage();
        }
    }
}
