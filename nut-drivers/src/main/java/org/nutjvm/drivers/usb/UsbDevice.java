package org.nutjvm.drivers.usb;

/// A device on the bus. What it says of itself takes opening it.
public interface UsbDevice {
    UsbId id();

    /// Of the device, in binary coded decimal.
    int release();

    /// Number of the bus, as three digits.
    String bus();

    /// Number on the bus, as three digits; another one after each plugging.
    String address();

    /// Port of the hub, as three digits, or empty when it is not known.
    String port();

    /// The file that stands for it: `/dev/bus/usb/001/004`.
    String node();

    UsbHandle open() throws UsbException;
}
