package org.nutjvm.drivers.snmp.mapping;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one family of devices says, in NUT's words.
///
/// @param head its name and how it is recognised
/// @param entries its lines in order
/// @param alarms what the identifiers in a table of active alarms mean
/// @param traps what the device means by the traps it sends, by their names as version 2 has them
public record Mapping(Head head, List<Entry> entries, Map<Oid, Alarm> alarms, Map<Oid, String> traps) {
    /// What must be known to choose a mapping.
    ///
    /// @param name as `mibs` takes it and `driver.version.data` tells it
    /// @param version of the mapping
    /// @param aliases other names `mibs` takes
    /// @param sysobjectid what a device says it is, or null when that cannot tell
    /// @param probes what such devices answer: the first each of them, the others those that lack the first
    /// @param source the file it is in
    public record Head(
            String name,
            String version,
            List<String> aliases,
            @Nullable Oid sysobjectid,
            List<Oid> probes,
            Source source) {
        /// Whether `mibs` may call it so.
        public boolean called(String wanted) {
            return name.equals(wanted) || aliases.contains(wanted);
        }
    }

    /// Where a mapping is written down.
    ///
    /// @param file its name, for people
    /// @param builtIn whether it came with the program
    public record Source(String file, boolean builtIn) {}

    /// What an active alarm means.
    ///
    /// @param status words of `ups.status`, or empty
    /// @param text a sentence of `ups.alarm`, or empty
    public record Alarm(String status, String text) {}
}
