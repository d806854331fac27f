package org.nutjvm.drivers.hidups;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hid.HidItem;
import org.nutjvm.drivers.hid.HidPath;
import org.nutjvm.drivers.hid.ReportDescriptor;
import org.nutjvm.drivers.hid.ReportType;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.usb.UsbId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A HID UPS and what it means to NUT: reads the items its table names, publishes them, obeys commands
/// (drivers/usbhid-ups.c: hid_ups_walk). What carries the reports may change under
/// it.
///
/// Belongs to the thread that calls the driver.
public final class HidPowerDevice {
    private static final Logger LOG = LoggerFactory.getLogger(HidPowerDevice.class);

    /// Settings that reading depends on.
    ///
    /// @param inputsOnly items are taken from input reports alone (`interruptonly`)
    /// @param maxreport reports are asked for in one size
    /// @param polled whether no input reports come, so that what never changes is read, too, to see
    ///     whether the device is there
    /// @param freshFor nanoseconds a report is good for
    /// @param pauseMillis between the two steps of one command; some units do not take two at once
    /// @param option a setting of ups.conf, or null
    /// @param zone where the machine is, asked for by the few devices with a calendar
    public record Options(
            boolean inputsOnly,
            boolean maxreport,
            boolean polled,
            long freshFor,
            long pauseMillis,
            Function<String, @Nullable String> option,
            Supplier<ZoneId> zone) {}

    /// A status that can no longer be read is not known after so long, in nanoseconds: the device has to be opened
    /// anew, and if that does not help the data are stale.
    private static final long BLIND = 30_000_000_000L;

    private enum Walk {
        INIT,
        QUICK,
        FULL,
        /// After a new connection: everything, as if read for the first time.
        AGAIN
    }

    private record Event(HidItem item, Row row) {}

    private final Subdriver subdriver;
    private final DeviceRule rule;
    private final ReportDescriptor descriptor;
    private final Reports reports;
    private final Dstate dstate;
    private final Options options;
    private final StatusRules rules;
    private final List<Row> rows = new ArrayList<>();
    private final Orders orders;
    private final EnumSet<HidFlag> flags = EnumSet.noneOf(HidFlag.class);
    private final Map<Row, String> alarms = new LinkedHashMap<>();
    private final Map<Integer, List<Event>> events = new HashMap<>();
    private final Around around = new Around();
    private String kind = "default";

    public HidPowerDevice(
            Subdriver subdriver,
            DeviceRule rule,
            ReportDescriptor descriptor,
            HidTransport transport,
            Dstate dstate,
            Options options,
            StatusRules rules,
            LongSupplier nanoTime) {
        this.subdriver = subdriver;
        this.rule = rule;
        this.descriptor = descriptor;
        this.dstate = dstate;
        this.options = options;
        this.rules = rules;
        reports = new Reports(
                descriptor, transport, options.inputsOnly(), options.maxreport(), options.freshFor(), nanoTime);
        subdriver.mappings().forEach(mapping -> rows.add(new Row(mapping)));
        orders = new Orders(rows, reports, dstate, around, options.pauseMillis());
    }

    /// Publishes who made the device and what it is.
    ///
    /// @param id of the device, for those whose names need care
    public void identify(UsbId id, @Nullable String vendor, @Nullable String product, @Nullable String serial) {
        var named = new Naming(subdriver, descriptor, reports, dstate).name(id, vendor, product, serial);
        kind = named.kind();
        publish("ups.mfr", named.vendor());
        publish("ups.model", named.model());
        publish("ups.serial", named.serial());
        dstate.setinfo("ups.vendorid", id.toString().substring(0, 4));
        dstate.setinfo("ups.productid", id.toString().substring(5));
    }

    private void publish(String name, @Nullable String value) {
        if (value == null) {
            dstate.delinfo(name);
        } else {
            dstate.setinfo(name, value);
        }
    }

    /// Finds out what the device has, and publishes all of it.
    ///
    /// @throws HidException if the link is lost meanwhile
    public void init() throws HidException {
        walk(Walk.INIT);
        orders.announce();
        if (flags.isEmpty()) {
            LOG.warn(
                    "No flag bits for 'ups.status' were explicitly reported; possibly another subdriver than {} is "
                            + "needed (setting 'subdriver')",
                    subdriver.title());
        }
    }

    /// A table for this device, as far as the one in use fits, with everything it leaves out as comments.
    ///
    /// @return lines of a file that `subdriver` may name
    public List<String> explore(UsbId id, @Nullable String vendor, @Nullable String product) {
        return new Exploration(subdriver, rows, descriptor, reports).lines(id, vendor, product);
    }

    /// Goes on with a new connection; the next update reads everything.
    ///
    /// @throws HidException if the device does not answer on it either
    public void reconnected(HidTransport transport) throws HidException {
        reports.reconnected(transport);
        walk(Walk.AGAIN);
    }

