package org.nutjvm.packaging.training;

import java.util.function.Supplier;
import org.nutjvm.drivers.usb.UsbDevice;
import org.nutjvm.drivers.usb.UsbHandle;
import org.nutjvm.drivers.usb.UsbId;

/// A device on a bus that does not exist.
record MadeUpDevice(UsbId id, int release, Supplier<UsbHandle> handles) implements UsbDevice {
    @Override
    public String bus() {
        return "001";
    }

    @Override
    public String address() {
        return "002";
    }

    @Override
    public String port() {
        return "001";
    }

    @Override
    public String node() {
        return "/dev/bus/usb/001/002";
    }

    @Override
    public UsbHandle open() {
        return handles.get();
    }
}
