package org.nutjvm.drivers.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.nutjvm.common.state.Range;
import org.nutjvm.common.state.Variable;
import org.nutjvm.drivers.spi.Dstate;

/// Another device's variables and commands among this driver's own. What is no longer shown is
/// taken away again, so
/// nothing old stays when the other device is exchanged.
public final class Mirror {
    private final Set<String> vars = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> cmds = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    /// Shows these variables with their limits, and no others.
    public void vars(Dstate dstate, Map<String, Variable> wanted) {
        for (var name : List.copyOf(vars)) {
            if (!wanted.containsKey(name)) {
                dstate.delinfo(name);
                vars.remove(name);
            }
        }
        for (var entry : wanted.entrySet()) {
            vars.add(entry.getKey());
            show(dstate, entry.getKey(), entry.getValue());
        }
    }

    /// Shows these commands, and no others.
    public void cmds(Dstate dstate, Set<String> wanted) {
        for (var name : List.copyOf(cmds)) {
            if (!wanted.contains(name)) {
                dstate.delcmd(name);
                cmds.remove(name);
            }
        }
        for (var name : wanted) {
            if (cmds.add(name)) {
                dstate.addcmd(name);
            }
        }
    }

    private static void show(Dstate dstate, String name, Variable wanted) {
        dstate.setinfo(name, wanted.value());
        var shown = dstate.find(name);
        if (shown == null || dstate.immutable(name) || shown.equals(wanted)) {
            return;
        }
        for (String value : minus(shown.enums(), wanted.enums())) {
            dstate.delenum(name, value);
        }
        for (String value : minus(wanted.enums(), shown.enums())) {
            dstate.addenum(name, value);
        }
        for (Range range : minus(shown.ranges(), wanted.ranges())) {
            dstate.delrange(name, range.min(), range.max());
        }
        for (Range range : minus(wanted.ranges(), shown.ranges())) {
            dstate.addrange(name, range.min(), range.max());
        }
        if (shown.aux() != wanted.aux()) {
            dstate.setaux(name, wanted.aux());
        }
        dstate.setflags(name, wanted.flags());
    }

    private static <T> List<T> minus(List<T> all, List<T> without) {
        var rest = new ArrayList<>(all);
        rest.removeAll(without);
        return rest;
    }
}
