package org.nutjvm.drivers.usb;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.usb4java.Context;
import org.usb4java.Device;
import org.usb4java.DeviceDescriptor;
import org.usb4java.DeviceHandle;
import org.usb4java.DeviceList;
import org.usb4java.LibUsb;
import org.usb4java.Loader;

/// The bus through libusb. One for each process.
public final class LibUsbBus implements UsbBus {
    /// The root of the image, which has the native library beside its jars.
    private static final String HOME = "nut.home";

    private final Context context = new Context();

    private LibUsbBus() throws UsbException {
        load();
        check(LibUsb.init(context), "libusb_init");
    }

    /// Starts libusb.
    public static LibUsbBus open() throws UsbException {
        return new LibUsbBus();
    }

    /// Loads the library that the image has beside its jars. usb4java's own loader would unpack one at
    /// each start; it is told that it has done so already.
    @SuppressWarnings("restricted") // What the image is started with permits it.
    private static void load() throws UsbException {
        Path library = Path.of(System.getProperty(HOME, ""), "lib", "native", "libusb4java.so");
        try {
            if (Files.exists(library)) {
                Field loaded = Loader.class.getDeclaredField("loaded");
                loaded.setAccessible(true);
                if (!loaded.getBoolean(null)) {
                    // First, for the library looks up the classes whose initializers call the loader.
                    loaded.setBoolean(null, true);
                    System.load(library.toAbsolutePath().toString());
                }
            }
            Loader.load();
        } catch (ReflectiveOperationException | RuntimeException | UnsatisfiedLinkError e) {
            throw new UsbException(UsbException.Kind.OTHER, "libusb cannot be loaded: " + e.getMessage());
        }
    }

    @Override
    public String version() {
        var version = LibUsb.getVersion();
        return "libusb-" + version.major() + '.' + version.minor() + '.' + version.micro() + " (usb4java, API: 0x0"
                + Integer.toHexString(LibUsb.getApiVersion()) + ")";
    }

    @Override
    public List<UsbDevice> devices() throws UsbException {
        var list = new DeviceList();
        check(LibUsb.getDeviceList(context, list), "libusb_get_device_list");
        try {
            var devices = new ArrayList<UsbDevice>(list.getSize());
            for (Device device : list) {
                var descriptor = new DeviceDescriptor();
                if (LibUsb.getDeviceDescriptor(device, descriptor) == LibUsb.SUCCESS) {
                    devices.add(new Found(device, descriptor));
                }
            }
            return devices;
        } finally {
            LibUsb.freeDeviceList(list, false);
        }
    }

    @Override
    public void close() {
        LibUsb.exit(context);
    }

    /// A device; libusb keeps it until the process ends, which costs some hundred bytes each time it is
    /// plugged in.
    private static final class Found implements UsbDevice {
        private final Device device;
        private final DeviceDescriptor descriptor;

        Found(Device device, DeviceDescriptor descriptor) {
            this.device = device;
            this.descriptor = descriptor;
        }

        @Override
        public UsbId id() {
            return new UsbId(descriptor.idVendor() & 0xffff, descriptor.idProduct() & 0xffff);
        }

        @Override
        public int release() {
            return descriptor.bcdDevice() & 0xffff;
        }

        @Override
        public String bus() {
            return three(LibUsb.getBusNumber(device));
        }

        @Override
        public String address() {
            return three(LibUsb.getDeviceAddress(device));
        }

        @Override
        public String port() {
            int port = LibUsb.getPortNumber(device);
            return port > 0 ? three(port) : "";
        }

        @Override
        public String node() {
            return "/dev/bus/usb/" + bus() + '/' + address();
        }

        @Override
        public UsbHandle open() throws UsbException {
            var handle = new DeviceHandle();
            check(LibUsb.open(device, handle), "open");
            return new LibUsbHandle(device, handle, descriptor);
        }

        private static String three(int number) {
            String digits = Integer.toString(number);
            return "000".substring(Math.min(3, digits.length())) + digits;
        }
    }

    /// Throws what a negative result means.
    static int check(int result, String what) throws UsbException {
        if (result >= 0) {
            return result;
        }
        var kind = switch (result) {
            case LibUsb.ERROR_PIPE -> UsbException.Kind.STALL;
            case LibUsb.ERROR_TIMEOUT -> UsbException.Kind.TIMEOUT;
            case LibUsb.ERROR_OVERFLOW -> UsbException.Kind.OVERFLOW;
            case LibUsb.ERROR_IO -> UsbException.Kind.IO;
            case LibUsb.ERROR_NO_DEVICE -> UsbException.Kind.GONE;
            case LibUsb.ERROR_BUSY -> UsbException.Kind.BUSY;
            case LibUsb.ERROR_ACCESS -> UsbException.Kind.ACCESS;
            case LibUsb.ERROR_NOT_FOUND -> UsbException.Kind.NOT_FOUND;
            case LibUsb.ERROR_NO_MEM -> UsbException.Kind.NO_MEMORY;
            default -> UsbException.Kind.OTHER;
        };
        throw new UsbException(kind, what + ": " + LibUsb.strError(result));
    }
}
