package org.nutjvm.upsd.session;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Replies that are still true, found by the bytes of the request line: what most clients ask most of the time is
/// answered without taking the line apart. A reply is true as long as its device keeps its {@link Device#stamp}.
///
/// It holds a bounded number of replies and bytes; when one of the bounds is met it forgets everything, which costs
/// each reply one rendering.
public final class ReplyCache {
    /// A power of two.
    private static final int SLOTS = 2048;

    private static final int ENTRY_LIMIT = SLOTS / 2;
    private static final int LINE_LIMIT = 256;

    private static final class Entry {
        private final byte[] line;
        private final @Nullable Device about;
        private long stamp;
        private byte[] reply;

        Entry(byte[] line, @Nullable Device about, long stamp, byte[] reply) {
            this.line = line;
            this.about = about;
            this.stamp = stamp;
            this.reply = reply;
        }
    }

    private final @Nullable Entry[] slots = new @Nullable Entry[SLOTS];
    private final int byteLimit;
    private int entries;
    private int bytes;

    /// An empty cache.
    ///
    /// @param byteLimit how many bytes of replies it may hold
    public ReplyCache(int byteLimit) {
        this.byteLimit = byteLimit;
    }

    /// The reply to the request line at those bytes (without its newline), or null when it must be made.
    public byte @Nullable [] find(byte[] from, int start, int end) {
        var entry = slots[slot(from, start, end)];
        if (entry == null) {
            return null;
        }
        var about = entry.about;
        return about == null || about.stamp() == entry.stamp ? entry.reply : null;
    }

    /// Remembers the reply to a request line.
    public void keep(byte[] from, int start, int end, @Nullable Device about, byte[] reply) {
        if (end - start > LINE_LIMIT || reply.length > byteLimit / 4) {
            return;
        }
        long stamp = about == null ? 0 : about.stamp();
        int slot = slot(from, start, end);
        var old = slots[slot];
        bytes += reply.length - (old == null ? 0 : old.reply.length);
        if (old != null && old.about == about) {
            old.stamp = stamp;
            old.reply = reply;
        } else {
            entries += old == null ? 1 : 0;
            slots[slot] = new Entry(Arrays.copyOfRange(from, start, end), about, stamp, reply);
        }
        if (bytes > byteLimit || entries > ENTRY_LIMIT) {
            clear();
        }
    }

    /// Forgets everything, as when the devices change.
    public void clear() {
        Arrays.fill(slots, null);
        entries = 0;
        bytes = 0;
    }

    /// Where the line is, or the free place where it would be.
    private int slot(byte[] from, int start, int end) {
        int hash = 1;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + from[i];
        }
        int slot = (hash ^ hash >>> 15) & (SLOTS - 1);
        while (true) {
            var entry = slots[slot];
            if (entry == null || Arrays.equals(entry.line, 0, entry.line.length, from, start, end)) {
                return slot;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
    }
}
