package org.nutjvm.cgi.pages;

/// What a page that is kept up to date is about.
public sealed interface Topic {
    /// All UPSes at a glance.
    record Overview() implements Topic {}

    /// One UPS.
    ///
    /// @param ups as hosts.conf has it
    record One(String ups) implements Topic {}
}
