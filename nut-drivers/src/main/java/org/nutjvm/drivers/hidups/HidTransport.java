package org.nutjvm.drivers.hidups;

import org.jspecify.annotations.Nullable;

/// What carries reports to and from one open device: USB, a serial line, a recording.
public interface HidTransport {
    /// Reads a feature report.
    ///
    /// @param buffer takes the report, its id first; a device may send less than fits
    /// @return bytes read, at least one
    int getReport(int id, byte[] buffer) throws HidException;

    /// Writes a feature report.
    ///
    /// @param report the report, its id first
    void setReport(byte[] report) throws HidException;

    /// A string the device keeps, or null when it does not give it.
    ///
    /// @param index 1 to 255
    @Nullable
    String string(int index) throws HidException;
}
