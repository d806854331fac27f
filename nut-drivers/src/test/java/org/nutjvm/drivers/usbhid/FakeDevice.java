package org.nutjvm.drivers.usbhid;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Dstate;

/// Settings and clock in the hands of a test.
final class FakeDevice implements Device {
    final Dstate dstate = new Dstate();
    final Map<String, String> options = new HashMap<>();
    private final Queue<Runnable> asked = new ArrayDeque<>();
    Path confpath = Path.of(".");
    long millis;

    @Override
    public String upsname() {
        return "test";
    }

    @Override
    public String port() {
        return "auto";
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
        return confpath;
    }

    @Override
    public Path statepath() {
        return Path.of(".");
    }

    @Override
    public Dstate dstate() {
        return dstate;
    }

    @Override
    public LongSupplier nanoTime() {
        return () -> millis * 1_000_000L;
    }

    @Override
    public synchronized boolean asked(Runnable work) {
        notifyAll();
        return asked.add(work);
    }

    @Override
    public void pollSoon() {}

    /// Runs what another thread hands over next.
    void runAsked() throws InterruptedException {
        Runnable work;
        synchronized (this) {
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (asked.isEmpty() && System.nanoTime() < deadline) {
                wait(100);
            }
            work = asked.remove();
        }
        work.run();
    }
}
