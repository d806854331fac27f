package org.nutjvm.drivers.shut;

import java.io.IOException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hid.DescriptorParser;
import org.nutjvm.drivers.hidups.Catalogue;
import org.nutjvm.drivers.hidups.HidException;
import org.nutjvm.drivers.hidups.HidPowerDevice;
import org.nutjvm.drivers.hidups.HidSettings;
import org.nutjvm.drivers.hidups.StatusRules;
import org.nutjvm.drivers.hidups.Subdriver;
import org.nutjvm.drivers.port.Reopened;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One UPS that speaks SHUT (drivers/usbhid-ups.c, built for SHUT). After any loss the line is opened anew and the
/// device asked who it is; another one than before is read from scratch.
final class ShutUps implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(ShutUps.class);
    private static final long SECOND = 1_000_000_000L;

    /// A report is good for so long: less than a poll interval, and long enough to be asked for once in most walks.
    private static final long FRESH_FOR = SECOND * 3 / 2;

    /// Between the two steps of one command.
    private static final long BETWEEN_COMMANDS_MILLIS = 125;

    private static final int POLLFREQ = 30;
    private static final int TRIES = 4;
    private static final String TABLE = "mge";

    private final Device device;
    private final Reopened line;
    private final Dstate dstate;
    private final int pollfreq;
    private @Nullable Identity identity;
    private @Nullable HidPowerDevice ups;
    private boolean connected;
    private boolean introduced;
    private long fullAt;
    private Set<String> ownVars = Set.of();
    private Set<String> ownCmds = Set.of();

    ShutUps(Device device, Reopened line) {
        this.device = device;
        this.line = line;
        dstate = device.dstate();
        pollfreq = HidSettings.number(device, "pollfreq", POLLFREQ, 0);
    }

    /// Opens the line and gets to know the device.
    void connect() throws IOException {
        try {
            line.open();
            var link = new ShutLink(line);
            link.synchronise(TRIES);
            var transport = new ShutTransport(link);
            var now = transport.identity();
            var known = ups;
            if (known != null && now.equals(identity)) {
                known.reconnected(transport);
            } else {
                if (known != null) {
                    LOG.warn("Another device answers: {} instead of {}", now, identity);
                }
                begin(now, transport);
            }
            connected = true;
            fullAt = now();
        } catch (IOException e) {
            disconnect();
            throw e;
        }
    }

    /// With a device that was not there before.
    private void begin(Identity with, ShutTransport transport) throws HidException {
        forget();
        ups = null;
        var made = made(with, transport);
        if (introduced) {
            introduce(made, with);
        }
        identity = with;
        ups = made;
    }

    private HidPowerDevice made(Identity of, ShutTransport transport) throws HidException {
        var subdriver = Catalogue.load(TABLE);
        var repairs = HidSettings.repairs(device);
        var descriptor = DescriptorParser.parse(transport.reportDescriptor(of), repairs);
        descriptor.complaints().forEach(complaint -> LOG.warn("{}", complaint));
        var repaired = subdriver.repair(descriptor, of.id(), repairs);
        LOG.info("Using subdriver: {}", subdriver.title());
        publishTable(subdriver);
        var options = new HidPowerDevice.Options(
                false,
                false,
                device.testvar("pollonly"),
                FRESH_FOR,
                BETWEEN_COMMANDS_MILLIS,
                option -> device.testvar(option) ? String.valueOf(device.getval(option)) : null,
                ZoneId::systemDefault);
        return new HidPowerDevice(
                subdriver,
                Catalogue.standard().ruleOf(of.id()),
                repaired,
                transport,
                dstate,
                options,
                new StatusRules(
                        HidSettings.policy(device, of.vendor(), of.product()), device.upsname(), device.nanoTime()),
                device.nanoTime());
    }

    private void publishTable(Subdriver subdriver) {
        dstate.setinfo("driver.version.data", subdriver.title());
    }

    /// Takes away what was published of a device that is no longer there.
    private void forget() {
        ownVars.forEach(dstate::delinfo);
        ownCmds.forEach(dstate::delcmd);
        ownVars = Set.of();
        ownCmds = Set.of();
    }

    @Override
    public void initinfo(Dstate into) throws IOException {
        dstate.setinfo("driver.parameter.pollfreq", pollfreq);
        introduced = true;
        var known = ups;
        var who = identity;
        if (known != null && who != null) {
            try {
                introduce(known, who);
            } catch (HidException e) {
                ups = null;
                disconnect();
                throw e;
            }
        }
    }

    private void introduce(HidPowerDevice made, Identity who) throws HidException {
        var vars = Set.copyOf(dstate.tree().vars().keySet());
        var cmds = Set.copyOf(dstate.tree().cmds());
        try {
            made.identify(who.id(), who.vendor(), who.product(), who.serial());
            made.init();
            HidSettings.adopt(device, false);
            made.publishStatus();
        } finally {
            ownVars = new TreeSet<>(dstate.tree().vars().keySet());
            ownVars.removeAll(vars);
            ownCmds = new TreeSet<>(dstate.tree().cmds());
            ownCmds.removeAll(cmds);
        }
        fullAt = now();
    }

    private long now() {
        return device.nanoTime().getAsLong();
    }

    @Override
    public void updateinfo(Dstate into) throws IOException {
        if (!connected) {
            connect();
        }
        var known = connectedUps();
        boolean full = known.changed() || now() - fullAt > pollfreq * SECOND;
        try {
            known.update(full);
            fullAt = full ? now() : fullAt;
        } catch (HidException e) {
            disconnect();
            throw e;
        }
    }

    private HidPowerDevice connectedUps() throws IOException {
        var known = ups;
        if (known == null) {
            throw new IOException("no device yet");
        }
        return known;
    }

    private interface Order {
        Outcome run(HidPowerDevice ups) throws HidException;
    }

    private Outcome obey(Order order) throws IOException {
        if (!connected) {
            connect();
        }
        var known = connectedUps();
        try {
            var outcome = order.run(known);
            if (known.changed()) {
                device.pollSoon();
            }
            return outcome;
        } catch (HidException e) {
            if (e.kind().linkLost()) {
                disconnect();
                device.pollSoon();
            }
            throw e;
        }
    }

    @Override
    public Outcome instcmd(String cmd, Optional<String> param) throws IOException {
        return obey(known -> known.instcmd(cmd, param));
    }

    @Override
    public Outcome setvar(String var, String value) throws IOException {
        return obey(known -> known.setvar(var, value));
    }

    @Override
    public Outcome shutdown() throws IOException {
        return HidSettings.shutdown(cmd -> instcmd(cmd, Optional.empty()));
    }

    private void disconnect() {
        connected = false;
        line.close();
    }

    @Override
    public void close() {
        disconnect();
    }
}
