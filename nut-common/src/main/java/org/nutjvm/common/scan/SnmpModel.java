package org.nutjvm.common.scan;

import java.util.List;

/// A kind of SNMP agents that snmp-ups knows.
///
/// @param mibs as in `mibs = ...` of ups.conf
/// @param sysobjectid what such an agent says it is, in dots and numbers; empty when that cannot tell
/// @param probes objects that such an agent has, in dots and numbers, the most telling first; others lack the first
public record SnmpModel(String mibs, String sysobjectid, List<String> probes) {
    public SnmpModel {
        probes = List.copyOf(probes);
    }
}
