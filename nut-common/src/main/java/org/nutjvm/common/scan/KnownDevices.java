package org.nutjvm.common.scan;

import java.io.IOException;
import java.util.List;

/// The devices a driver can be told from outside to be for, out of the tables it works with itself. A driver that is
/// to be found by nut-scanner has one, named in `META-INF/services`: {@link java.util.ServiceLoader} brings them
/// together, in the order in which they stand there. Of several drivers for one device the first is proposed, and the
/// others are mentioned.
///
/// An implementation is public and has a public constructor without arguments.
public interface KnownDevices {
    /// The USB devices, in the driver's order.
    ///
    /// @throws IOException when a table cannot be read
    default List<UsbModel> usb() throws IOException {
        return List.of();
    }

    /// The kinds of SNMP agents, in the order in which they are tried.
    ///
    /// @throws IOException when a table cannot be read
    default List<SnmpModel> snmp() throws IOException {
        return List.of();
    }
}
