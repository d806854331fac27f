package org.nutjvm.drivers.snmp.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.snmp.mapping.Oid;

/// What an agent has said so far. Objects not in it have not been asked for.
public final class Answers {
    private final Map<Oid, SnmpValue> values = new HashMap<>();
    private final Map<Report.Walk, List<Oid>> walks = new HashMap<>();

    /// What is known of an object: null when it was not asked for, {@link SnmpValue#ABSENT} when there is none.
    public @Nullable SnmpValue get(Oid oid) {
        return values.get(oid);
    }

    /// The objects named by the rows of a walk, or null when it was not made.
    public @Nullable List<Oid> walk(Report.Walk walk) {
        return walks.get(walk);
    }

    /// Keeps an answer.
    public void put(Oid oid, SnmpValue value) {
        values.put(oid, value);
    }

    /// Keeps what a walk found.
    public void put(Report.Walk walk, List<Oid> pointers) {
        walks.put(walk, List.copyOf(pointers));
    }

    /// Forgets what was walked: it changes with every alarm.
    public void forgetWalks() {
        walks.clear();
    }

    /// Forgets everything, as when the device may be another one.
    public void clear() {
        values.clear();
        walks.clear();
    }
}
