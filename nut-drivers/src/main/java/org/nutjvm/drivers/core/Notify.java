package org.nutjvm.drivers.core;

/// What a service manager is told.
interface Notify {
    /// Nobody wants to know.
    Notify NOBODY = new Notify() {};

    default void ready() {}

    default void reloading() {}

    default void watchdog() {}

    default void stopping() {}
}
