package org.nutjvm.drivers.core;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Option;
import org.nutjvm.drivers.spi.Outcome;

/// A driver for tests of the core: it does what the test puts here.
final class FakeProgram implements DriverProgram {
    /// What the device does at each poll.
    interface Poll {
        void run(Dstate dstate) throws IOException;
    }

    volatile Poll poll = dstate -> {};
    volatile Outcome shutdown = Outcome.HANDLED;
    volatile @Nullable Device device;
    volatile boolean instcmdFails;
    final AtomicInteger polls = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();

    @Override
    public String progname() {
        return "fake-ups";
    }

    @Override
    public String description() {
        return "Test";
    }

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.value("cable", "Kind of cable"),
                Option.value("lowbatt", "Threshold").asReloadable(),
                Option.value("community", "Password").asSensitive(),
                Option.flag("explore", "Look around"));
    }

    @Override
    public Driver initups(Device opened) throws IOException, DriverException {
        device = opened;
        if (opened.port().equals("refuse")) {
            throw new DriverException("no such device");
        }
        if (opened.port().equals("broken")) {
            throw new IOException("/dev/broken: Input/output error");
        }
        return new Fake();
    }

    List<String> calls() {
        return new ArrayList<>(calls);
    }

    private final class Fake implements Driver {
        @Override
        public void initinfo(Dstate dstate) {
            dstate.setinfo("ups.mfr", "Fake & Sons");
            dstate.addcmd("load.off");
        }

        @Override
        public void updateinfo(Dstate dstate) throws IOException {
            polls.incrementAndGet();
            poll.run(dstate);
        }

        @Override
        public Outcome instcmd(String cmd, Optional<String> param) throws IOException {
            calls.add(cmd + param.map(p -> " " + p).orElse(""));
            if (instcmdFails) {
                throw new IOException("the line is dead");
            }
            return cmd.equals("load.off") ? Outcome.HANDLED : Outcome.UNKNOWN;
        }

        @Override
        public Outcome setvar(String var, String value) {
            calls.add(var + "=" + value);
            return var.equals("ups.id") ? Outcome.HANDLED : Outcome.INVALID;
        }

        @Override
        public Outcome shutdown() {
            calls.add("shutdown");
            return shutdown;
        }

        @Override
        public void reloaded(String option) {
            calls.add("reloaded " + option);
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
