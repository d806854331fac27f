package org.nutjvm.cgi.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.nutjvm.cgi.ups.UpsSample;

/// The file of one UPS: a slot for each step of the time that is kept, used in turn. A sample's place follows from its
/// time, so that there is nothing else in the file to go wrong; a slot that is torn, damaged or of an earlier turn is
/// known by what it says itself. It has its full size from the beginning: a disk that fills up later takes nothing
/// away.
final class Ring {
    /// A flash card is written in pages at least that large.
    private static final int PAGE = 4096;

    private final String ups;
    private final Path file;
    private final int slots;
    private final long stepSeconds;

    /// Counts what went to files.
    static final class Counter {
        long calls;
        long bytes;
        long pages;
    }

    Ring(String ups, Path file, int slots, long stepSeconds) {
        this.ups = ups;
        this.file = file;
        this.slots = slots;
        this.stepSeconds = stepSeconds;
    }

    private int place(long seconds) {
        return (int) Math.floorMod(seconds / stepSeconds, (long) slots);
    }

    /// Writes samples, those beside each other in one go.
    ///
    /// @param durable whether to wait until the disk has them
    void write(Collection<UpsSample> samples, boolean durable, Counter counter) throws IOException {
        var places = new TreeMap<Integer, byte[]>();
        for (UpsSample sample : samples) {
            long seconds = sample.at().getEpochSecond();
            places.put(place(seconds), Slot.encode(sample, seconds));
        }
        prepare(counter);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            Iterator<Map.Entry<Integer, byte[]>> entries = places.entrySet().iterator();
            var run = ByteBuffer.allocate(places.size() * Slot.SIZE);
            int start = -1;
            while (entries.hasNext()) {
                Map.Entry<Integer, byte[]> entry = entries.next();
                if (run.position() > 0 && entry.getKey() != start + run.position() / Slot.SIZE) {
                    put(channel, run, start, counter);
                }
                if (run.position() == 0) {
                    start = entry.getKey();
                }
                run.put(entry.getValue());
            }
            put(channel, run, start, counter);
            if (durable) {
                channel.force(false);
            }
        }
    }

    private static void put(FileChannel channel, ByteBuffer run, int start, Counter counter) throws IOException {
        long at = (long) start * Slot.SIZE;
        run.flip();
        int length = run.limit();
        counter.calls++;
        counter.bytes += length;
        counter.pages += (at + length - 1) / PAGE - at / PAGE + 1;
        while (run.hasRemaining()) {
            at += channel.write(run, at);
        }
        run.clear();
    }

    /// Sees that the file has its size. One made with other limits is laid out anew, with what it has.
    private void prepare(Counter counter) throws IOException {
        long wanted = (long) slots * Slot.SIZE;
        var kept = new TreeMap<Long, UpsSample>();
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                if (Files.size(file) == wanted) {
                    return;
                }
                if (Files.size(file) <= History.LARGEST_FILE) {
                    collect(Files.readAllBytes(file), Long.MIN_VALUE, Long.MAX_VALUE, kept);
                }
            } else {
                throw new IOException(file + " is no file of ours");
            }
        }
        byte[] fresh = new byte[(int) wanted];
        for (UpsSample sample : kept.values()) { // oldest first: of two for one place the newer one stays
            long seconds = sample.at().getEpochSecond();
            System.arraycopy(Slot.encode(sample, seconds), 0, fresh, place(seconds) * Slot.SIZE, Slot.SIZE);
        }
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        try {
            var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));
            try (FileChannel channel = FileChannel.open(temporary, options, mode)) {
                var all = ByteBuffer.wrap(fresh);
                while (all.hasRemaining()) {
                    channel.write(all);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary); // of a disk without room for it
        }
        counter.calls++;
        counter.bytes += wanted;
        counter.pages += (wanted + PAGE - 1) / PAGE;
    }

    /// What the file has of that time, into a map by seconds. Nothing if there is no file.
    void read(long from, long to, Map<Long, UpsSample> into) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            if (to - from >= (slots - 1L) * stepSeconds || channel.size() != (long) slots * Slot.SIZE) {
                collect(bytes(channel, 0, (int) Math.min(channel.size(), History.LARGEST_FILE)), from, to, into);
                return;
            }
            int first = place(from);
            int last = place(to);
            if (first <= last) {
                collect(bytes(channel, first, (last - first + 1) * Slot.SIZE), from, to, into);
            } else {
                collect(bytes(channel, first, (slots - first) * Slot.SIZE), from, to, into);
                collect(bytes(channel, 0, (last + 1) * Slot.SIZE), from, to, into);
            }
        } catch (NoSuchFileException e) {
            // Nothing has been written yet.
        }
    }

    private static byte[] bytes(FileChannel channel, int slot, int length) throws IOException {
        var buffer = ByteBuffer.allocate(length);
        long start = (long) slot * Slot.SIZE;
        while (buffer.hasRemaining() && channel.read(buffer, start + buffer.position()) > 0) {
            // until all of it is there
        }
        return buffer.array();
    }

    private void collect(byte[] bytes, long from, long to, Map<Long, UpsSample> into) {
        for (int at = 0; at + Slot.SIZE <= bytes.length; at += Slot.SIZE) {
            UpsSample sample = Slot.decode(ups, bytes, at);
            if (sample != null) {
                long seconds = sample.at().getEpochSecond();
                if (seconds >= from && seconds <= to) {
                    into.put(seconds, sample);
                }
            }
        }
    }
}
