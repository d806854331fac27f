package org.nutjvm.tools.scanner;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.scan.SnmpModel;

/// Which mappings of snmp-ups fit an agent (tools/nut-scanner/scan_snmp.c: try_SysOID_thready, try_all_oid).
///
/// @param mibs the mapping's name
/// @param desc what the agent calls itself; null if it does not say
record SnmpMatch(String mibs, @Nullable String desc) {
    /// An agent that can be asked.
    interface Agent {
        /// What an object says, as text; empty if there is no such object.
        ///
        /// @throws Silent when there is no answer
        Optional<String> get(String oid) throws Silent;
    }

    /// An agent does not answer any more.
    static final class Silent extends Exception {
        private static final long serialVersionUID = 1;

        private final boolean explained;

        /// @param explained whether the user has been told why
        Silent(boolean explained) {
            super("no answer", null, false, false);
            this.explained = explained;
        }

        boolean explained() {
            return explained;
        }
    }

    /// The mappings that the agent's own sysObjectID names; if there is none, all those one of whose objects it has.
    /// An agent that falls silent has those that were found until then.
    static List<SnmpMatch> of(List<SnmpModel> models, String sysobjectid, Agent agent) {
        var matches = new ArrayList<SnmpMatch>();
        var answered = new HashSet<String>();
        try {
            for (SnmpModel model : models) {
                if (!model.sysobjectid().isEmpty() && model.sysobjectid().equals(sysobjectid)) {
                    if (model.probes().isEmpty()) {
                        add(matches, new SnmpMatch(model.mibs(), null));
                    } else {
                        probe(model, agent, matches, answered);
                    }
                }
            }
            if (matches.isEmpty()) {
                for (SnmpModel model : models) {
                    probe(model, agent, matches, answered);
                }
            }
        } catch (Silent e) {
            return matches;
        }
        return matches;
    }

    /// Of mappings that look for the same object the first takes it, as in snmp-ups.
    ///
    /// @param answered the objects that were found until now
    private static void probe(SnmpModel model, Agent agent, List<SnmpMatch> matches, Set<String> answered)
            throws Silent {
        for (int i = 0; i < model.probes().size(); i++) {
            String probe = model.probes().get(i);
            if (answered.contains(probe)) {
                return;
            }
            Optional<String> answer = agent.get(probe);
            if (answer.isPresent()) {
                answered.add(probe);
                // Of the others, many are numbers, which describe nothing.
                String desc = i == 0 ? answer.get().strip() : "";
                add(matches, new SnmpMatch(model.mibs(), desc.isEmpty() ? null : desc));
                return;
            }
        }
    }

    private static void add(List<SnmpMatch> matches, SnmpMatch match) {
        for (SnmpMatch before : matches) {
            if (before.mibs.equals(match.mibs)) {
                return;
            }
        }
        matches.add(match);
    }
}
