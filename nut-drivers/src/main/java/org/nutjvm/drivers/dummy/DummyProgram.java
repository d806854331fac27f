package org.nutjvm.drivers.dummy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.client.Credentials;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.log.Priority;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// dummy-ups for the driver core: which mode a port and the setting `mode` mean.
final class DummyProgram implements DriverProgram {
    private static final Logger LOG = LoggerFactory.getLogger(DummyProgram.class);

    private static final String MODE = "mode";
    private static final String AUTHCONF = "authconf";
    private static final String RELAXED = "repeater_disable_strict_start";

    @Override
    public String progname() {
        return "dummy-ups";
    }

    @Override
    public String description() {
        return "Device simulation and repeater driver";
    }

    @Override
    public String version() {
        return "0.25";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.value(
                        MODE,
                        "Specify mode instead of guessing it from port value"
                                + " (dummy = dummy-loop, dummy-once, repeater; default=by the port)"),
                Option.value(
                        AUTHCONF,
                        "Select authentication config for repeater mode (default, none, or path to authconf file;"
                                + " default=the one that is found, if any)"),
                Option.flag(
                        RELAXED, "Do not terminate the driver encountering errors when starting the repeater mode"));
    }

    @Override
    public Driver initups(Device device) throws DriverException {
        String asked = device.getval(MODE);
        String mode = mode(asked == null ? "" : asked, device.port());
        LOG.debug("mode {}", mode);
        device.dstate().setinfo("driver.parameter.mode", mode);
        if (mode.equals("repeater")) {
            return new Repeater(
                    device, address(device.port()), credentials(device.getval(AUTHCONF)), !device.testvar(RELAXED));
        }
        return new Simulation(device, !mode.equals("dummy-once"));
    }

    /// The mode by name, which is also what is published; `dummy` loops.
    static String mode(String asked, String port) {
        switch (asked) {
            case "repeater", "dummy-loop", "dummy-once" -> {
                return asked;
            }
            case "dummy" -> {
                return "dummy-loop";
            }
            case "" -> {
                if (port.indexOf('@') >= 0) {
                    return "repeater";
                }
            }
            default ->
                LOG.info(
                        Priority.NOTICE,
                        "Unsupported mode was specified: {}; guessing it from port {} (known: dummy-loop, dummy-once,"
                                + " dummy, repeater)",
                        asked,
                        port);
        }
        if (port.endsWith(".seq")) {
            return "dummy-loop";
        }
        return port.endsWith(".dev") ? "dummy-once" : "dummy";
    }

    private static Credentials credentials(@Nullable String choice) throws DriverException {
        try {
            var credentials = Credentials.load(choice == null ? "" : choice, System.getenv());
            credentials.complaints().forEach(complaint -> LOG.warn(complaint.text()));
            return credentials;
        } catch (ConfException e) {
            throw new DriverException("Error: " + e.getMessage());
        }
    }

    private static UpsAddress address(String port) throws DriverException {
        try {
            return UpsAddress.ofUps(port);
        } catch (UpsAddress.Malformed e) {
            throw new DriverException("Error: invalid UPS definition.\nRequired format: upsname[@hostname[:port]] ("
                    + e.getMessage() + ")");
        }
    }
}
