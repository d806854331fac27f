package org.nutjvm.cgi.serve;

import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Does what takes long in a few threads, so that the loop goes on serving: conversations with servers, templates,
/// passwords, handshakes. The threads exist only while there is something to do.
final class Workers {
    private static final int THREADS = 4;
    private static final int WAITING = 64;
    private static final int IDLE_SECONDS = 10;

    /// At once for one neighbour.
    private static final int EACH = 3;

    private final Runnable wakeup;
    private final Queue<Runnable> afterwards = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> running = new HashMap<>();
    private final ThreadPoolExecutor threads = pool("work");
    private final ThreadPoolExecutor handshakes = pool("tls");

    /// @param wakeup has the loop call {@link #finish} soon
    Workers(Runnable wakeup) {
        this.wakeup = wakeup;
    }

    private static ThreadPoolExecutor pool(String name) {
        var pool = new ThreadPoolExecutor(
                THREADS / (name.equals("tls") ? 2 : 1),
                THREADS / (name.equals("tls") ? 2 : 1),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(name.equals("tls") ? Server.CONNECTIONS : WAITING),
                work -> {
                    var thread = new Thread(work, "nut-cgi-" + name);
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /// In the loop: does it for a neighbour, and then something else in the loop.
    ///
    /// @return false if there is too much to do already
    boolean work(String neighbour, Runnable task, Runnable then) {
        if (running.getOrDefault(neighbour, 0) >= EACH && !neighbour.equals(Server.LOOPBACK)) {
            return false;
        }
        try {
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    later(() -> {
                        running.computeIfPresent(neighbour, (_, n) -> n > 1 ? n - 1 : null);
                        then.run();
                    });
                }
            });
            running.merge(neighbour, 1, Integer::sum);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /// In the loop: a part of a handshake, of which each connection has one at most.
    void handshake(Runnable task, Runnable then) {
        handshakes.execute(() -> {
            try {
                task.run();
            } finally {
                later(then);
            }
        });
    }

    /// From any thread: has the loop do it.
    void later(Runnable then) {
        afterwards.add(then);
        wakeup.run();
    }

    /// In the loop: what follows.
    void finish() {
        for (var then = afterwards.poll(); then != null; then = afterwards.poll()) {
            then.run();
        }
    }

    void close() {
        threads.shutdownNow();
        handshakes.shutdownNow();
    }
}
