package org.nutjvm.fuzz;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Dstate;

/// A section of ups.conf for a driver that is to be tormented.
public final class FuzzDevice implements Device {
    /// The settings.
    public final Map<String, String> options = new HashMap<>();
    /// The clock.
    public long nanos;

    private final String port;
    private final Dstate dstate = new Dstate();

    public FuzzDevice(String port) {
        this.port = port;
    }

    @Override
    public String upsname() {
        return "fuzz";
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
        return () -> nanos;
    }

    @Override
    public boolean asked(Runnable work) {
        return false;
    }

    @Override
    public void pollSoon() {}
}