    /// Whether something was set or commanded since the last full update.
    public boolean changed() {
        return orders.changed();
    }

    /// Reads what is due and publishes the status.
    ///
    /// @param full also what seldom changes
    /// @throws HidException if the connection has to be made anew
    public void update(boolean full) throws HidException {
        dstate.buzzmodeInit();
        walk(full ? Walk.FULL : Walk.QUICK);
        if (full) {
            orders.noted();
        }
        publishStatus();
    }

    /// Publishes status and alarms as they are known.
    public void publishStatus() {
        dstate.statusInit();
        dstate.alarmInit();
        alarms.values().forEach(dstate::alarmSet);
        StatusRules.alarms(flags, dstate);
        dstate.alarmCommit();
        rules.status(flags, dstate);
        dstate.buzzmodeCommit();
        dstate.statusCommit();
    }

    /// Takes an input report.
    ///
    /// @param report the report, its id first
    /// @return whether anything NUT knows was in it
    public boolean arrived(byte[] report, int length) {
        if (length < 1) {
            return false;
        }
        reports.arrived(report, length);
        var known = events.computeIfAbsent(report[0] & 0xff, this::events);
        for (var event : known) {
            apply(event.row(), reports.lastValue(event.item()));
            event.row().version = Row.NEVER;
        }
        return !known.isEmpty();
    }

    private List<Event> events(int report) {
        var found = new ArrayList<Event>();
        for (var item : descriptor.inputs(report)) {
            var at = options.inputsOnly() ? null : descriptor.find(item.path(), ReportType.FEATURE);
            var twin = at != null ? at : item;
            for (var row : rows) {
                if (row.reads() && twin.equals(row.item)) {
                    found.add(new Event(item, row));
                    break;
                }
            }
        }
        return found;
    }

    private void walk(Walk walk) throws HidException {
        reports.walk();
        int asked = 0;
        int answered = 0;
        var quick = new ArrayList<Row>();
        for (var row : rows) {
            if (!wanted(row, walk)) {
                continue;
            }
            var item = row.item;
            if (item == null || rule.skips(item.reportId())) {
                continue;
            }
            int counts = item.type() == ReportType.FEATURE && reports.ought(item.reportId()) ? 1 : 0;
            asked += counts;
            try {
                reports.read(item);
                answered += counts;
                int version = reports.version(item.reportId());
                if (row.mattersAtOnce() && !reports.came(item)) {
                    LOG.debug("{}: not in what the device sends", row.mapping.path());
                } else if (!row.isPublished(version) || walk == Walk.INIT) {
                    take(row, reports.lastValue(item), walk);
                    row.version = version;
                    if (row.mattersAtOnce() && walk != Walk.QUICK) {
                        quick.add(row);
                    }
                }
            } catch (HidException e) {
                if (e.kind().linkLost()) {
                    throw e;
                }
                LOG.debug("{}: {}", row.mapping.path(), String.valueOf(e.getMessage()));
                if (row.mattersAtOnce() && reports.failingFor(item.reportId()) >= BLIND) {
                    throw new HidException(
                            HidException.Kind.BROKEN, "the status can no longer be read: " + e.getMessage());
                }
            }
        }
        // Where two lines contradict each other the one read at every poll counts, also now and then.
        for (var row : quick) {
            var item = row.item;
            if (item != null) {
                apply(row, reports.lastValue(item));
            }
        }
        if (asked > 0 && answered == 0 && walk != Walk.INIT) {
            throw new HidException(HidException.Kind.BROKEN, "none of the reports asked for could be read");
        }
    }

    private boolean wanted(Row row, Walk walk) {
        return switch (walk) {
            case INIT -> introduce(row);
            case QUICK -> row.mapping.reading() == Mapping.Reading.QUICK && row.reads();
            case AGAIN -> row.reads();
            case FULL ->
                row.reads()
                        && switch (row.mapping.reading()) {
                            case FULL, QUICK -> true;
                            case ON_CHANGE -> orders.changed() || options.polled();
                            case ONCE -> options.polled();
                        };
        };
    }

    /// Finds the item of a line. Of several lines for a variable the first that is answered counts.
    private boolean introduce(Row row) {
        var mapping = row.mapping;
        var path = subdriver.path(mapping.path());
        row.item = path == null ? null : item(path);
        if (row.item == null) {
            return false;
        }
        switch (mapping.kind()) {
            case SETTING -> {
                if (dstate.getinfo(mapping.name()) == null) {
                    dstate.setinfo(mapping.name(), String.valueOf(mapping.value()));
                    describe(mapping);
                }
                return false;
            }
            case READ -> {
                if (dstate.getinfo(mapping.name()) != null) {
                    row.item = null;
                }
            }
            case STATUS, ALARM, COMMAND -> {}
        }
        return true;
    }

