package org.nutjvm.drivers.snmp.mapping;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An object identifier. Arcs are unsigned 32 bit numbers, kept as `int`; the order is that in which an agent walks.
public final class Oid implements Comparable<Oid> {
    /// Arcs an identifier has at most (RFC 2578, 3.5).
    public static final int LIMIT = 128;

    private static final long ARC_LIMIT = 0xffff_ffffL;

    private final int[] arcs;
    private final int hash;

    private Oid(int[] arcs) {
        this.arcs = arcs;
        hash = Arrays.hashCode(arcs);
    }

    /// From arcs, which are copied.
    public static Oid of(int... arcs) {
        return new Oid(arcs.clone());
    }

    /// From text as people write it: `1.3.6.1`, a dot in front or not; null when it is none.
    public static @Nullable Oid parse(String text) {
        int from = text.startsWith(".") ? 1 : 0;
        int[] arcs = new int[LIMIT];
        int size = 0;
        long arc = -1;
        for (int i = from; i <= text.length(); i++) {
            char c = i == text.length() ? '.' : text.charAt(i);
            if (c == '.') {
                if (arc < 0 || size == LIMIT) {
                    return null;
                }
                arcs[size++] = (int) arc;
                arc = -1;
            } else if (c >= '0' && c <= '9') {
                arc = Math.max(arc, 0) * 10 + (c - '0');
                if (arc > ARC_LIMIT) {
                    return null;
                }
            } else {
                return null;
            }
        }
        return size < 2 ? null : new Oid(Arrays.copyOf(arcs, size));
    }

    /// How many arcs there are.
    public int size() {
        return arcs.length;
    }

    /// The arc at an index, as an unsigned number.
    public long arc(int index) {
        return Integer.toUnsignedLong(arcs[index]);
    }

    /// The last arc.
    public long last() {
        return arc(arcs.length - 1);
    }

    /// The arcs, as a copy.
    public int[] toArray() {
        return arcs.clone();
    }

    /// Whether this is the other or lies below it.
    public boolean within(Oid other) {
        return arcs.length >= other.arcs.length
                && Arrays.equals(arcs, 0, other.arcs.length, other.arcs, 0, other.arcs.length);
    }

    /// The same without the last arc.
    public Oid parent() {
        return new Oid(Arrays.copyOf(arcs, arcs.length - 1));
    }

    /// The same with one more arc.
    public Oid child(int arc) {
        int[] longer = Arrays.copyOf(arcs, arcs.length + 1);
        longer[arcs.length] = arc;
        return new Oid(longer);
    }

    /// Something that sorts before this and after nearly everything else that does: what to ask the successor of to
    /// be given this one.
    public Oid justBefore() {
        if (last() == 0) {
            return parent();
        }
        int[] before = Arrays.copyOf(arcs, arcs.length + 1);
        before[arcs.length - 1]--;
        before[arcs.length] = -1;
        return new Oid(before);
    }

    @Override
    public int compareTo(Oid other) {
        return Arrays.compareUnsigned(arcs, other.arcs);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Oid that && hash == that.hash && Arrays.equals(arcs, that.arcs);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        var text = new StringBuilder(arcs.length * 4);
        for (int arc : arcs) {
            if (!text.isEmpty()) {
                text.append('.');
            }
            text.append(Integer.toUnsignedString(arc));
        }
        return text.toString();
    }
}
