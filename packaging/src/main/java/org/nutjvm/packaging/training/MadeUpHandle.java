package org.nutjvm.packaging.training;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.usb.UsbHandle;

/// An open device that says who it is, lets everything be done to it, and tells what a subclass makes it tell.
abstract class MadeUpHandle implements UsbHandle {
    private final String manufacturer;
    private final String product;
    private final String serial;

    MadeUpHandle(String manufacturer, String product, String serial) {
        this.manufacturer = manufacturer;
        this.product = product;
        this.serial = serial;
    }

    /// Gives as much as there is room for.
    ///
    /// @return how much that is
    static int give(byte[] from, byte[] to) {
        int length = Math.min(from.length, to.length);
        System.arraycopy(from, 0, to, 0, length);
        return length;
    }

    @Override
    public String manufacturer() {
        return manufacturer;
    }

    @Override
    public String product() {
        return product;
    }

    @Override
    public String serial() {
        return serial;
    }

    @Override
    public @Nullable String string(int index) {
        return null;
    }

    @Override
    public void claim(int interfaceNumber) {}

    @Override
    public void setAltInterface(int interfaceNumber, int setting) {}

    @Override
    public byte[] extraDescriptors(int configuration, int interfaceNumber) {
        return new byte[0];
    }

    @Override
    public int interruptOut(int endpoint, byte[] data, int timeoutMillis) {
        return data.length;
    }

    @Override
    public List<Endpoint> soleEndpoints(int configuration) {
        return List.of();
    }

    @Override
    public void clearHalt(int endpoint) {}

    @Override
    public void release() {}

    @Override
    public void reset() {}

    @Override
    public void close() {}
}
