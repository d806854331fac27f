package org.nutjvm.common.state;

/// An inclusive span of whole numbers a variable may be set to.
public record Range(int min, int max) {}
