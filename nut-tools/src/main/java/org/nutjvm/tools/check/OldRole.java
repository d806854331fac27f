package org.nutjvm.tools.check;

import org.nutjvm.common.conf.ConfLine;
import org.nutjvm.tools.check.ConfSet.Part;

/// master and slave.
final class OldRole {
    private OldRole() {}

    static void look(Part part, ConfLine line, String role, Findings found) {
        if (role.equalsIgnoreCase("master") || role.equalsIgnoreCase("slave")) {
            String now = role.equalsIgnoreCase("master") ? "primary" : "secondary";
            found.add(
                    Mistake.OLD_ROLE,
                    part.file(),
                    line.line(),
                    role + " is an old word for " + now,
                    "write " + now + ", unless NUT older than 2.8.0 reads the file");
        }
    }
}
