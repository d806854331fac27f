package org.nutjvm.drivers.port;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Dstate;

/// A section of ups.conf for a serial device.
public final class SerialDevice implements Device {
    /// The settings.
    public final Map<String, String> options = new HashMap<>();
    /// What time it is; it stands still unless a test says otherwise.
    public LongSupplier clock = () -> 0;

    private final Dstate dstate = new Dstate();

    @Override
    public String upsname() {
        return "bessie";
    }

    @Override
    public String port() {
        return "/dev/ttyS0";
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
        return Path.of("");
    }

    @Override
    public Path statepath() {
        return Path.of("");
    }

    @Override
    public Dstate dstate() {
        return dstate;
    }

    @Override
    public LongSupplier nanoTime() {
        return clock;
    }

    @Override
    public boolean asked(Runnable work) {
        return false;
    }

    @Override
    public void pollSoon() {}
}
