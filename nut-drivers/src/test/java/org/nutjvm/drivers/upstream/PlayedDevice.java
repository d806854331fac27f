package org.nutjvm.drivers.upstream;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Dstate;

/// What a driver under test is given: settings, a clock the test moves, and the wish for a poll to
/// wait for.
public final class PlayedDevice implements Device {
    private final Dstate dstate = new Dstate();
    private final Map<String, String> options = new HashMap<>();
    private final Path dir;
    private final String port;
    private final Semaphore wakes = new Semaphore(0);
    private final BlockingQueue<Runnable> asked = new LinkedBlockingQueue<>();
    private long nanos;

    public PlayedDevice(Path dir, String port) {
        this.dir = dir;
        this.port = port;
    }

    public PlayedDevice option(String name, String value) {
        options.put(name, value);
        return this;
    }

    public void passSeconds(long seconds) {
        nanos += seconds * 1_000_000_000L;
    }

    /// Waits until news have come in.
    public boolean woken() throws InterruptedException {
        return wakes.tryAcquire(20, TimeUnit.SECONDS);
    }

    /// Forgets that news have come in.
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

    public @Nullable String value(String name) {
        return dstate.getinfo(name);
    }

    @Override
    public String upsname() {
        return "test";
    }

    @Override
    public String port() {
        return port;
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
        return () -> nanos;
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
