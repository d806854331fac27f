package org.nutjvm.upsd.net;

import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Does what takes long, one thing after the other in two threads, so that the loop goes on serving; each client
/// has one piece of work at most, so that there are no more than clients. The threads exist only while there is
/// something to do.
final class Workers {
    private static final int THREADS = 2;
    private static final int IDLE_SECONDS = 10;

    private final Selector selector;
    private final Queue<Runnable> afterwards = new ConcurrentLinkedQueue<>();
    private @Nullable ThreadPoolExecutor threads;

    Workers(Selector selector) {
        this.selector = selector;
    }

    /// Does it, and then something else in the loop.
    void work(Runnable task, Runnable then) {
        if (threads == null) {
            threads = new ThreadPoolExecutor(
                    THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                        var thread = new Thread(work, "upsd-work");
                        thread.setDaemon(true);
                        return thread;
                    });
            threads.allowCoreThreadTimeOut(true);
        }
        threads.execute(() -> {
            try {
                task.run();
            } finally {
                afterwards.add(then);
                selector.wakeup();
            }
        });
    }

    /// In the loop: what follows the work that is done.
    void finish() {
        for (var then = afterwards.poll(); then != null; then = afterwards.poll()) {
            then.run();
        }
    }

    void close() {
        if (threads != null) {
            threads.shutdownNow();
        }
    }
}
