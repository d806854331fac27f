package org.nutjvm.drivers.port;

import java.io.IOException;

/// Where serial lines come from: {@link SystemPorts} in a program, a script in a test.
@FunctionalInterface
public interface SerialPort {
    /// Opens a line.
    ///
    /// @param device its name in the file system
    /// @param lock whether others that lock it, too, are kept off
    /// @throws IOException with a reason and what to do about it, as text of several lines
    SerialLine open(String device, SerialSettings settings, boolean lock) throws IOException;
}
