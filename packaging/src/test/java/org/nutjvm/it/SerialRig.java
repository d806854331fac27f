package org.nutjvm.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// A driver, a line made of two pseudo terminals, and a played device at its end.
final class SerialRig implements AutoCloseable {
    final Sandbox box = new Sandbox();
    final Proc driver;
    private final Path near = box.dir().resolve("near");
    private final Path far = box.dir().resolve("far");
    private final Path socket;
    private Proc wire;
    private volatile DeviceOnPty device;
    private final DriverTalk talk;

    /// @param words of the driver's command line besides its port
    SerialRig(Maker maker, String program, IntFunction<byte[]> device, String... words) {
        wire = wire();
        this.device = new DeviceOnPty(far, device);
        var all = new ArrayList<>(List.of("-s", "bessie", "-x", "port=" + near));
        all.addAll(List.of(words));
        driver = box.daemon(maker, program, all.toArray(String[]::new));
        socket = box.state().resolve(program + "-bessie");
        talk = new DriverTalk(driver.name(), socket);
    }

    private Proc wire() {
        return DeviceOnPty.line(box, near, far);
    }

    /// Pulls the adapter out.
    void unplug() {
        device.close();
        wire.kill();
        try {
            Files.deleteIfExists(near);
            Files.deleteIfExists(far);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Plugs it in again.
    void plug(IntFunction<byte[]> again) {
        wire = wire();
        device = new DeviceOnPty(far, again);
    }

    /// Pulls the adapter out, and plugs it in again once that is noticed and something has happened.
    void replug(IntFunction<byte[]> again, Runnable meanwhile) {
        unplug();
        Await.until("stale", this::stale);
        meanwhile.run();
        plug(again);
        Await.until("it recovers", () -> !stale());
    }

    /// Has the device say something of itself.
    void say(byte[] bytes) {
        device.say(bytes);
    }

    void awaitData() {
        Await.until("socket of " + driver.name(), () -> Files.exists(socket) || !driver.alive());
        if (!driver.alive()) {
            throw new AssertionError(driver.name() + " has ended: " + driver.log());
        }
        Await.until("data of " + driver.name(), () -> !stale());
    }

    /// All it publishes of the device.
    List<String> dump() {
        return talk.dump();
    }

    /// The values among it.
    List<String> values() {
        return dump().stream().filter(line -> line.startsWith("SETINFO")).toList();
    }

    String value(String name) {
        return talk.value(name);
    }

    boolean stale() {
        return talk.stale();
    }

    /// Sends an order and waits for the outcome of a command.
    String order(String order) {
        return talk.order(order);
    }

    @Override
    public void close() {
        device.close();
        try {
            talk.close();
        } finally {
            box.close();
        }
    }
}
