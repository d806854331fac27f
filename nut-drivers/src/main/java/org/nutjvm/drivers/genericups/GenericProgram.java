package org.nutjvm.drivers.genericups;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.port.SerialPort;
import org.nutjvm.drivers.port.SystemPorts;
import org.nutjvm.drivers.spi.BuiltIn;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// genericups for the driver core: which wiring the settings mean.
final class GenericProgram implements DriverProgram {
    private static final Logger LOG = LoggerFactory.getLogger(GenericProgram.class);
    private static final Duration LONGEST_HOLD = Duration.ofDays(49_710);

    private final SerialPort ports;

    GenericProgram() {
        this(new SystemPorts());
    }

    GenericProgram(SerialPort ports) {
        this.ports = ports;
    }

    @Override
    public String progname() {
        return "genericups";
    }

    @Override
    public String description() {
        return "Generic contact-closure UPS driver";
    }

    @Override
    public String version() {
        return "1.43";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.value("upstype", "Set UPS type (required)"),
                Option.value("mfr", "Override manufacturer name"),
                Option.value("model", "Override model name"),
                Option.value("serial", "Specify the serial number"),
                Option.value("CP", "Override cable power setting"),
                Option.value("OL", "Override on line signal"),
                Option.value("LB", "Override low battery signal"),
                Option.value("RB", "Override replace battery signal"),
                Option.value("BYPASS", "Override battery bypass signal"),
                Option.value("SD", "Override shutdown setting"),
                Option.value("sdtime", "Hold time for shutdown value, in seconds (default=0)"));
    }

    @Override
    public Driver initups(Device device) throws IOException, DriverException {
        List<Wiring> table = types();
        Wiring wiring = overridden(chosen(device.getval("upstype"), table), device);
        LOG.info("UPS type: {}", wiring.title());
        return new GenericUps(device, ports, wiring, hold(device.getval("sdtime")));
    }

    /// All wirings, by number.
    static List<Wiring> types() throws IOException {
        return Wiring.table(BuiltIn.lines(GenericProgram.class, "upstypes.txt"));
    }

    private static Wiring chosen(@Nullable String upstype, List<Wiring> table) throws DriverException {
        if (upstype == null) {
            throw new DriverException("No upstype set - see help text / man page!\n" + list(table));
        }
        try {
            int number = Integer.parseInt(upstype.strip());
            if (number >= 0 && number < table.size()) {
                return table.get(number);
            }
        } catch (NumberFormatException e) {
            LOG.debug("upstype {} is no number", upstype);
        }
        throw new DriverException(
                list(table) + "Fatal error: unknown UPS type number '" + upstype + "' (setting upstype)");
    }

    private static String list(List<Wiring> table) {
        var text = new StringBuilder("Valid UPS types:\n");
        for (Wiring one : table) {
            text.append(one.number()).append(": ").append(one.title()).append('\n');
        }
        return text.toString();
    }

    private static Wiring overridden(Wiring w, Device device) throws DriverException {
        String cp = given(device, "CP");
        String ol = given(device, "OL");
        String lb = given(device, "LB");
        String rb = given(device, "RB");
        String bypass = given(device, "BYPASS");
        String sd = given(device, "SD");
        String mfr = device.getval("mfr");
        String model = device.getval("model");
        return new Wiring(
                w.number(),
                mfr == null ? w.maker() : mfr,
                model == null ? w.model() : model,
                w.title(),
                cp == null ? w.cablePower() : Wiring.outputs(cp),
                ol == null ? w.online() : Wiring.contact(ol),
                lb == null ? w.lowBattery() : Wiring.contact(lb),
                rb == null ? w.replaceBattery() : Wiring.contact(rb),
                bypass == null ? w.bypass() : Wiring.contact(bypass),
                sd == null ? w.off() : Wiring.offBy(sd));
    }

    private static @Nullable String given(Device device, String option) throws DriverException {
        String value = device.getval(option);
        if (value != null && !Wiring.says(value)) {
            throw new DriverException("Setting " + option + " = '" + value + "' names no line of a serial port; "
                    + "known: DTR, RTS, ST (CP, SD), CTS, DCD, RNG, DSR (the others), none");
        }
        return value;
    }

    private static Duration hold(@Nullable String sdtime) throws DriverException {
        if (sdtime == null) {
            return Duration.ZERO;
        }
        try {
            var wanted = Duration.ofSeconds(Math.max(0, Long.parseLong(sdtime.strip())));
            return wanted.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD : wanted;
        } catch (NumberFormatException e) {
            throw new DriverException("Setting sdtime = '" + sdtime + "' is no number of seconds");
        }
    }
}
