package org.nutjvm.drivers.snmp;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.nutjvm.common.scan.KnownDevices;
import org.nutjvm.common.scan.SnmpModel;
import org.nutjvm.drivers.snmp.mapping.Catalogue;

/// The kinds of agents that snmp-ups has mappings for.
public final class KnownAgents implements KnownDevices {
    @Override
    public List<SnmpModel> snmp() throws IOException {
        return Catalogue.builtInHeads().stream()
                .map(head -> new SnmpModel(
                        head.name(),
                        Objects.toString(head.sysobjectid(), ""),
                        head.probes().stream().map(Object::toString).toList()))
                .toList();
    }
}
