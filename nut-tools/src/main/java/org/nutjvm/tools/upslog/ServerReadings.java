package org.nutjvm.tools.upslog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.client.UpsdClient;
import org.nutjvm.common.log.PlainLog;

/// Values from a upsd. A thread and a connection for each UPS: a server that is slow or gone costs its own lines their
/// values and nobody else's. The thread alone owns the connection.
final class ServerReadings implements Readings {
    /// @param question the number of the question it answers
    private record Answer(long question, Map<String, String> values) {}

    private final String name;
    private final UpsAddress address;
    private final List<String[]> queries = new ArrayList<>();
    private final Reach reach;
    private final boolean keep;
    private final PlainLog log;
    private final BlockingQueue<Long> questions = new ArrayBlockingQueue<>(1);
    private final BlockingQueue<Answer> answers = new ArrayBlockingQueue<>(1);
    private final Thread thread;
    private long asked;
    private @Nullable UpsdClient client;
    private boolean lost;

    /// @param name the UPS as it was named to the program
    /// @param keep whether the connection stays open between questions
    ServerReadings(String name, UpsAddress address, Set<String> variables, Reach reach, boolean keep, PlainLog log) {
        this.name = name;
        this.address = address;
        this.reach = reach;
        this.keep = keep;
        this.log = log;
        for (String variable : variables) {
            queries.add(new String[] {"VAR", address.ups(), variable});
        }
        thread = Thread.ofPlatform().daemon().name("ups " + name).unstarted(this::serve);
    }

    /// The first attempt to connect, whose failure is told and changes nothing else; then the thread takes over.
    void start() {
        try {
            connected();
        } catch (NutException e) {
            log.warning("Warning: initial connect failed: " + e.getMessage() + " (" + name + ")");
            lost = true;
        }
        thread.start();
    }

    @Override
    public void ask() {
        questions.clear(); // one that has not been taken yet is asked now
        asked++;
        questions.add(asked);
    }

    @Override
    public Map<String, String> answer(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                var answer = answers.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (answer == null) {
                    log.debug(1, name + " has not answered within " + limit.toMillis() + " ms");
                    return Map.of();
                }
                if (answer.question == asked) { // not one that comes too late
                    return answer.values;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        }
    }

    private void serve() {
        try {
            while (true) {
                long question = questions.take();
                var values = read();
                answers.clear();
                answers.add(new Answer(question, values));
            }
        } catch (InterruptedException e) {
            hangUp();
        }
    }

    private Map<String, String> read() {
        var values = new HashMap<String, String>();
        try {
            var rows = connected().getEach(queries);
            for (int i = 0; i < queries.size(); i++) {
                var row = rows.get(i);
                if (row != null && row.size() > 3) {
                    values.put(queries.get(i)[2], row.get(3));
                }
            }
            if (lost) {
                log.notice("Communications with " + name + " established");
                lost = false;
            }
        } catch (NutException e) {
            if (!lost) {
                log.warning("Communications with " + name + " lost: " + e.getMessage() + "; logging NA meanwhile");
                lost = true;
            }
        }
        if (!keep) {
            hangUp();
        }
        return values;
    }

    private UpsdClient connected() throws NutException {
        UpsdClient open = client;
        if (open == null || !open.open()) {
            open = reach.connect(address);
            client = open;
        }
        return open;
    }

    private void hangUp() {
        UpsdClient open = client;
        client = null;
        if (open != null) {
            open.logout();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
