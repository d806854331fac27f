package org.nutjvm.drivers.inquiry;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Device;

/// Asks a device that has to be waited for, in a thread of its own, so that one that hangs does not keep the driver
/// from answering; the answer wakes the loop.
///
/// All but the question itself belongs to the loop's thread.
///
/// @param <T> what is answered
public final class Inquiry<T> implements AutoCloseable {
    /// What is asked; blocks.
    ///
    /// @param <T> what is answered
    public interface Question<T> {
        T ask() throws IOException;
    }

    private final Device device;
    private final Question<T> question;
    private final long pauseNanos;
    private final long patienceNanos;
    private final Semaphore wanted = new Semaphore(0);
    private final Thread asker;
    private @Nullable T answer;
    private @Nullable IOException failure;
    private @Nullable IOException trouble;
    private boolean asking;
    private long askedAt;

    /// @param pause between two questions; one that failed is asked again without
    /// @param patience how long an answer may take before the data count as stale
    public Inquiry(Device device, String name, Duration pause, Duration patience, Question<T> question) {
        this.device = device;
        this.question = question;
        pauseNanos = pause.toNanos();
        patienceNanos = patience.toNanos();
        asker = Thread.ofPlatform().daemon().name(name).unstarted(this::serve);
    }

    /// Asks in the caller's thread, and begins to answer {@link #next}. Once.
    public T first() throws IOException {
        askedAt = now();
        asker.start();
        try {
            return question.ask();
        } catch (IOException e) {
            trouble = e;
            throw e;
        }
    }

    /// An answer that has come in, once. Asks again when it is time to.
    ///
    /// @return null while there is nothing new
    /// @throws IOException while the last answer was a failure, or takes too long
    public @Nullable T next() throws IOException {
        T arrived = answer;
        if (arrived != null) {
            answer = null;
            trouble = null;
            return arrived;
        }
        if (failure != null) {
            trouble = failure;
            failure = null;
            throw trouble;
        }
        if (asking && now() - askedAt > patienceNanos) {
            trouble = new IOException("no answer for " + patienceNanos / 1_000_000_000L + " seconds");
        } else if (!asking && (trouble != null || now() - askedAt >= pauseNanos)) {
            asking = true;
            askedAt = now();
            wanted.release();
        }
        if (trouble != null) {
            throw trouble;
        }
        return null;
    }

    private long now() {
        return device.nanoTime().getAsLong();
    }

    private void serve() {
        try {
            while (true) {
                wanted.acquire();
                try {
                    T told = question.ask();
                    device.asked(() -> arrived(told, null));
                } catch (IOException e) {
                    device.asked(() -> arrived(null, e));
                }
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void arrived(@Nullable T told, @Nullable IOException why) {
        asking = false;
        answer = told;
        failure = why;
        device.pollSoon();
    }

    /// What became of the answer: it was of no use.
    ///
    /// @return what to throw
    public IOException useless(IOException why) {
        trouble = why;
        return why;
    }

    @Override
    public void close() {
        asker.interrupt();
    }
}
