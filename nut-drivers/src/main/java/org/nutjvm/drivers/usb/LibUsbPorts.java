package org.nutjvm.drivers.usb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.scan.UsbPorts;

/// The USB ports through libusb, for programs that only look.
public final class LibUsbPorts implements UsbPorts {
    private static final Path NODES = Path.of("/dev/bus/usb");

    private @Nullable LibUsbBus bus;

    @Override
    public List<Plugged> devices() throws IOException {
        if (bus == null) {
            try {
                bus = LibUsbBus.open();
            } catch (UsbException e) {
                throw new IOException("libusb: " + e.getMessage() + absence(), e);
            }
        }
        List<UsbDevice> devices = bus.devices();
        if (devices.isEmpty()) {
            throw new IOException("No USB device found" + absence());
        }
        return devices.stream().<Plugged>map(Seen::new).toList();
    }

    private static String absence() {
        return Files.isDirectory(NODES)
                ? ""
                : " (there is no " + NODES + ": this machine, or the container or virtual machine, has no USB)";
    }

    /// A device as it is looked at.
    private record Seen(UsbDevice device) implements Plugged {
        @Override
        public int vendor() {
            return device.id().vendor();
        }

        @Override
        public int product() {
            return device.id().product();
        }

        @Override
        public int release() {
            return device.release();
        }

        @Override
        public String bus() {
            return device.bus();
        }

        @Override
        public String address() {
            return device.address();
        }

        @Override
        public String port() {
            return device.port();
        }

        @Override
        public Names names() throws IOException {
            try (UsbHandle handle = device.open()) {
                return new Names(handle.manufacturer(), handle.product(), handle.serial());
            } catch (UsbException e) {
                throw e.kind() == UsbException.Kind.ACCESS
                        ? new IOException(
                                e.getMessage() + " (" + Permissions.of(device.node())
                                        + "; run as root, or permit it with a udev rule)",
                                e)
                        : e;
            }
        }
    }
}
