package org.nutjvm.drivers.snmp.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.snmp.mapping.Entry;
import org.nutjvm.drivers.snmp.mapping.Oid;

/// What a mapping makes of an agent's answers, and what it would still have to know. As long as anything is
/// {@link #missing}, the rest is not final.
public final class Report {
    /// A variable.
    ///
    /// @param entry what made it, or null when it was counted or forged
    /// @param oid where it was read, or null
    public record Value(
            String text, @Nullable Entry entry, @Nullable Oid oid) {}

    /// A step of a command: something to write.
    ///
    /// @param oid where
    public record Target(Entry entry, Oid oid) {}

    /// Rows to be walked.
    ///
    /// @param after the object the walk begins behind
    /// @param within the subtree it ends with
    /// @param pointers how many rows that name objects are wanted
    public record Walk(Oid after, Oid within, int pointers) {}

    private static final List<String> POWER = List.of(" OL ", " OB ", " OFF ", " BYPASS ");

    final SortedMap<String, Value> variables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    final SortedMap<String, List<Target>> commands = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    final SortedMap<String, List<Target>> attempts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    final List<String> status = new ArrayList<>();
    final SortedMap<Integer, List<String>> alarms = new TreeMap<>();
    final Map<Oid, Entry.Often> asked = new LinkedHashMap<>();
    final Set<Oid> missing = new LinkedHashSet<>();
    final Set<Walk> missingWalks = new LinkedHashSet<>();
    final Set<Oid> statusSources = new LinkedHashSet<>();
    int statusAnswers;
    int devices = 1;
    boolean chained;

    /// Variables by name, without `ups.status` and alarms.
    public SortedMap<String, Value> variables() {
        return variables;
    }

    /// Commands by name, with the steps each takes.
    public SortedMap<String, List<Target>> commands() {
        return commands;
    }

    /// Commands of the mapping that the device does not seem to have. Their objects may be for writing only, so with
    /// nothing better they are worth an attempt.
    public SortedMap<String, List<Target>> attempts() {
        return attempts;
    }

    /// Words of `ups.status` in order, some with several words in one.
    public List<String> status() {
        return status;
    }

    /// Sentences of alarms by device: 1 when there is but one.
    public SortedMap<Integer, List<String>> alarms() {
        return alarms;
    }

    /// Every object that was looked at, and how often it has to be.
    public Map<Oid, Entry.Often> asked() {
        return asked;
    }

    /// Objects that were looked at and not yet known.
    public Set<Oid> missing() {
        return missing;
    }

    /// Walks whose rows were wanted and not yet known.
    public Set<Walk> missingWalks() {
        return missingWalks;
    }

    /// Objects that make up `ups.status`.
    public Set<Oid> statusSources() {
        return statusSources;
    }

    /// Whether the mapping has lines for `ups.status`, and none of their objects was there.
    public boolean withoutStatus() {
        return !statusSources.isEmpty() && statusAnswers == 0;
    }

    /// Whether objects that made up `ups.status` before are gone, and the others do not say where the power comes from.
    public boolean lostStatusSince(Report before) {
        return statusAnswers < before.statusAnswers && !tellsPower();
    }

    private boolean tellsPower() {
        for (String words : status) {
            for (String power : POWER) {
                if ((" " + words + " ").contains(power)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// How many devices the chain has, 1 without a chain.
    public int devices() {
        return devices;
    }

    /// Whether the device may be one of a chain, though it be the only one.
    public boolean chained() {
        return chained;
    }

    /// Whether nothing is missing.
    public boolean complete() {
        return missing.isEmpty() && missingWalks.isEmpty();
    }
}
