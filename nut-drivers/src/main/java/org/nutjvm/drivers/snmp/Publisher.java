package org.nutjvm.drivers.snmp;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.nutjvm.common.state.Variable;
import org.nutjvm.drivers.snmp.engine.Report;
import org.nutjvm.drivers.snmp.mapping.Entry;
import org.nutjvm.drivers.spi.Dstate;

/// Brings what an agent said into the state that is published, and takes out what it does not say any more.
final class Publisher {
    /// What the core of C's drivers copies from the old names to the new (drivers/main.c).
    private static final List<String> COPIED = List.of("mfr", "model", "serial");

    private final Dstate dstate;
    private final Set<String> published = new HashSet<>();
    private final Set<String> commands = new HashSet<>();
    private int alarmDevices;

    Publisher(Dstate dstate) {
        this.dstate = dstate;
    }

    /// Publishes a complete report.
    ///
    /// @param locals values of variables that live in the driver
    void publish(Report report, Map<String, String> locals) {
        var now = new HashSet<String>();
        for (var variable : report.variables().entrySet()) {
            String name = variable.getKey();
            now.add(name);
            boolean copied = name.startsWith("device.")
                    && COPIED.contains(name.substring(7))
                    && report.variables().containsKey("ups." + name.substring(7));
            if (!copied) {
                publish(name, variable.getValue(), locals);
            }
        }
        for (String part : COPIED) {
            var value = report.variables().get("ups." + part);
            if (value != null) {
                now.add("device." + part);
                dstate.setinfo("device." + part, value.text());
            }
        }
        for (var local : locals.entrySet()) {
            if (now.contains(local.getKey())) {
                dstate.setinfo(local.getKey(), local.getValue());
            }
        }
        for (String gone : published) {
            if (!now.contains(gone)) {
                dstate.delinfo(gone);
            }
        }
        published.clear();
        published.addAll(now);
        statusAndAlarms(report);
    }

    /// Makes these the commands there are, beside those the core has.
    void commands(Set<String> names) {
        for (String name : names) {
            if (commands.add(name)) {
                dstate.addcmd(name);
            }
        }
        for (String name : List.copyOf(commands)) {
            if (!names.contains(name)) {
                commands.remove(name);
                dstate.delcmd(name);
            }
        }
    }

    private void publish(String name, Report.Value value, Map<String, String> locals) {
        boolean isNew = dstate.find(name) == null;
        if (!locals.containsKey(name)) {
            dstate.setinfo(name, value.text());
        }
        var entry = value.entry();
        if (!isNew && published.contains(name)) {
            return;
        }
        if (entry == null) {
            return;
        }
        var flags = EnumSet.noneOf(Variable.Flag.class);
        if (entry.rw()) {
            flags.add(Variable.Flag.RW);
        }
        boolean text = isText(entry);
        if (text) {
            flags.add(Variable.Flag.STRING);
        }
        if (!flags.isEmpty()) {
            dstate.setflags(name, flags);
        }
        if (text && entry.length() > 0) {
            dstate.setaux(name, entry.length());
        }
        var table = entry.table();
        if (entry.rw() && table != null) {
            for (String choice : table.texts()) {
                dstate.addenum(name, choice);
            }
        }
    }

    private static boolean isText(Entry entry) {
        return entry.kind() == Entry.Kind.TEXT || (entry.kind() == Entry.Kind.FIXED && entry.length() > 0);
    }

    /// Where one object of a device says that it is on battery and another that it is on line, as when mains fail
    /// between
    /// the two being read, on battery holds: that is what must not be missed.
    private static List<String> agreed(List<String> said) {
        var words = said.stream().flatMap(some -> Stream.of(some.split(" "))).toList();
        return words.contains("OB") && words.contains("OL")
                ? words.stream().filter(word -> !word.equals("OL")).toList()
                : said;
    }

    private void statusAndAlarms(Report report) {
        dstate.alarmInit();
        dstate.statusInit();
        for (String words : agreed(report.status())) {
            dstate.statusSet(words);
        }
        if (report.devices() == 1) {
            for (String sentence : report.alarms().getOrDefault(1, List.of())) {
                dstate.alarmSet(sentence);
            }
            if (report.chained()) {
                // As in C, where a device that could be one of a chain has no ALARM among its status words.
                dstate.statusCommit();
                dstate.alarmCommit();
                return;
            }
            dstate.alarmCommit();
        } else {
            dstate.alarmCommit();
            for (int device = 1; device <= Math.max(report.devices(), alarmDevices); device++) {
                dstate.deviceAlarmInit();
                for (String sentence : report.alarms().getOrDefault(device, List.of())) {
                    dstate.alarmSet(sentence);
                }
                dstate.deviceAlarmCommit(device);
            }
            alarmDevices = report.devices();
            dstate.deviceAlarmInit();
        }
        dstate.statusCommit();
    }
}
