package org.nutjvm.drivers.hid;

import java.util.Arrays;

/// Where an item stands in the tree of collections: one usage (page in the upper half, usage in the lower) for each
/// collection and for the item itself. A collection with an index adds a node `0x00ff0000 + index`.
public final class HidPath {
    /// Deepest path there can be (drivers/hidtypes.h: PATH_SIZE).
    static final int LIMIT = 10;

    private static final int INDEX = 0x00ff0000;

    private final int[] nodes;

    private HidPath(int[] nodes) {
        this.nodes = nodes;
    }

    /// A path of these nodes.
    public static HidPath of(int... nodes) {
        return new HidPath(nodes.clone());
    }

    static HidPath of(int[] nodes, int size) {
        return new HidPath(Arrays.copyOf(nodes, size));
    }

    /// The node for an indexed collection.
    static int indexed(int index) {
        return INDEX | index;
    }

    static boolean isIndex(int node) {
        return (node & 0xffff0000) == INDEX;
    }

    public int size() {
        return nodes.length;
    }

    public int node(int at) {
        return nodes[at];
    }

    /// The last node: the item's own usage.
    public int usage() {
        return nodes.length == 0 ? 0 : nodes[nodes.length - 1];
    }

    /// Whether this path begins with another one.
    boolean startsWith(HidPath other) {
        return nodes.length >= other.nodes.length
                && Arrays.equals(nodes, 0, other.nodes.length, other.nodes, 0, other.nodes.length);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof HidPath other && Arrays.equals(nodes, other.nodes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(nodes);
    }

    /// Nodes in hexadecimal, parted by dots.
    @Override
    public String toString() {
        var text = new StringBuilder(nodes.length * 9);
        for (int node : nodes) {
            if (!text.isEmpty()) {
                text.append('.');
            }
            Hex.append(text, node, 8);
        }
        return text.toString();
    }
}
