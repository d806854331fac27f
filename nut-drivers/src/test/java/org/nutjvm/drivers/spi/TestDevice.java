package org.nutjvm.drivers.spi;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What a driver under test is given: a section of ups.conf, a clock the test moves, and a loop that does what is asked
/// of it when the test says so.
public final class TestDevice implements Device {
    /// The settings.
    public final Map<String, String> options = new HashMap<>();
    /// What time it is, for tests whose time passes elsewhere.
    public LongSupplier clock = () -> this.nanos;

    /// Where configuration and sockets are.
    public Path dir;

    private final Dstate dstate = new Dstate();
    private final String port;
    private final Semaphore wakes = new Semaphore(0);
    private final BlockingQueue<Runnable> asked = new LinkedBlockingQueue<>();
    private long nanos;

    /// One at a serial line, with no files.
    public TestDevice() {
        this(Path.of("/nowhere"), "/dev/ttyS0");
    }

    public TestDevice(Path dir, String port) {
        this.dir = dir;
        this.port = port;
    }

    public TestDevice option(String name, String value) {
        options.put(name, value);
        return this;
    }

    public void passSeconds(long seconds) {
        passMillis(seconds * 1000);
    }

    public void passMillis(long millis) {
        nanos += millis * 1_000_000L;
    }

    /// Waits until a poll is asked for.
    public boolean woken() throws InterruptedException {
        return wakes.tryAcquire(20, TimeUnit.SECONDS);
    }

    /// Forgets that polls have been asked for.
    public void calm() {
        wakes.drainPermits();
    }

    /// Runs what another thread hands over next.
    public void runAsked() throws InterruptedException {
        var work = asked.poll(20, TimeUnit.SECONDS);
        if (work == null) {
            throw new AssertionError("nothing was handed over");
        }
        work.run();
    }

    /// What is published under a name, or null.
    public @Nullable String value(String name) {
        return dstate.getinfo(name);
    }

    /// All names and values, one a line.
    public String values() {
        var text = new StringBuilder();
        dstate.tree()
                .vars()
                .forEach((name, variable) ->
                        text.append(name).append(' ').append(variable.value()).append('\n'));
        return text.toString();
    }

    /// All that is published, as upsd is told it.
    public String dump() {
        var text = new StringBuilder();
        dstate.dump(line -> text.append(line.text()));
        return text.toString();
    }

    @Override
    public String upsname() {
        return "test";
    }

    @Override
    public String port() {
        return options.getOrDefault("port", port);
    }

    @Override
    public @Nullable String getval(String option) {
        return options.get(option);
    }

    @Override
    public boolean testvar(String option) {
        return options.containsKey(option);
    }

    @Override
    public Path confpath() {
        return dir;
    }

    @Override
    public Path statepath() {
        return dir;
    }

    @Override
    public Dstate dstate() {
        return dstate;
    }

    @Override
    public LongSupplier nanoTime() {
        return () -> clock.getAsLong();
    }

    @Override
    public boolean asked(Runnable work) {
        return asked.add(work);
    }

    @Override
    public void pollSoon() {
        wakes.release();
    }
}
