package org.nutjvm.drivers.core;

import java.util.List;
import java.util.Set;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.state.Variable;
import org.nutjvm.common.wire.Words;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Dstate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What every driver shows and takes, whatever its device.
final class Published {
    private static final Logger LOG = LoggerFactory.getLogger(Published.class);

    private Published() {}

    /// Which driver it is, before the device is asked for anything.
    static void identity(Dstate dstate, DriverProgram program) {
        dstate.setinfo("driver.version", NutVersion.VERSION);
        dstate.setinfo("driver.version.internal", program.version());
        dstate.setinfo("driver.name", program.progname());
    }

    /// The rest, when the device has shown itself.
    static void rest(Dstate dstate, Settings settings) {
        dstate.setinfo("driver.parameter.pollinterval", settings.pollinterval());
        dstate.setinfo("driver.parameter.synchronous", settings.synchronous().word());
        remap(dstate, "ups.mfr", "device.mfr");
        remap(dstate, "ups.model", "device.model");
        remap(dstate, "ups.serial", "device.serial");
        if (dstate.getinfo("driver.flag.allow_killpower") == null) {
            dstate.setinfo("driver.flag.allow_killpower", "0");
        }
        dstate.setflags("driver.flag.allow_killpower", Set.of(Variable.Flag.RW, Variable.Flag.NUMBER));
        dstate.addcmd("driver.killpower");
        dstate.addcmd("driver.reload");
        dstate.addcmd("driver.reload-or-exit");
        dstate.addcmd("driver.reload-or-error");
        dstate.setinfo("driver.state", "quiet");
    }

    private static void remap(Dstate dstate, String from, String to) {
        String value = dstate.getinfo(from);
        if (value != null) {
            dstate.setinfo(to, value);
        }
    }

    /// Whether low battery can be decided here, if it is to be (`ignorelb`).
    static void checkIgnorelb(Dstate dstate) throws DriverException {
        if (dstate.getinfo("driver.flag.ignorelb") == null) {
            return;
        }
        boolean decidable = false;
        for (String name : List.of("battery.charge", "battery.runtime")) {
            if (dstate.getinfo(name) != null && dstate.getinfo(name + ".low") != null) {
                LOG.info("using '{}' to set battery low state", name);
                decidable = true;
            }
        }
        if (!decidable) {
            throw new DriverException("""
                    The 'ignorelb' flag is set, but there is no way to determine the
                    battery state of charge.

                    Only set this flag if both 'battery.charge' and 'battery.charge.low'
                    and/or 'battery.runtime' and 'battery.runtime.low' are available.""");
        }
    }

    /// All variables as upsc shows them, with the escapes of the wire as C prints them.
    static String dump(Dstate dstate) {
        var text = new StringBuilder();
        for (var entry : dstate.tree().vars().entrySet()) {
            text.append(entry.getKey())
                    .append(": ")
                    .append(Words.escape(entry.getValue().value()))
                    .append('\n');
        }
        return text.toString();
    }
}