    private @Nullable HidItem item(HidPath path) {
        var feature = options.inputsOnly() ? null : descriptor.find(path, ReportType.FEATURE);
        boolean input = options.inputsOnly() || subdriver.inputsToo();
        return feature == null && input ? descriptor.find(path, ReportType.INPUT) : feature;
    }

    private void take(Row row, double value, Walk walk) {
        var mapping = row.mapping;
        if (mapping.kind() == Mapping.Kind.COMMAND) {
            dstate.addcmd(mapping.name());
        } else if (apply(row, value) && walk == Walk.INIT) {
            describe(mapping);
            announceChoices(mapping);
        }
    }

    private void describe(Mapping mapping) {
        var set = EnumSet.noneOf(org.nutjvm.common.state.Variable.Flag.class);
        if (mapping.writable()) {
            set.add(org.nutjvm.common.state.Variable.Flag.RW);
        }
        if (mapping.text()) {
            set.add(org.nutjvm.common.state.Variable.Flag.STRING);
        }
        if (mapping.number()) {
            set.add(org.nutjvm.common.state.Variable.Flag.NUMBER);
        }
        if (!set.isEmpty()) {
            dstate.setflags(mapping.name(), set);
        }
        if (mapping.text()) {
            dstate.setaux(mapping.name(), mapping.length());
        }
    }

    private void announceChoices(Mapping mapping) {
        var conversion = mapping.conversion();
        if (!mapping.choices() || !mapping.writable() || conversion == null) {
            return;
        }
        for (var choice : conversion.choices()) {
            if (conversion.text((double) choice.value(), around) != null) {
                dstate.addenum(mapping.name(), choice.text());
            }
        }
    }

    /// Publishes what a value means.
    ///
    /// @return whether a variable has it now
    private boolean apply(Row row, double value) {
        var mapping = row.mapping;
        String text = row.text(value, around);
        if (mapping.kind() == Mapping.Kind.ALARM && text == null) {
            alarms.remove(row);
        }
        if (text == null) {
            return false;
        }
        switch (mapping.kind()) {
            case ALARM -> alarms.put(row, text);
            case STATUS -> flag(text);
            case READ, COMMAND, SETTING -> dstate.setinfo(mapping.name(), text);
        }
        return mapping.kind() == Mapping.Kind.READ;
    }

    private void flag(String word) {
        boolean clear = word.startsWith("!");
        var flag = HidFlag.of(clear ? word.substring(1) : word);
        if (flag == null) {
            return;
        }
        if (clear) {
            flags.remove(flag);
            return;
        }
        flags.add(flag);
        switch (flag) {
            case ONLINE -> flags.remove(HidFlag.OFFLINE);
            case OFFLINE -> flags.remove(HidFlag.ONLINE);
            case FULLY_CHARGED -> flags.remove(HidFlag.NOT_FULLY_CHARGED);
            case NOT_FULLY_CHARGED -> flags.remove(HidFlag.FULLY_CHARGED);
            default -> {}
        }
    }

    /// Runs a command.
    public Outcome instcmd(String cmd, Optional<String> param) throws HidException {
        return orders.instcmd(cmd, param);
    }

    /// Sets a variable.
    public Outcome setvar(String name, String value) throws HidException {
        return orders.setvar(name, value);
    }

    /// What conversions see of the device.
    private final class Around implements Surroundings {
        @Override
        public @Nullable String getinfo(String name) {
            return dstate.getinfo(name);
        }

        @Override
        public void setinfo(String name, String value) {
            dstate.setinfo(name, value);
        }

        @Override
        public void delinfo(String name) {
            dstate.delinfo(name);
        }

        @Override
        public String string(int index) {
            return reports.string(index);
        }

        @Override
        public byte[] report(int id) {
            return reports.last(id);
        }

        @Override
        public byte @Nullable [] readReport(int id, int length) {
            try {
                byte[] buffer = new byte[length];
                return java.util.Arrays.copyOf(buffer, reports.transport().getReport(id, buffer));
            } catch (HidException e) {
                return null;
            }
        }

        @Override
        public boolean flag(HidFlag flag) {
            return flags.contains(flag);
        }

        @Override
        public void buzzword(String word) {
            dstate.buzzmodeSet(word);
        }

        @Override
        public boolean setvar(String name, String value) {
            try {
                return HidPowerDevice.this.setvar(name, value) == Outcome.HANDLED;
            } catch (HidException e) {
                return false;
            }
        }

        @Override
        public @Nullable String option(String name) {
            return options.option().apply(name);
        }

        @Override
        public double constant(String name, double otherwise) {
            return rule.constant(name, otherwise);
        }

        @Override
        public String kind() {
            return kind;
        }

        @Override
        public ZoneId zone() {
            return options.zone().get();
        }
    }
}
