package org.nutjvm.tools.upslog;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The time of this machine, and signals.
final class RealPace implements Pace {
    private static final int MOST_WAITING = 1000;

    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>(MOST_WAITING);
    private final ZoneId zone = ZoneId.systemDefault();

    /// From any thread. Of very many at once some are dropped.
    void happened(Event event) {
        if (!events.offer(event) && event == Event.EXIT) {
            events.clear();
            events.add(event);
        }
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public ZonedDateTime wall() {
        return Instant.now().atZone(zone);
    }

    @Override
    public @Nullable Event await(long untilNanos) throws InterruptedException {
        return events.poll(Math.max(0, untilNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
}
