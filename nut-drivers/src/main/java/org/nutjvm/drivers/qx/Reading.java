package org.nutjvm.drivers.qx;

import java.util.List;

/// What a place in an answer says.
sealed interface Reading {
    /// A variable's value.
    record Value(String text) implements Reading {}

    /// Words for `ups.status`, one with `!` takes the word away; or sentences for `ups.alarm`.
    record Words(List<String> words) implements Reading {}

    /// Nothing that is to be told.
    record Nothing() implements Reading {}

    /// Something that cannot be.
    record Bad(String why) implements Reading {}
}
