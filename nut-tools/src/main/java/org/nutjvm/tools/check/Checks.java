package org.nutjvm.tools.check;

import java.util.List;
import org.nutjvm.common.conf.DriverCatalog;

/// All that can be said of a set of files by reading them.
final class Checks {
    private Checks() {}

    static List<Finding> offline(ConfSet set) {
        var found = new Findings();
        read(set, false, found);
        return found.sorted();
    }

    /// @param live whether the set is the one of this machine, whole and in its place
    static void read(ConfSet set, boolean live, Findings found) {
        TextRules.look(set, found);
        Complaints.look(set, found);
        ServerRules.look(set, live, found);
        UpsRules.look(set, DriverCatalog.standard(), found);
        UpsmonRules.look(set, found);
        LocalMonitors.look(set, found);
        SchedRules.look(set, live, found);
        TlsRules.look(set, found);
        CgiRules.look(set, found);
    }
}
