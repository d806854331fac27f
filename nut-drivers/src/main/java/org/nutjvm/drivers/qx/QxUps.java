package org.nutjvm.drivers.qx;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A device that speaks one of the protocols (drivers/nutdrv_qx.c).
///
/// Most of their answers have no checksum, and a bit that says "battery low" is one bit of a byte on the line. So a
/// status that differs from the last is believed when it comes twice, an answer that cannot be is asked for again, and
/// when that does not help nothing of the poll is published.
final class QxUps implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(QxUps.class);
    private static final int TRIES = 3;

    /// All that depends on the protocol.
    private record Speech(Protocol protocol, Walk walk, Control control) {}

    private final Device device;
    private final QxLink link;
    private final QxSettings settings;
    private final Battery battery;
    private StatusBits bits = new StatusBits();
    private @Nullable Speech speech;
    private @Nullable Set<String> lastStatus;
    private boolean begun;
    private boolean swapped;
    private boolean changed;
    private long lastFull;

    QxUps(Device device, QxLink link, QxSettings settings) throws IOException {
        this.device = device;
        this.link = link;
        this.settings = settings;
        battery = new Battery(settings.battery(), settings.predecessor());
        if (settings.chosen()) {
            speech = speech(settings.protocols().getFirst(), Set.of(), Set.of());
        }
        link.open();
    }

    private Speech speech(Protocol protocol, Set<String> absent, Set<String> given) {
        var walk = new Walk(
                protocol, link, settings.options(), absent, given, device.dstate()::getinfo, battery::multiplier);
        return new Speech(protocol, walk, new Control(protocol, walk, settings));
    }

    @Override
    public void initinfo(Dstate dstate) throws IOException, DriverException {
        try {
            begin(dstate);
        } catch (IOException e) {
            failed();
            throw e;
        }
    }

    private void begin(Dstate dstate) throws IOException, DriverException {
        link.open();
        link.facts().forEach(dstate::setinfo);
        var found = Detection.run(candidates(), link, settings.options());
        if (found == null) {
            throw new DriverException("Device not supported!\n"
                    + (settings.chosen()
                            ? "It does not answer as protocol "
                                    + settings.protocols().getFirst().name() + " has it."
                            : "It answers in none of the protocols this driver knows, or not at all.")
                    + " Check port and cable; 'novendor' and 'norating' help some devices");
        }
        Protocol protocol = found.protocol();
        var given = new HashSet<String>();
        for (Item item : protocol.items()) {
            if (dstate.getinfo(item.variable()) != null) {
                given.add(item.variable());
            }
        }
        var speaks = speech(protocol, found.absent(), given);
        speech = speaks;
        LOG.info("Using protocol: {}", protocol.version());
        dstate.setinfo("driver.version.data", protocol.version());
        Map<String, String> values = speaks.walk().run(Walk.Extent.PROBE, bits);
        Set<String> told = Set.copyOf(values.keySet());
        for (var fact : protocol.facts()) {
            values.putIfAbsent(fact.variable(), fact.value());
        }
        battery.begin(name -> latest(speaks, values, name), values, now());
        values.forEach(dstate::setinfo);
        if (!speaks.walk().kept().isEmpty()) {
            LOG.debug("{}", Control.told(speaks.walk().kept()));
        }
        speaks.control().configure();
        speaks.control().offer(dstate, told);
        changed = speaks.control().changed();
        if (settings.pollfreq() > 0) {
            dstate.setinfo("driver.parameter.pollfreq", settings.pollfreq());
        }
        lastFull = now();
        begun = true;
    }

    /// Protocols that only some USB devices speak are tried on these alone, unless they were asked for.
    private Iterable<Protocol> candidates() {
        if (settings.chosen()) {
            return settings.protocols();
        }
        String vendor = link.facts().get("ups.vendorid");
        return () -> settings.protocols().stream()
                .filter(one -> one.usbVendor() == null || one.usbVendor().equals(vendor))
                .iterator();
    }

    @Override
    public void updateinfo(Dstate dstate) throws IOException {
        try {
            link.open();
            if (!begun) {
                begin(dstate);
            }
            Speech speaks = speech;
            if (speaks != null) {
                update(speaks, dstate);
            }
        } catch (DriverException e) {
            failed();
            throw new IOException(e.text(), e);
        } catch (IOException e) {
            failed();
            throw e;
        }
    }

    private void failed() {
        Speech speaks = speech;
        if (speaks != null) {
            speaks.walk().doubt();
            swapped |= speaks.walk().lost();
        }
    }

    private long now() {
        return device.nanoTime().getAsLong();
    }

    private void update(Speech speaks, Dstate dstate) throws IOException {
        long now = now();
        changed |= speaks.control().changed();
        Walk.Extent extent = swapped
                ? Walk.Extent.PROBE
                : changed
                        ? Walk.Extent.CHANGED
                        : settings.pollfreq() == 0 || now - lastFull > settings.pollfreq() * 1_000_000_000L
                                ? Walk.Extent.FULL
                                : Walk.Extent.QUICK;
        List<Item> items = speaks.protocol().items();
        StatusBits next = bits.copy();
        Map<String, String> values = speaks.walk().run(extent, next);
        next = confirmed(speaks, next);
        if (extent != Walk.Extent.QUICK) {
            boolean online = next.words(items).contains("OL");
            battery.update(name -> latest(speaks, values, name), values, online, now);
            lastFull = now;
            changed = false;
            swapped = false;
        }
        bits = next;
        values.forEach(dstate::setinfo);
        bits.publish(items, dstate);
    }

    /// The status, once it came twice.
    private StatusBits confirmed(Speech speaks, StatusBits first) throws IOException {
        List<Item> items = speaks.protocol().items();
        StatusBits latest = first;
        Set<String> words = latest.words(items);
        for (int i = 0; !words.equals(lastStatus); i++) {
            if (i == TRIES) {
                throw new IOException("the device tells another status each time");
            }
            StatusBits again = latest.copy();
            speaks.walk().run(Walk.Extent.QUICK, again);
            Set<String> second = again.words(items);
            latest = again;
            if (second.equals(words)) {
                break;
            }
            words = second;
        }
        lastStatus = words;
        return latest;
    }

    /// What was just read, or is known.
    private static @Nullable String latest(Speech speaks, Map<String, String> values, String name) {
        String read = values.get(name);
        return read == null ? speaks.walk().known(name) : read;
    }

    @Override
    public Outcome instcmd(String cmd, Optional<String> param) throws IOException {
        return obey(Outcome.INVALID, speaks -> speaks.control().instcmd(cmd, param.orElse(null), device.dstate()));
    }

    @Override
    public Outcome setvar(String var, String value) throws IOException {
        return obey(Outcome.UNKNOWN, speaks -> speaks.control().setvar(var, value, device.dstate()));
    }

    private interface Order {
        Outcome run(Speech speaks) throws IOException;
    }

    private Outcome obey(Outcome without, Order order) throws IOException {
        Speech speaks = speech;
        if (speaks == null) {
            return settings.predecessor() ? Outcome.UNKNOWN : without;
        }
        try {
            Outcome outcome = order.run(speaks);
            if (speaks.control().changed()) {
                changed = true;
                device.pollSoon();
            }
            return outcome;
        } catch (IOException e) {
            failed();
            throw e;
        }
    }

    @Override
    public Outcome shutdown() throws IOException {
        Speech speaks = speech;
        if (speaks == null) {
            LOG.error("Shutdown failed! Nothing tells which protocol the device speaks; 'protocol' in ups.conf would");
            return Outcome.FAILED;
        }
        try {
            speaks.control().defaults(device.dstate());
        } catch (DriverException e) {
            LOG.error("{}", e.text());
            return Outcome.FAILED;
        }
        if (speaks.control().has("shutdown.stop") && insist("shutdown.stop") != Outcome.HANDLED) {
            LOG.info("No shutdown pending");
        }
        Outcome outcome = insist(settings.stayoff() ? "shutdown.stayoff" : "shutdown.return");
        if (outcome == Outcome.HANDLED) {
            LOG.error(
                    "Shutting down in {} seconds",
                    String.valueOf(device.dstate().getinfo("ups.delay.shutdown")));
        } else {
            LOG.error("Shutdown failed!");
        }
        return outcome;
    }

    private Outcome insist(String cmd) {
        for (int i = 0; i < TRIES; i++) {
            try {
                Outcome outcome = instcmd(cmd, Optional.empty());
                if (outcome == Outcome.HANDLED) {
                    return outcome;
                }
            } catch (IOException e) {
                LOG.error("{}: {}", cmd, String.valueOf(e.getMessage()));
            }
        }
        return Outcome.FAILED;
    }

    @Override
    public void close() {
        link.close();
    }
}
