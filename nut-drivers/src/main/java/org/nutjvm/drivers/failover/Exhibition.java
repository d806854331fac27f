package org.nutjvm.drivers.failover;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.state.DeviceTree;
import org.nutjvm.common.state.Variable;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.upstream.Mirror;

/// The primary's device shown as this driver's: all at once when there is a new one, what has
/// changed else
/// (drivers/failover.c: ups_export_dstate, ups_clean_dstate). What is the driver's own there has
/// `upstream.` in front
/// here, and so have all commands.
final class Exhibition {
    static final String UPSTREAM = "upstream.";

    private final Mirror mirror = new Mirror();
    private @Nullable DeviceTree shown;
    private long version;

    void show(Dstate dstate, DeviceTree tree) {
        if (shown == tree && version == tree.version()) {
            return;
        }
        shown = tree;
        version = tree.version();
        var vars = new TreeMap<String, Variable>(String.CASE_INSENSITIVE_ORDER);
        for (var entry : tree.vars().entrySet()) {
            if (!apart(entry.getKey())) {
                vars.put(here(entry.getKey()), entry.getValue());
            }
        }
        mirror.vars(dstate, vars);
        var cmds = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
        for (String cmd : tree.cmds()) {
            cmds.add(UPSTREAM + cmd);
        }
        mirror.cmds(dstate, cmds);
        state(dstate, tree.value("ups.alarm"), tree.value("ups.status"));
    }

    /// Shows nobody's device.
    void clear(Dstate dstate) {
        shown = null;
        mirror.vars(dstate, Map.of());
        mirror.cmds(dstate, new TreeSet<>());
        state(dstate, null, null);
    }

    private static void state(Dstate dstate, @Nullable String alarm, @Nullable String status) {
        dstate.alarmInit();
        if (alarm != null) {
            dstate.alarmSet(alarm);
        }
        dstate.alarmCommit();
        dstate.statusInit();
        if (status != null) {
            dstate.statusSet(status);
        }
        dstate.statusCommit();
    }

    private static boolean apart(String name) {
        return name.equals("ups.alarm") || name.equals("ups.status");
    }

    private static String here(String name) {
        return name.startsWith("driver.") ? UPSTREAM + name : name;
    }

    /// The name that driver has for something shown here.
    static String there(String name) {
        return name.startsWith(UPSTREAM) ? name.substring(UPSTREAM.length()) : name;
    }
}
