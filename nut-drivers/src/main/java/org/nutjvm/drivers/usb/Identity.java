package org.nutjvm.drivers.usb;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a device is known again after it has left the bus (drivers/usb-common.c: USBNewExactMatcher).
/// Its number on the bus changes, its port may.
public record Identity(
        UsbId id,
        @Nullable String vendor,
        @Nullable String product,
        @Nullable String serial,
        String port) {
    /// That of a device on the bus, now open.
    public static Identity of(UsbDevice device, UsbHandle handle) {
        return new Identity(
                device.id(), handle.manufacturer(), handle.product(), handle.serial(), device.bus() + device.port());
    }

    /// Whether another sight is of the same device: same names and serial number. Where there is no
    /// serial number, twins can only be told apart by their port.
    public boolean isSame(Identity other, boolean twins) {
        return id.equals(other.id)
                && Objects.equals(vendor, other.vendor)
                && Objects.equals(product, other.product)
                && Objects.equals(serial, other.serial)
                && (!twins || hasSerial() || port.equals(other.port));
    }

    private boolean hasSerial() {
        return serial != null && !serial.isBlank();
    }
}
