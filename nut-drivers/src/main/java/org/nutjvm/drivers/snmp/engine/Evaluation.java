package org.nutjvm.drivers.snmp.engine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.snmp.mapping.Entry;
import org.nutjvm.drivers.snmp.mapping.Mapping;
import org.nutjvm.drivers.snmp.mapping.Oid;
import org.nutjvm.drivers.snmp.mapping.OidTemplate;
import org.nutjvm.drivers.snmp.mapping.Scope;

/// What a mapping makes of answers (drivers/snmp-ups.c: snmp_ups_walk, process_template, process_phase_data,
/// daisychain_init). It never asks itself: what it misses is in the report, and once that is known the mapping is
/// evaluated again. So an agent is asked for everything at once, and in two or three rounds where counts decide what
/// there is to ask.
public final class Evaluation {
    /// Outlets, groups or sensors of one device that are believed; no device has more.
    static final int ITEM_LIMIT = 512;

    /// Devices in a chain that are believed.
    static final int DEVICE_LIMIT = 32;

    private static final int GUESS_STEP = 16;
    private static final int BASE_CANDIDATES = 4;

    private static final Map<Oid, String> SYSTEM = Map.of(
            Oid.of(1, 3, 6, 1, 2, 1, 1, 1, 0), "device.description",
            Oid.of(1, 3, 6, 1, 2, 1, 1, 4, 0), "device.contact",
            Oid.of(1, 3, 6, 1, 2, 1, 1, 6, 0), "device.location");

    private final Mapping mapping;
    private final Quirks quirks;
    private final Report report = new Report();
    private final Reader reader;
    private final EntryEffects effects;
    private final Map<String, Integer> phases = new HashMap<>();
    private final Map<Scope, Integer> bases = new EnumMap<>(Scope.class);
    private int devices = 1;
    private int deviceBase;

    private Evaluation(Mapping mapping, Answers answers, Quirks quirks) {
        this.mapping = mapping;
        this.quirks = quirks;
        reader = new Reader(answers, report, quirks);
        effects = new EntryEffects(mapping, report, reader);
    }

    /// Evaluates a mapping.
    public static Report of(Mapping mapping, Answers answers, Quirks quirks) {
        var evaluation = new Evaluation(mapping, answers, quirks);
        evaluation.run();
        return evaluation.report;
    }

    private void run() {
        for (var text : SYSTEM.entrySet()) {
            String value = reader.system(text.getKey());
            if (value != null) {
                effects.publish(text.getValue(), value, null, text.getKey());
            }
        }
        Integer base = deviceBase();
        if (base == null) {
            return; // everything else depends on it
        }
        deviceBase = base;
        if (!chain()) {
            return;
        }
        for (int device = 1; device <= devices; device++) {
            for (var entry : mapping.entries()) {
                if (entry.scope() == Scope.DEVICE && concerns(entry, device)) {
                    single(entry, device);
                }
            }
        }
        for (int device = 1; device <= devices; device++) {
            for (var scope : Scope.values()) {
                if (scope != Scope.DEVICE) {
                    items(scope, device);
                }
            }
        }
        effects.finish();
    }

    private boolean concerns(Entry entry, int device) {
        if (quirks.noTransferOids() && Quirks.transfer(entry.name())) {
            return false;
        }
        var oid = entry.oid();
        return device == 1 || (!entry.firstDevice() && (oid == null || oid.hasDevice()));
    }

    // What the agent calls the first device: 0 or 1.

    private @Nullable Integer deviceBase() {
        var candidates = new ArrayList<Entry>();
        for (var entry : mapping.entries()) {
            var oid = entry.oid();
            if (entry.scope() == Scope.DEVICE
                    && oid != null
                    && oid.hasDevice()
                    && candidates.size() < BASE_CANDIDATES) {
                candidates.add(entry);
            }
        }
        return base(candidates, (template, index) -> template.instance(index, 0));
    }

    private interface Instance {
        Oid of(OidTemplate template, int index);
    }

