package org.nutjvm.drivers.qx;

import java.io.IOException;
import java.util.List;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Option;
import org.nutjvm.drivers.usb.LibUsbBus;
import org.nutjvm.drivers.usb.UsbBus;

/// blazer_usb for the driver core.
final class BlazerUsbProgram implements DriverProgram {
    private final BlazerProgram program;

    BlazerUsbProgram() {
        this(LibUsbBus::open);
    }

    BlazerUsbProgram(UsbBus.Opener usb) {
        program = BlazerProgram.usb(usb, Links::sleep);
    }

    @Override
    public String progname() {
        return program.progname();
    }

    @Override
    public String description() {
        return program.description();
    }

    @Override
    public String version() {
        return program.version();
    }

    @Override
    public List<Option> options() {
        return program.options();
    }

    @Override
    public Driver initups(Device device) throws IOException, DriverException {
        return program.initups(device);
    }
}
