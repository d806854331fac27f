package org.nutjvm.cgi.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.nutjvm.cgi.ups.Guard;

/// Keeps guessing at passwords slow: each neighbour has one tried at a time, and after some wrong ones none for a
/// while, which becomes longer. For any thread.
final class Attempts {
    /// Wrong ones that cost nothing.
    static final int FREE = 3;

    private static final int FIRST_SECONDS = 5;
    private static final int MOST_SECONDS = 300;
    private static final int FORGET_SECONDS = 900;
    private static final int NEIGHBOURS = 4096;

    private static final class Tries {
        int wrong;
        boolean trying;
        long until;
        long last;
    }

    private final LongSupplier seconds;
    private final LinkedHashMap<String, Tries> records = new LinkedHashMap<>(16, 0.75f, true);

    /// @param seconds a clock that only goes forward
    Attempts(LongSupplier seconds) {
        this.seconds = seconds;
    }

    /// The guard for what comes from there.
    Guard of(String neighbour) {
        return new Guard() {
            @Override
            public boolean enter() {
                return Attempts.this.enter(neighbour);
            }

            @Override
            public void leave(boolean wrong) {
                Attempts.this.leave(neighbour, wrong);
            }
        };
    }

    private synchronized boolean enter(String neighbour) {
        long now = seconds.getAsLong();
        Tries record = records.computeIfAbsent(neighbour, _ -> new Tries());
        if (now - record.last > FORGET_SECONDS) {
            record.wrong = 0;
        }
        if (record.trying || record.until > now) {
            return false;
        }
        record.trying = true;
        record.last = now;
        forgetSome();
        return true;
    }

    private void forgetSome() {
        var all = records.entrySet().iterator();
        while (records.size() > NEIGHBOURS && all.hasNext()) {
            Map.Entry<String, Tries> oldest = all.next();
            if (!oldest.getValue().trying) {
                all.remove();
            }
        }
    }

    private synchronized void leave(String neighbour, boolean wrong) {
        Tries record = records.computeIfAbsent(neighbour, _ -> new Tries());
        record.trying = false;
        if (!wrong) {
            return; // what was wrong before is forgotten in time only: nobody can have it forgotten
        }
        record.wrong++;
        record.last = seconds.getAsLong();
        if (record.wrong >= FREE) {
            int doubled = FIRST_SECONDS << Math.min(record.wrong - FREE, 10);
            record.until = record.last + Math.min(doubled, MOST_SECONDS);
        }
    }
}