    /// The lowest index, 0 or 1, that the first candidate with either has; 1 when none has; null when not known yet.
    private @Nullable Integer base(List<Entry> candidates, Instance instance) {
        boolean unknown = false;
        for (var entry : candidates) {
            var template = entry.oid();
            if (template == null) {
                continue;
            }
            Boolean zero = reader.exists(instance.of(template, 0), entry);
            Boolean one = reader.exists(instance.of(template, 1), entry);
            if (zero == null || one == null) {
                unknown = true;
            } else if (!unknown && zero) {
                return 0;
            } else if (!unknown && one) {
                return 1;
            }
        }
        return unknown ? null : 1;
    }

    private int snmpDevice(int device) {
        return device + deviceBase - 1;
    }

    /// Finds out how many devices there are; false when that is not known yet.
    private boolean chain() {
        boolean any = false;
        int count = 0;
        for (var entry : mapping.entries()) {
            if (!entry.name().equals("device.count") || count > 0) {
                continue;
            }
            any = true;
            Integer found = deviceCount(entry);
            if (found == null) {
                return false;
            }
            count = found;
        }
        if (any) {
            report.chained = true;
            devices = Math.clamp(count, 1, DEVICE_LIMIT);
            report.devices = devices;
            forge();
        }
        return true;
    }

    /// 0 when this line tells nothing, null when that is not known yet.
    private @Nullable Integer deviceCount(Entry entry) {
        var template = entry.oid();
        if (template == null) {
            return (int) Conversions.leading(entry.value());
        }
        if (!template.hasDevice()) {
            var oid = template.instance(0, 0);
            String said = reader.value(entry, oid);
            return said != null
                    ? Integer.valueOf((int) Math.min(Conversions.leading(said), DEVICE_LIMIT))
                    : report.missing.isEmpty() ? Integer.valueOf(0) : null;
        }
        return consecutive(entry, index -> template.instance(index, 0), deviceBase, DEVICE_LIMIT);
    }

    private interface At {
        Oid index(int index);
    }

    /// How many instances there are in a row; null when not known yet.
    private @Nullable Integer consecutive(Entry entry, At at, int from, int limit) {
        int count = 0;
        while (count < limit) {
            Boolean exists = reader.exists(at.index(from + count), entry);
            if (exists == null) {
                for (int ahead = 1; ahead < GUESS_STEP && count + ahead < limit; ahead++) {
                    reader.exists(at.index(from + count + ahead), entry);
                }
                return null;
            }
            if (!exists) {
                break;
            }
            count++;
        }
        return count;
    }

    private void forge() {
        effects.publish("device.count", Integer.toString(devices), null, null);
        String type = "";
        for (var entry : mapping.entries()) {
            if (entry.name().equals("device.type") && entry.kind() == Entry.Kind.FIXED) {
                type = entry.value();
            }
        }
        if (devices > 1) {
            effects.publish(
                    "device.model",
                    "daisychain " + (type.isEmpty() ? "" : type + " ") + "(1+" + (devices - 1) + ")",
                    null,
                    null);
            if (!type.isEmpty()) {
                effects.publish("device.type", type, null, null);
            }
            for (var entry : mapping.entries()) {
                if (entry.name().equals("ups.mfr") && entry.kind() == Entry.Kind.FIXED) {
                    effects.publish("ups.mfr", entry.value(), entry, null);
                }
            }
        }
    }

    /// The name a variable of one device of a chain has.
    private String named(String name, int device) {
        if (devices == 1) {
            return name;
        }
        return "device." + device + "." + (name.startsWith("device.") ? name.substring(7) : name);
    }

    private void single(Entry entry, int device) {
        if (entry.name().equals("device.count")) {
            return;
        }
        var template = entry.oid();
        var oid = template == null ? null : template.instance(snmpDevice(device), 0);
        Boolean wanted = phasesFit(entry, device);
        if (wanted == null && oid != null) {
            reader.at(oid, entry.often()); // it may well be wanted, so ask in the same round
        }
        if (wanted == null || !wanted) {
            return;
        }
        effects.handle(entry, oid, named(entry.name(), device), device, 0);
    }

