package org.nutjvm.drivers.usb;

import org.nutjvm.drivers.hid.Hex;

/// Vendor and product id of a USB device.
public record UsbId(int vendor, int product) {
    /// As in tables and logs: `051d:0002`.
    @Override
    public String toString() {
        return Hex.of(vendor, 4) + ':' + Hex.of(product, 4);
    }
}
