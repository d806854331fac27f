package org.nutjvm.drivers.usbhid;

import org.nutjvm.drivers.usb.Identity;
import org.nutjvm.drivers.usb.UsbException;
import org.nutjvm.drivers.usb.UsbHandle;

/// An open device with its interface claimed, and the thread that listens to it.
///
/// @param interfaceNumber of the HID interface
/// @param endpoint for input reports
record Connection(UsbHandle handle, Identity identity, UsbHidTransport transport, int interfaceNumber, int endpoint) {
    /// Puts everything away.
    ///
    /// @param how what to do before the device is closed
    void close(Healing.Step how) throws UsbException {
        try {
            if (how != Healing.Step.REOPEN) {
                handle.release();
            }
            if (how == Healing.Step.RESET) {
                handle.reset();
            }
        } finally {
            handle.close();
        }
    }
}
