package org.nutjvm.drivers.snmp;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Dstate;

/// A device of ups.conf with options and a clock in the hands of the test.
final class TestDevice implements Device {
    final Dstate dstate = new Dstate();
    final Map<String, String> options = new HashMap<>();
    long seconds = 1000;

    @Override
    public String upsname() {
        return "test";
    }

    @Override
    public String port() {
        return options.getOrDefault("port", "localhost");
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
        return Path.of("/nonexistent");
    }

    @Override
    public Path statepath() {
        return Path.of("/nonexistent");
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
    public boolean asked(Runnable work) {
        throw new AssertionError("snmp-ups has one thread");
    }

    @Override
    public void pollSoon() {
        throw new AssertionError("snmp-ups polls when it is time");
    }
}
