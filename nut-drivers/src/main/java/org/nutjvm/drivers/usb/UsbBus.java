package org.nutjvm.drivers.usb;

import java.util.List;

/// All USB devices of a machine.
public interface UsbBus extends AutoCloseable {
    /// Where a bus comes from.
    interface Opener {
        UsbBus open() throws UsbException;
    }

    /// The devices there are now.
    List<UsbDevice> devices() throws UsbException;

    /// For `driver.version.usb`.
    String version();

    @Override
    void close();
}
