package org.nutjvm.common.text;

/// What holds in a time zone for a while.
///
/// @param offsetSeconds east of Greenwich
/// @param name short, `CET`
public record ZonePart(int offsetSeconds, String name) {
    /// Where nothing else is known.
    public static final ZonePart UTC = new ZonePart(0, "UTC");
}
