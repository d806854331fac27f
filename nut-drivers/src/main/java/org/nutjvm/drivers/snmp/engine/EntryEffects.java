package org.nutjvm.drivers.snmp.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.snmp.mapping.Entry;
import org.nutjvm.drivers.snmp.mapping.Mapping;
import org.nutjvm.drivers.snmp.mapping.Oid;
import org.nutjvm.drivers.snmp.mapping.Scope;

/// What one line of a mapping makes of its object: a variable, words of the status, an alarm, a command
/// (drivers/snmp-ups.c: su_ups_get, get_and_process_data).
final class EntryEffects {
    private static final int ALARM_LIMIT = 64;

    private final Mapping mapping;
    private final Report report;
    private final Reader reader;
    private final Set<String> settled = new HashSet<>();
    private final Set<String> impossible = new HashSet<>();

    EntryEffects(Mapping mapping, Report report, Reader reader) {
        this.mapping = mapping;
        this.report = report;
        this.reader = reader;
    }

    /// Takes in a line.
    ///
    /// @param oid its object, or null when its value is fixed
    /// @param name of the variable or command it is about
    /// @param device in a chain, from 1
    /// @param item outlet, group or sensor, 0 for none
    void handle(Entry entry, @Nullable Oid oid, String name, int device, int item) {
        if (oid == null) {
            String place = entry.scope().place();
            String value = place.isEmpty() ? entry.value() : entry.value().replace(place, Integer.toString(item));
            publish(name, value, entry, null);
            return;
        }
        switch (entry.kind()) {
            case STATUS -> status(entry, oid);
            case ALARM -> alarm(entry, oid, device, item);
            case ALARMS -> alarms(entry, oid, device);
            case COMMAND -> command(entry, oid, name);
            case TEXT, NUMBER, FIXED -> {
                if (!settled.contains(name)) {
                    String value = reader.value(entry, oid);
                    if (value != null) {
                        publish(name, value, entry, oid);
                        if (entry.sole()) {
                            settled.add(name);
                        }
                    }
                }
            }
        }
    }

    void publish(String name, String value, @Nullable Entry entry, @Nullable Oid oid) {
        report.variables.put(name, new Report.Value(value, entry, oid));
    }

    private void status(Entry entry, Oid oid) {
        report.statusSources.add(oid);
        Long code = reader.whole(oid, entry.often());
        var table = entry.table();
        if (code != null && table != null) {
            report.statusAnswers++;
            String words = table.text(code);
            if (words != null && !words.isEmpty()) {
                report.status.add(words);
            }
        }
    }

    private void alarm(Entry entry, Oid oid, int device, int item) {
        Long code = reader.whole(oid, entry.often());
        var table = entry.table();
        String text = code == null || table == null ? null : table.text(code);
        if (text == null || text.isEmpty()) {
            return;
        }
        String prefix = switch (entry.scope()) {
            case OUTLET -> "outlet " + item + " ";
            case GROUP -> "outlet group " + item + " ";
            case AMBIENT -> "";
            case DEVICE ->
                entry.name().startsWith("L")
                        ? "phase " + entry.name().substring(0, entry.name().indexOf('.')) + " "
                        : "";
        };
        alarmsOf(device).add(prefix + text);
    }

    private List<String> alarmsOf(int device) {
        return report.alarms.computeIfAbsent(device, d -> new ArrayList<>());
    }

    private void alarms(Entry entry, Oid oid, int device) {
        Long count = reader.whole(oid, entry.often());
        if (count == null || count <= 0) {
            return;
        }
        Oid within = oid.last() == 0 ? oid.parent().parent() : oid.parent();
        var rows = reader.walk(new Report.Walk(oid, within, (int) Math.min(count, ALARM_LIMIT)));
        if (rows == null) {
            return;
        }
        for (var row : rows) {
            var alarm = mapping.alarms().get(row);
            if (alarm != null) {
                if (!alarm.status().isEmpty()) {
                    report.status.add(alarm.status());
                }
                if (!alarm.text().isEmpty()) {
                    alarmsOf(device).add(alarm.text());
                }
            }
        }
    }

    /// Commands for outlets are taken as they are: their objects may be for writing only. Of others each step that is
    /// not optional must be there.
    private void command(Entry entry, Oid oid, String name) {
        if (entry.scope() == Scope.DEVICE) {
            var value = reader.at(oid, Entry.Often.ONCE);
            boolean there = value != null && !(value instanceof SnmpValue.Absent);
            if (there || !entry.optional()) {
                report.attempts.computeIfAbsent(name, n -> new ArrayList<>()).add(new Report.Target(entry, oid));
            }
            if (!there) {
                if (!entry.optional()) {
                    impossible.add(name);
                }
                return;
            }
        }
        report.commands.computeIfAbsent(name, n -> new ArrayList<>()).add(new Report.Target(entry, oid));
    }

    /// After the last line: commands of which a step is missing are none.
    void finish() {
        for (String name : impossible) {
            report.commands.remove(name);
        }
        report.attempts.keySet().retainAll(impossible);
    }
}