    /// Whether the number of phases is right for the entry; null when it is not known yet.
    private @Nullable Boolean phasesFit(Entry entry, int device) {
        var condition = entry.phases();
        if (condition == null) {
            return true;
        }
        String variable = condition.side() + ".phases";
        String key = named(variable, device);
        Integer known = phases.get(key);
        if (known == null) {
            known = phaseCount(variable, key, device);
            if (known == null) {
                return null;
            }
            phases.put(key, known);
        }
        return condition.count() == 0 || condition.count() == known;
    }

    private @Nullable Integer phaseCount(String variable, String key, int device) {
        var published = report.variables.get(key);
        if (published != null) {
            return (int) Conversions.leading(published.text());
        }
        int count = 1;
        for (var entry : mapping.entries()) {
            var template = entry.oid();
            if (entry.name().equals(variable) && template != null) {
                var oid = template.instance(snmpDevice(device), 0);
                if (reader.at(oid, entry.often()) == null) {
                    return null;
                }
                Long said = reader.whole(oid, entry.often());
                count = said == null ? 1 : Math.clamp(said, 0, 9);
                break;
            }
        }
        effects.publish(key, Integer.toString(count), null, null);
        return count;
    }

    // Outlets, groups, sensors.

    private void items(Scope scope, int device) {
        var entries = new ArrayList<Entry>();
        var readable = new ArrayList<Entry>();
        for (var entry : mapping.entries()) {
            if (entry.scope() == scope && concerns(entry, device)) {
                entries.add(entry);
                var template = entry.oid();
                boolean read = entry.kind() == Entry.Kind.TEXT || entry.kind() == Entry.Kind.NUMBER;
                if (template != null && template.hasItem() && read) {
                    readable.add(entry);
                }
            }
        }
        if (entries.isEmpty()) {
            return;
        }
        var probed = readable.subList(0, Math.min(readable.size(), BASE_CANDIDATES));
        Integer base = bases.get(scope);
        if (base == null) {
            base = base(probed, (template, index) -> template.instance(snmpDevice(device), index));
            if (base != null) {
                bases.put(scope, base);
            }
        }
        Integer count = itemCount(scope, device, base, probed);
        if (base == null || count == null) {
            return;
        }
        for (var entry : entries) {
            for (int item = base; item < base + count; item++) {
                item(entry, device, item);
            }
        }
    }

    private @Nullable Integer itemCount(Scope scope, int device, @Nullable Integer base, List<Entry> probed) {
        String name = named(scope.count(), device);
        var published = report.variables.get(name);
        if (published == null && devices > 1 && device == 1) {
            published = report.variables.get(scope.count());
        }
        if (published != null) {
            return Math.clamp(Conversions.leading(published.text()), 0, ITEM_LIMIT);
        }
        if (countUnknown(scope, device)) {
            return null;
        }
        if (base == null || probed.isEmpty()) {
            return base == null ? null : Integer.valueOf(0);
        }
        int most = 0;
        for (var entry : probed) {
            var template = entry.oid();
            if (template == null) {
                continue;
            }
            Integer count = consecutive(entry, index -> template.instance(snmpDevice(device), index), base, ITEM_LIMIT);
            if (count == null) {
                return null;
            }
            if (count > 0) {
                most = count;
                break;
            }
        }
        if (most > 0) {
            effects.publish(name, Integer.toString(most), null, null);
        }
        return most;
    }

    /// Whether the count has a line whose object has yet to be asked for.
    private boolean countUnknown(Scope scope, int device) {
        for (var entry : mapping.entries()) {
            var template = entry.oid();
            if (entry.name().equals(scope.count())
                    && template != null
                    && reader.at(template.instance(snmpDevice(device), 0), entry.often()) == null) {
                return true;
            }
        }
        return false;
    }

    private void item(Entry entry, int device, int item) {
        var template = entry.oid();
        var oid = template == null ? null : template.instance(snmpDevice(device), item);
        String name = entry.name().replace(entry.scope().place(), Integer.toString(item));
        effects.handle(entry, oid, named(name, device), device, item);
    }
}
