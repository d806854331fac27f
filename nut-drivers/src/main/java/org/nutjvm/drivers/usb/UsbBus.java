package org.nutjvm.drivers.usb;

import java.util.List;

/// All USB devices of a machine.
public interface UsbBus extends AutoCloseable {
    /// The devices there are now.
    List<UsbDevice> devices() throws UsbException;

    /// For `driver.version.usb`.
    String version();

    @Override
    void close();
}
