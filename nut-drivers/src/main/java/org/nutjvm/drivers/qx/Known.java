package org.nutjvm.drivers.qx;

import org.jspecify.annotations.Nullable;

/// What is known of a device while an answer is read.
interface Known {
    /// By how much a voltage of one battery pack is to be multiplied.
    double packs();

    /// A variable, or null.
    @Nullable
    String value(String name);
}
