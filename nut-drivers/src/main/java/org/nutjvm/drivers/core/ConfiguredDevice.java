package org.nutjvm.drivers.core;

import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Dstate;

/// A device as settings and loop know it.
record ConfiguredDevice(Settings settings, Path confpath, Path socket, Dstate dstate, Control control)
        implements Device {
    @Override
    public String upsname() {
        return settings.upsname();
    }

    @Override
    public String port() {
        String port = settings.port();
        return port == null ? "" : port;
    }

    @Override
    public @Nullable String getval(String option) {
        return settings.getval(option);
    }

    @Override
    public boolean testvar(String option) {
        return settings.testvar(option);
    }

    @Override
    public Path statepath() {
        Path directory = socket.getParent();
        return directory == null ? Path.of("") : directory;
    }

    @Override
    public LongSupplier nanoTime() {
        return System::nanoTime;
    }

    @Override
    public boolean asked(Runnable work) {
        return control.asked(work);
    }

    @Override
    public void pollSoon() {
        control.pollSoon();
    }
}
