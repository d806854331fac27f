package org.nutjvm.tools.drivers;

/// One section of ups.conf as far as it matters for starting and stopping its driver.
///
/// @param name the section's name
/// @param driver the program's name; empty if the section has none
/// @param port the device; may be empty
/// @param sdorder its turn in a shutdown of all, from 0; negative: left out
/// @param maxstartdelaySeconds how long it may take to start; 0 or less: no limit
/// @param attempts how often starting it is tried, at least once
/// @param retrydelaySeconds the pause between attempts
/// @param line where the section begins in the file
public record ManagedUps(
        String name,
        String driver,
        String port,
        int sdorder,
        int maxstartdelaySeconds,
        int attempts,
        int retrydelaySeconds,
        Media media,
        int line) {
    /// What its socket and its pid file are called after: `dummy-ups-myups`.
    public String instance() {
        return driver + "-" + name;
    }
}
