package org.nutjvm.common.state;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// One variable: its value and what may be written to it (include/state.h: st_tree_t).
///
/// @param value text as the driver gave it, unescaped
/// @param flags see {@link Flag}
/// @param aux for a string the longest length accepted, 0 when not known
/// @param enums values that may be set, in the order the driver added them; empty when not an enumeration
/// @param ranges spans that may be set; empty when not ranged
public record Variable(String value, Set<Flag> flags, long aux, List<String> enums, List<Range> ranges) {
    /// Words of SETFLAGS; the constant is the wire text.
    public enum Flag {
        RW,
        STRING,
        NUMBER
    }

    public Variable {
        flags = flags.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(flags));
        enums = List.copyOf(enums);
        ranges = List.copyOf(ranges);
    }

    /// A read-only value without limits.
    public Variable(String value) {
        this(value, Set.of(), 0, List.of(), List.of());
    }

    public Variable withValue(String newValue) {
        return new Variable(newValue, flags, aux, enums, ranges);
    }

    public Variable withFlags(Set<Flag> newFlags) {
        return new Variable(value, newFlags, aux, enums, ranges);
    }

    public Variable withAux(long newAux) {
        return new Variable(value, flags, newAux, enums, ranges);
    }

    public Variable withEnums(List<String> newEnums) {
        return new Variable(value, flags, aux, newEnums, ranges);
    }

    public Variable withRanges(List<Range> newRanges) {
        return new Variable(value, flags, aux, enums, newRanges);
    }

    public boolean writable() {
        return flags.contains(Flag.RW);
    }
}
