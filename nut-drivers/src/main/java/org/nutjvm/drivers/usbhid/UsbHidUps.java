package org.nutjvm.drivers.usbhid;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hidups.HidException;
import org.nutjvm.drivers.hidups.HidPowerDevice;
import org.nutjvm.drivers.hidups.HidSettings;
import org.nutjvm.drivers.hidups.Subdriver;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.usb.Identity;
import org.nutjvm.drivers.usb.UsbBus;
import org.nutjvm.drivers.usb.UsbException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One HID UPS on USB (drivers/usbhid-ups.c). Input reports are taken as they come, the rest is polled.
/// When the link is lost it is looked for until it is back; what could not be read meanwhile is never
/// taken for news.
final class UsbHidUps implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(UsbHidUps.class);
    private static final long SECOND = 1_000_000_000L;

    /// Data that were good when the link was lost stay so for a moment: a plug that is moved is
    /// nobody's business.
    private static final long GRACE = 3 * SECOND;

    /// How many reasons are told while one loss lasts.
    private static final int REASONS = 16;

    /// How fast it goes on after trouble.
    ///
    /// @param random spreads attempts to find a lost device
    /// @param afterErrorMillis between an input report that could not be had and the next
    record Pace(RandomGenerator random, long afterErrorMillis) {}

    private final Device device;
    private final UsbBus bus;
    private final Search search;
    private final UsbSettings usb;
    private final UsbHidSettings settings;
    private final Subdriver subdriver;
    private final HidPowerDevice ups;
    private final Identity identity;
    private final Pace pace;
    private final InputReports inputs = new InputReports();
    private @Nullable Connection connection;
    private @Nullable InterruptReader reader;
    private @Nullable Healing healing;
    private String whyLost = "";
    private String whyStale = "";
    private final Set<String> told = new HashSet<>();
    private boolean stale;
    private long fullAt;
    private boolean eventsCame;
    private long pollsWithoutEvents;
    private long lost;
    private long reopened;
    private long resets;
    private long failures;
    private long counted = -1;

    UsbHidUps(
            Device device,
            UsbBus bus,
            Search search,
            Search.Found found,
            UsbHidSettings settings,
            Subdriver subdriver,
            HidPowerDevice ups,
            Pace pace) {
        this.device = device;
        this.bus = bus;
        this.search = search;
        this.usb = found.settings();
        this.settings = settings;
        this.subdriver = subdriver;
        this.ups = ups;
        this.pace = pace;
        connection = found.connection();
        identity = found.connection().identity();
    }

    @Override
    public void initinfo(Dstate dstate) throws IOException {
        dstate.setinfo("driver.version.data", subdriver.title());
        dstate.setinfo("driver.version.usb", bus.version());
        dstate.setinfo("driver.parameter.pollfreq", settings.pollfreq());
        dstate.setinfo("driver.parameter.interrupt_pipe_no_events_tolerance", settings.noEventsTolerated());
        ups.identify(identity.id(), identity.vendor(), identity.product(), identity.serial());
        ups.init();
        if (device.testvar("explore")) {
            ups.explore(identity.id(), identity.vendor(), identity.product()).forEach(line -> LOG.info("{}", line));
        }
        HidSettings.adopt(device, subdriver.delaysInMinutes());
        fullAt = now();
        ups.publishStatus();
        count(dstate);
    }

    private long now() {
        return device.nanoTime().getAsLong();
    }

    @Override
    public void updateinfo(Dstate dstate) throws IOException {
        if (healing != null && !heal()) {
            waitOrFail();
            return;
        }
        listen();
        takeInputs();
        try {
            watchSilence();
            long now = now();
            boolean full = ups.changed() || now - fullAt > settings.pollfreq() * SECOND;
            ups.update(full);
            fullAt = full ? now : fullAt;
        } catch (HidException e) {
            lose(e);
            if (!heal()) {
                count(dstate);
                waitOrFail();
                return;
            }
            ups.publishStatus();
        }
        stale = false;
        count(dstate);
    }

    private void watchSilence() throws HidException {
        boolean came = eventsCame;
        eventsCame = false;
        pollsWithoutEvents = came || reader == null ? 0 : pollsWithoutEvents + 1;
        if (settings.noEventsTolerated() >= 0 && pollsWithoutEvents > settings.noEventsTolerated()) {
            throw new HidException(
                    HidException.Kind.BROKEN, "no input reports in " + pollsWithoutEvents + " polls in a row");
        }
    }

    private void listen() {
        var open = connection;
        if (open == null || reader != null || !settings.interrupts()) {
            return;
        }
        var started = new InterruptReader(
                open, settings.interruptSize(), pace.afterErrorMillis(), new InterruptReader.Listener() {
                    @Override
                    public void report(byte[] report) {
                        if (inputs.add(report) && !device.asked(UsbHidUps.this::inputsCame)) {
                            device.pollSoon();
                        }
                    }

                    @Override
                    public void lost(HidException why) {
                        device.asked(() -> lostBy(open, why));
                        device.pollSoon();
                    }
                });
        reader = started;
        started.start();
    }

    private void inputsCame() {
        if (healing == null && takeInputs()) {
            ups.publishStatus();
        }
    }

    private boolean takeInputs() {
        boolean known = false;
        for (byte[] report : inputs.take()) {
            eventsCame = true;
            known |= ups.arrived(report, report.length);
        }
        return known;
    }

    private void lostBy(Connection which, HidException why) {
        if (healing == null && which.equals(connection)) {
            lose(why);
        }
    }

    /// Puts the connection away; the next update looks for the device.
    private void lose(HidException why) {
        LOG.debug("link lost: {}", String.valueOf(why.getMessage()));
        whyLost = String.valueOf(why.getMessage());
        lost++;
        long now = now();
        disconnect(Healing.Step.REOPEN);
        healing = new Healing(pace.random(), now, settings.waitBeforeReconnect() * SECOND);
        inputs.take();
    }

    private void disconnect(Healing.Step how) {
        var open = connection;
        var listening = reader;
        connection = null;
        reader = null;
        pollsWithoutEvents = 0;
        if (open == null) {
            return;
        }
        failures += open.transport().failures();
        if (listening != null && !listening.stop()) {
            LOG.warn("a USB transfer hangs in the kernel; the device is opened beside it");
            return;
        }
        close(open, how);
    }

    private void close(Connection open, Healing.Step how) {
        try {
            open.close(how);
        } catch (UsbException e) {
            LOG.debug("closing: {}", String.valueOf(e.getMessage()));
        }
    }

    /// Tries to find the device again, if that is due.
    ///
    /// @return whether it is back
    private boolean heal() {
        var way = healing;
        if (way == null) {
            return true;
        }
        long now = now();
        if (!way.due(now)) {
            return false;
        }
        var step = way.step();
        boolean seen = false;
        try {
            if (step == Healing.Step.RESET) {
                resets += search.reset(identity) ? 1 : 0;
            }
            var again = search.again(identity, usb);
            seen = again.seen();
            var found = again.connection();
            if (found == null) {
                whyLost = again.why();
            } else if (answers(found, step)) {
                back(way, now);
                return true;
            }
        } catch (UsbException e) {
            whyLost = String.valueOf(e.getMessage());
        }
        way.failed(now(), seen);
        wakeAt(way.next());
        return false;
    }

    private boolean answers(Connection found, Healing.Step step) {
        try {
            ups.reconnected(found.transport());
            connection = found;
            return true;
        } catch (HidException e) {
            whyLost = String.valueOf(e.getMessage());
            failures += found.transport().failures();
            close(found, step);
            return false;
        }
    }

    private void back(Healing way, long now) {
        healing = null;
        told.clear();
        reopened++;
        fullAt = now;
        LOG.debug("link back after {} ms, attempt {}", way.lostFor(now) / 1_000_000, way.attempts() + 1);
        listen();
    }

    /// Good data last a moment; then their loss is told, once, and what is found out about it later, once each.
    private void waitOrFail() throws IOException {
        var way = healing;
        if (way != null && !stale && way.lostFor(now()) < GRACE) {
            return;
        }
        if (!stale) {
            stale = true;
            whyStale = whyLost;
        } else if (!whyLost.equals(whyStale) && told.size() < REASONS && told.add(whyLost)) {
            LOG.info("USB device {} is still lost: {}", identity.id(), whyLost);
        }
        throw new IOException("USB device " + identity.id() + ": " + whyStale);
    }

    /// Polls come at their interval; a device that is looked for should be found sooner.
    private void wakeAt(long when) {
        long millis = Math.max(1, (when - now()) / 1_000_000 + 1);
        Thread.ofPlatform().daemon().name("usb-healing").start(() -> {
            try {
                Thread.sleep(millis);
                device.pollSoon();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void count(Dstate dstate) {
        var open = connection;
        long errors = failures + (open == null ? 0 : open.transport().failures());
        long sum = lost + reopened + resets + errors;
        if (sum == counted) {
            return;
        }
        counted = sum;
        dstate.setinfo("driver.usb.lost", lost);
        dstate.setinfo("driver.usb.reopened", reopened);
        dstate.setinfo("driver.usb.resets", resets);
        dstate.setinfo("driver.usb.errors", errors);
    }

    @Override
    public Outcome instcmd(String cmd, Optional<String> param) throws IOException {
        return obey(() -> ups.instcmd(cmd, param));
    }

    @Override
    public Outcome setvar(String var, String value) throws IOException {
        return obey(() -> ups.setvar(var, value));
    }

    private interface Order {
        Outcome run() throws HidException;
    }

    private Outcome obey(Order order) throws IOException {
        if (healing != null && !heal()) {
            throw new IOException("USB device " + identity.id() + ": " + whyLost);
        }
        try {
            var outcome = order.run();
            if (ups.changed()) {
                device.pollSoon();
            }
            return outcome;
        } catch (HidException e) {
            if (e.kind().linkLost()) {
                lose(e);
                device.pollSoon();
            }
            throw e;
        }
    }

    @Override
    public Outcome shutdown() throws IOException {
        return HidSettings.shutdown(cmd -> instcmd(cmd, Optional.empty()));
    }

    @Override
    public void close() {
        disconnect(Healing.Step.RELEASE);
        bus.close();
    }
}
