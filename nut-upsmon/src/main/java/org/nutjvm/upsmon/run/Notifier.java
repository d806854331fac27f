package org.nutjvm.upsmon.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.nutjvm.common.conf.NotifyFlag;
import org.nutjvm.common.conf.NotifyType;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.log.Priority;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells people: log, wall(1), NOTIFYCMD (clients/upsmon.c: notify, wall). The log is written at once; the
/// programs are started in turn by a thread of its own and never waited for, some at a time, so that a slow one
/// holds up nothing that decides.
final class Notifier {
    private static final Logger LOG = LoggerFactory.getLogger("upsmon");

    /// Programs that run at once. C has no limit, and fills the process table.
    static final int AT_ONCE = 64;

    private static final int WAITING = 2048;
    private static final Duration LAST_ONES = Duration.ofSeconds(2);

    private record Told(Set<NotifyFlag> flags, NotifyType type, String ups, String message) {}

    private final CommandRunner runner;
    private final Consumer<Event> events;
    private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Thread thread;
    private volatile List<String> notifycmd;
    private volatile boolean ending;

    /// @param notifycmd as in upsmon.conf, may be empty
    Notifier(CommandRunner runner, List<String> notifycmd, Consumer<Event> events) {
        this.runner = runner;
        this.notifycmd = notifycmd;
        this.events = events;
        this.thread = Thread.ofPlatform().daemon().name("notify").unstarted(this::run);
    }

    /// Starts what still waits, as far as that takes no time, and then no more; what runs goes on.
    void end() {
        ending = true;
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        boolean full = !waiting.offer(() -> {});
        try {
            if (full || !thread.join(LAST_ONES)) {
                LOG.warn("{} notices were not sent any more", waiting.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    /// Another NOTIFYCMD from now on.
    void notifycmd(List<String> words) {
        notifycmd = words;
    }

    /// Tells of an event.
    ///
    /// @param ups as in MONITOR, or empty for upsmon itself
    void tell(Set<NotifyFlag> flags, NotifyType type, String ups, String text) {
        if (flags.contains(NotifyFlag.IGNORE)) {
            return;
        }
        String message = text.replace('\0', ' ');
        if (flags.contains(NotifyFlag.SYSLOG)) {
            LOG.info(Priority.NOTICE, "{}", message);
        }
        boolean exec = flags.contains(NotifyFlag.EXEC) && !notifycmd.isEmpty();
        if (flags.contains(NotifyFlag.WALL) || exec) {
            enqueue(() -> carryOut(new Told(flags, type, ups, message)), message);
        }
    }

    /// Tells everybody who is logged in to this machine.
    void wall(String text) {
        enqueue(() -> startWall(text), text);
    }

    /// The thread begins with the first notice: most upsmons have none for months.
    private void enqueue(Runnable work, String message) {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
        if (!waiting.offer(work)) {
            LOG.error("Can't notify, {} notices wait already: {}", WAITING, message);
        }
    }

    private void run() {
        try {
            while (!ending || !waiting.isEmpty()) {
                waiting.take().run();
            }
        } catch (InterruptedException e) {
            LOG.debug("No more notices");
        } catch (RuntimeException | Error e) {
            events.accept(new Event.Broken(e));
        }
    }

    private void carryOut(Told told) {
        if (told.flags().contains(NotifyFlag.WALL)) {
            startWall(told.message());
        }
        if (told.flags().contains(NotifyFlag.EXEC)) {
            var words = notifycmd;
            if (words.isEmpty()) {
                return; // removed by a reload meanwhile
            }
            try {
                start(
                        argv(words, told.message()),
                        Map.of("NOTIFYTYPE", told.type().name(), "UPSNAME", told.ups(), "NOTIFYMSG", told.message()),
                        "");
            } catch (IOException e) {
                LOG.error("notify: execvp({}) failed: {}", String.join(" ", words), Reasons.of(e));
            }
        }
    }

    private void startWall(String text) {
        try {
            start(List.of("wall"), Map.of(), text + "\n");
        } catch (IOException e) {
            LOG.info(Priority.NOTICE, "Can't invoke wall: {}", Reasons.of(e));
        }
    }

    private void start(List<String> argv, Map<String, String> env, String stdin) throws IOException {
        try {
            if (!free.tryAcquire()) {
                LOG.warn("{} notifiers run already, the next waits for one to end", AT_ONCE);
                while (!free.tryAcquire(1, TimeUnit.MINUTES)) {
                    LOG.warn("{} notifiers still run, {} notices wait", AT_ONCE, waiting.size() + 1);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        boolean started = false;
        try {
            runner.start(argv, env, stdin, free::release);
            started = true;
        } finally {
            if (!started) {
                free.release();
            }
        }
    }

    /// One word is a line for the shell, to which the message is added as one argument, unless it is the path of a
    /// program as it stands. More words are a program and its arguments.
    static List<String> argv(List<String> words, String message) {
        String first = words.getFirst();
        if (words.size() == 1 && (!first.startsWith("/") || !Files.isExecutable(Path.of(first)))) {
            return List.of("/bin/sh", "-c", first + " \"$1\"", "upsmon", message);
        }
        var argv = new ArrayList<>(words);
        argv.add(message);
        return argv;
    }
}
