package org.nutjvm.drivers.apcsmart;

import org.nutjvm.drivers.apcsmart.Tables.Trait;
import org.nutjvm.drivers.apcsmart.Tables.Var;

/// What has been learnt of one variable of the device at hand.
final class Known {
    final Var var;
    /// The device has it.
    boolean present;
    /// It cycles through a list of values.
    boolean cycles;
    /// The form of its last answer.
    String form = "";
    /// How many values were in a packed answer.
    int packed;

    Known(Var var) {
        this.var = var;
    }

    boolean is(Trait trait) {
        return var.is(trait);
    }

    String name() {
        return var.name();
    }

    char character() {
        return var.character();
    }
}
