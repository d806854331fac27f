package org.nutjvm.common.text;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A file of the system's time zones (RFC 9636), as much of it as tells what holds at one time. C programs read the
/// same file; Java's own data, which are those of all zones in one, take a JVM that has just started a tenth of a
/// second.
public final class ZoneFile {
    private static final int MAGIC = 0x545A6966;
    private static final int HEADER = 44;

    /// No zone has as much.
    private static final int MOST = 100_000;

    private ZoneFile() {}

    /// What holds at a time, or null if the file is none or does not say.
    ///
    /// @param seconds since 1970
    public static @Nullable ZonePart at(byte[] file, long seconds) {
        try {
            var data = ByteBuffer.wrap(file);
            if (data.getInt() != MAGIC) {
                return null;
            }
            int version = data.get();
            Block block = Block.at(data, 0, 4);
            if (version >= '2') {
                block = Block.at(data, block.end(), 8); // the same again with longer numbers
            }
            return block.part(data, seconds, version >= '2');
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return null;
        }
    }

    /// What `TZ` says in POSIX' own words, or null if it does not.
    public static @Nullable ZonePart atPosix(String rule, long seconds) {
        PosixZone zone = PosixZone.of(rule);
        return zone == null ? null : zone.at(seconds);
    }

    /// Where things are in a file.
    ///
    /// @param start of its header
    /// @param width of a time, in bytes
    private record Block(int start, int width, int times, int types, int letters, int leaps, int standards, int uts) {
        static Block at(ByteBuffer data, int start, int width) {
            if (data.getInt(start) != MAGIC) {
                throw new IllegalArgumentException("no block of a zone");
            }
            int at = start + 20;
            var block = new Block(
                    start,
                    width,
                    count(data, at + 12),
                    count(data, at + 16),
                    count(data, at + 20),
                    count(data, at + 8),
                    count(data, at + 4),
                    count(data, at));
            if (block.types == 0) {
                throw new IllegalArgumentException("a zone of nothing");
            }
            return block;
        }

        private static int count(ByteBuffer data, int at) {
            int count = data.getInt(at);
            if (count < 0 || count > MOST) {
                throw new IllegalArgumentException("more than a zone can have");
            }
            return count;
        }

        private int typeOfTimes() {
            return start + HEADER + times * width;
        }

        private int typesStart() {
            return typeOfTimes() + times;
        }

        int end() {
            return typesStart() + types * 6 + letters + leaps * (width + 4) + standards + uts;
        }

        private long time(ByteBuffer data, int i) {
            int at = start + HEADER + i * width;
            return width == 8 ? data.getLong(at) : data.getInt(at);
        }

        @Nullable
        ZonePart part(ByteBuffer data, long seconds, boolean footer) {
            if (times == 0 || seconds >= time(data, times - 1)) {
                String rule = footer ? rule(data) : "";
                if (!rule.isEmpty()) {
                    return atPosix(rule, seconds);
                }
            }
            int low = 0;
            int high = times; // how many began no later
            while (low < high) {
                int middle = (low + high) / 2;
                if (time(data, middle) <= seconds) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return type(data, low == 0 ? 0 : data.get(typeOfTimes() + low - 1) & 0xFF);
        }

        private ZonePart type(ByteBuffer data, int type) {
            int at = typesStart() + type * 6;
            int name = typesStart() + types * 6 + (data.get(at + 5) & 0xFF);
            int end = name;
            while (data.get(end) != 0) {
                end++;
            }
            return new ZonePart(data.getInt(at), text(data, name, end));
        }

        /// What holds after the last time, between two line ends.
        private String rule(ByteBuffer data) {
            int from = end() + 1;
            int to = from;
            while (to < data.limit() && data.get(to) != '\n') {
                to++;
            }
            return to < data.limit() ? text(data, from, to) : "";
        }

        private static String text(ByteBuffer data, int from, int to) {
            var bytes = new byte[to - from];
            data.get(from, bytes);
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
