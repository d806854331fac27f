package org.nutjvm.drivers.dummy;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Dstate;

/// A device whose clock the test moves.
final class FakeDevice implements Device {
    final Dstate dstate = new Dstate();
    final Map<String, String> options = new HashMap<>();
    final Queue<Runnable> asked = new ArrayDeque<>();
    private final Path dir;
    private final String port;
    long seconds;
    int pollsAsked;

    FakeDevice(Path dir, String port) {
        this.dir = dir;
        this.port = port;
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
        return () -> seconds * 1_000_000_000L;
    }

    @Override
    public synchronized boolean asked(Runnable work) {
        notifyAll();
        return asked.add(work);
    }

    @Override
    public void pollSoon() {
        pollsAsked++;
    }

    /// Runs what another thread hands over next.
    synchronized void runAsked() throws InterruptedException {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (asked.isEmpty() && System.nanoTime() < deadline) {
            wait(100);
        }
        asked.remove().run();
    }
}
