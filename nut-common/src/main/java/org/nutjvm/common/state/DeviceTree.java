package org.nutjvm.common.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.wire.DriverLine;

/// Everything known of one device: variables and commands (common/state.c). A driver owns one as the source; upsd owns
/// one per driver as the mirror. Names are ordered and compared without regard to case, as in C.
///
/// One thread owns it; {@link Variable} values are immutable and may be handed on. {@link #version} changes with every
/// change, so that something rendered from the tree can be kept until it does.
public final class DeviceTree {
    /// More names than any device has: what a broken or hostile driver may make a server hold.
    public static final int NAME_LIMIT = 16_384;

    /// More allowed values or spans than any variable has, for the same reason.
    public static final int CHOICE_LIMIT = 1_024;

    private final TreeMap<String, Variable> vars = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final TreeSet<String> cmds = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private long version;
    private long letters;

    /// All variables in order, as a view.
    public SortedMap<String, Variable> vars() {
        return Collections.unmodifiableSortedMap(vars);
    }

    /// All instant commands in order, as a view.
    public SortedSet<String> cmds() {
        return Collections.unmodifiableSortedSet(cmds);
    }

    public @Nullable Variable var(String name) {
        return vars.get(name);
    }

    /// The value, or null when there is no such variable.
    public @Nullable String value(String name) {
        var v = vars.get(name);
        return v == null ? null : v.value();
    }

    public boolean hasCmd(String name) {
        return cmds.contains(name);
    }

    /// How many letters all names, values and choices have: what the content weighs.
    public long letters() {
        return letters;
    }

    /// Grows with every change of content.
    public long version() {
        return version;
    }

    /// Sets a value, making the variable when it is new.
    ///
    /// @return whether anything changed
    public boolean setinfo(String name, String value) {
        var old = vars.get(name);
        if (old == null) {
            return vars.size() < NAME_LIMIT && put(name, new Variable(value));
        }
        return !old.value().equals(value) && put(name, old.withValue(value));
    }

    public boolean delinfo(String name) {
        var gone = vars.remove(name);
        letters -= gone == null ? 0 : letters(name, gone);
        return changed(gone != null);
    }

    public boolean addEnum(String name, String value) {
        return edit(
                name,
                v -> v.enums().contains(value) || v.enums().size() >= CHOICE_LIMIT
                        ? v
                        : v.withEnums(plus(v.enums(), value)));
    }

    public boolean delEnum(String name, String value) {
        return edit(name, v -> v.enums().contains(value) ? v.withEnums(minus(v.enums(), value)) : v);
    }

    public boolean addRange(String name, Range range) {
        return edit(
                name,
                v -> v.ranges().contains(range) || v.ranges().size() >= CHOICE_LIMIT
                        ? v
                        : v.withRanges(plus(v.ranges(), range)));
    }

    public boolean delRange(String name, Range range) {
        return edit(name, v -> v.ranges().contains(range) ? v.withRanges(minus(v.ranges(), range)) : v);
    }

    public boolean setAux(String name, long aux) {
        return edit(name, v -> v.aux() == aux ? v : v.withAux(aux));
    }

    /// Replaces all flags.
    public boolean setFlags(String name, Collection<Variable.Flag> flags) {
        var wanted = EnumSet.noneOf(Variable.Flag.class);
        wanted.addAll(flags);
        return edit(name, v -> v.flags().equals(wanted) ? v : v.withFlags(wanted));
    }

    public boolean addCmd(String name) {
        boolean added = cmds.size() < NAME_LIMIT && cmds.add(name);
        letters += added ? name.length() : 0;
        return changed(added);
    }

    public boolean delCmd(String name) {
        boolean removed = cmds.remove(name);
        letters -= removed ? name.length() : 0;
        return changed(removed);
    }

    /// Forgets everything, as when the connection to a driver is made anew.
    public void clear() {
        vars.clear();
        cmds.clear();
        letters = 0;
        version++;
    }

    /// Applies what a driver sent, if it is about content.
    ///
    /// @return whether anything changed
    public boolean apply(DriverLine line) {
        return switch (line) {
            case DriverLine.SetInfo(var name, var value) -> setinfo(name, value);
            case DriverLine.DelInfo(var name) -> delinfo(name);
            case DriverLine.AddEnum(var name, var value) -> addEnum(name, value);
            case DriverLine.DelEnum(var name, var value) -> delEnum(name, value);
            case DriverLine.AddRange(var name, var min, var max) -> addRange(name, new Range(min, max));
            case DriverLine.DelRange(var name, var min, var max) -> delRange(name, new Range(min, max));
            case DriverLine.SetAux(var name, var aux) -> setAux(name, aux);
            case DriverLine.SetFlags(var name, var flags) -> setFlags(name, known(flags));
            case DriverLine.AddCmd(var name) -> addCmd(name);
            case DriverLine.DelCmd(var name) -> delCmd(name);
            case DriverLine.DumpDone _,
                    DriverLine.Pong _,
                    DriverLine.Pid _,
                    DriverLine.Goodbye _,
                    DriverLine.DataOk _,
                    DriverLine.DataStale _,
                    DriverLine.Tracking _,
                    DriverLine.Unknown _ -> false;
        };
    }

    private static List<Variable.Flag> known(List<String> words) {
        var flags = new ArrayList<Variable.Flag>();
        for (var flag : Variable.Flag.values()) {
            for (var word : words) {
                if (word.equalsIgnoreCase(flag.name())) {
                    flags.add(flag);
                    break;
                }
            }
        }
        return flags;
    }

    private boolean edit(String name, UnaryOperator<Variable> change) {
        var old = vars.get(name);
        if (old == null) {
            return false;
        }
        var now = change.apply(old);
        return !now.equals(old) && put(name, now);
    }

    private boolean put(String name, Variable v) {
        var before = vars.put(name, v);
        letters += letters(name, v) - (before == null ? 0 : letters(name, before));
        return changed(true);
    }

    private static long letters(String name, Variable v) {
        long sum = name.length() + v.value().length() + 8L * v.ranges().size();
        for (String choice : v.enums()) {
            sum += choice.length();
        }
        return sum;
    }

    private boolean changed(boolean yes) {
        if (yes) {
            version++;
        }
        return yes;
    }

    private static <T> List<T> plus(List<T> list, T item) {
        var longer = new ArrayList<>(list);
        longer.add(item);
        return longer;
    }

    private static <T> List<T> minus(List<T> list, T item) {
        var shorter = new ArrayList<>(list);
        shorter.remove(item);
        return shorter;
    }
}
