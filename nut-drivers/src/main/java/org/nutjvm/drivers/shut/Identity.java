package org.nutjvm.drivers.shut;

import org.nutjvm.drivers.usb.UsbId;

/// Who a device is. Two devices with the same are taken for one.
///
/// @param release of the device, 4 digits in hexadecimal
/// @param descriptorIndex which of its report descriptors is the full one
/// @param descriptorLength bytes of that one
record Identity(
        UsbId id,
        int release,
        String vendor,
        String product,
        String serial,
        int descriptorIndex,
        int descriptorLength) {
    private static final int MGE = 0x0463;
    private static final int WITH_LIGHT_DESCRIPTOR = 0x0202;

    /// Newer devices of Eaton have a light descriptor first and the full one after it.
    static int fullDescriptor(UsbId id, int release) {
        return id.vendor() == MGE && release == WITH_LIGHT_DESCRIPTOR ? 1 : 0;
    }

    @Override
    public String toString() {
        return vendor + ' ' + product + " (" + id + ", serial " + serial + ')';
    }
}
