package org.nutjvm.upsd.session;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What became of commands that were given with an id (server/upsd.c: tracking_add and its neighbours). Ids are
/// found in any case. It belongs to the event loop.
public final class Tracking {
    /// More than this many are not remembered: the oldest goes.
    static final int LIMIT = 4096;

    private static final int PENDING = -1;

    private record Entry(int status, long since) {}

    private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>();
    private final LongSupplier random;

    /// Nothing remembered yet.
    ///
    /// @param random 64 bits at a time, for the ids
    public Tracking(LongSupplier random) {
        this.random = random;
    }

    /// A fresh id in the form of a random UUID (version 4), in capitals as C has it.
    String newId() {
        long high = (random.getAsLong() & ~0xf000L) | 0x4000L;
        long low = (random.getAsLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        var id = new StringBuilder(36);
        hex(id, high, 60, 32);
        id.append('-');
        hex(id, high, 28, 16);
        id.append('-');
        hex(id, high, 12, 0);
        id.append('-');
        hex(id, low, 60, 48);
        id.append('-');
        hex(id, low, 44, 0);
        return id.toString();
    }

    private static void hex(StringBuilder to, long bits, int first, int last) {
        for (int shift = first; shift >= last; shift -= 4) {
            to.append("0123456789ABCDEF".charAt((int) (bits >>> shift) & 15));
        }
    }

    /// Remembers a command that was just sent.
    ///
    /// @param now seconds of any clock that never goes back
    void add(String id, long now) {
        if (entries.size() >= LIMIT) {
            entries.pollFirstEntry();
        }
        entries.put(key(id), new Entry(PENDING, now));
    }

    /// A driver reports the outcome.
    ///
    /// @return what clients will be told, or null when nobody asked for this id
    public @Nullable String set(String id, int status) {
        var entry = entries.get(key(id));
        if (entry == null) {
            return null;
        }
        entries.replace(key(id), new Entry(status, entry.since));
        return text(status);
    }

    /// The answer to `GET TRACKING id`.
    String get(String id) {
        var entry = entries.get(key(id));
        return entry == null ? "ERR UNKNOWN" : text(entry.status);
    }

    /// Forgets what is older than that many seconds (TRACKINGDELAY).
    public void expire(long now, long delay) {
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext() && now - oldest.next().since > delay) {
            oldest.remove();
        }
    }

    /// The statuses are those of drivers/upshandler.h.
    private static String text(int status) {
        return switch (status) {
            case PENDING -> "PENDING";
            case 0 -> "SUCCESS";
            case 2, 4 -> "ERR INVALID-ARGUMENT";
            case 3 -> "ERR FAILED";
            default -> "ERR UNKNOWN";
        };
    }

    private static String key(String id) {
        return id.toUpperCase(Locale.ROOT);
    }
}
