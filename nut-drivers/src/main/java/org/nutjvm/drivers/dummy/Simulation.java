package org.nutjvm.drivers.dummy;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A device played from a definition file (drivers/dummy-ups.c: MODE_DUMMY_ONCE, MODE_DUMMY_LOOP). Everything can
/// be set; what is set stays until the file is read again: in a loop at its end, else when the file changes.
///
/// A file that goes bad while the driver runs makes the data stale until it is good again; C's driver ends then.
final class Simulation implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(Simulation.class);
    private static final long SECOND = 1_000_000_000L;

    private final Device device;
    private final Path file;
    private final boolean loop;
    private @Nullable DataFile reading;
    private DataFile.@Nullable Version read;
    private DataFile.@Nullable Version complainedOf;
    private boolean paused;
    private long resumeAt;
    private String status = "OL";

    Simulation(Device device, boolean loop) {
        this.device = device;
        this.loop = loop;
        file = DataFile.locate(device.port(), device.confpath(), device.statepath());
    }

    @Override
    public void initinfo(Dstate dstate) throws IOException, DriverException {
        for (var entry : DummyInfo.FROM_THE_START.entrySet()) {
            dstate.setinfo(entry.getKey(), entry.getValue());
            DummyInfo.describe(dstate, entry.getKey());
        }
        dstate.addcmd("load.off");
        if (DataFile.version(file) == null) {
            throw new DriverException(missing());
        }
        readOn(dstate);
        dstate.dataok();
    }

    @Override
    public void updateinfo(Dstate dstate) throws IOException {
        if (loop || reading != null) {
            readOn(dstate);
            return;
        }
        var now = DataFile.version(file);
        if (now == null || !now.equals(read)) {
            LOG.debug("input file was already read once to the end, but changed later - re-reading: {}", file);
            readOn(dstate);
        }
    }

    private String missing() {
        try {
            DataFile.open(file, LOG::warn).close();
        } catch (IOException e) {
            return e.getMessage() + "\nSection [" + device.upsname() + "] of ups.conf names it as 'port = "
                    + device.port() + "'; a relative name is looked for in " + device.confpath();
        }
        return "Can't open dummy-ups definition file " + file;
    }

    /// Reads to the end or to the next TIMER.
    private void readOn(Dstate dstate) throws IOException {
        if (paused && device.nanoTime().getAsLong() - resumeAt < 0) {
            return;
        }
        paused = false;
        try {
            var data = reading;
            if (data == null) {
                read = DataFile.version(file);
                data = DataFile.open(file, this::complain);
                reading = data;
                dstate.alarmInit();
            }
            play(data, dstate);
            if (!paused) {
                data.close();
                reading = null;
                complainedOf = read;
            }
        } catch (IOException e) {
            forget();
            throw e;
        }
        dstate.alarmCommit();
        showStatus(dstate);
    }

    private void play(DataFile data, Dstate dstate) throws IOException {
        for (var line = data.next(); line != null; line = data.next()) {
            switch (line) {
                case DataFile.Instruction.Timer(long seconds) -> {
                    LOG.debug("suspending execution for {} seconds...", seconds);
                    paused = true;
                    resumeAt = device.nanoTime().getAsLong() + seconds * SECOND;
                    return;
                }
                case DataFile.Instruction.Alarm(var text) -> {
                    if (text.isEmpty()) {
                        dstate.alarmInit();
                    } else {
                        dstate.alarmSet(text);
                    }
                }
                case DataFile.Instruction.Set(var name, var value) -> {
                    if (name.equals("ups.status")) {
                        status = value;
                    } else {
                        assign(dstate, name, value);
                    }
                }
            }
        }
    }

    private void showStatus(Dstate dstate) {
        dstate.statusInit();
        dstate.statusSet(status);
        dstate.statusCommit();
    }

    private static void assign(Dstate dstate, String name, String value) {
        if (value.isEmpty()) {
            dstate.delinfo(name);
        } else {
            dstate.setinfo(name, value);
            DummyInfo.describe(dstate, name);
        }
    }

    @Override
    public Outcome setvar(String name, String value) {
        var dstate = device.dstate();
        if (name.equals("ups.status")) {
            status = value;
            showStatus(dstate);
        } else {
            assign(dstate, name, value);
        }
        return Outcome.HANDLED;
    }

    @Override
    public Outcome shutdown() {
        LOG.error("shutdown not supported");
        return Outcome.FAILED;
    }

    /// Once for each state of the file: a loop reads it again and again.
    private void complain(String what) {
        if (read == null || !read.equals(complainedOf)) {
            LOG.warn("{}", what);
        }
    }

    private void forget() {
        if (reading != null) {
            reading.close();
            reading = null;
        }
        read = null;
        paused = false;
    }

    @Override
    public void close() {
        forget();
    }
}
