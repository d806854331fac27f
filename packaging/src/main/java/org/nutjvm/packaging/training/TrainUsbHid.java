package org.nutjvm.packaging.training;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.nutjvm.drivers.usb.LibUsbBus;
import org.nutjvm.drivers.usb.UsbBus;
import org.nutjvm.drivers.usb.UsbDevice;
import org.nutjvm.drivers.usb.UsbException;
import org.nutjvm.drivers.usb.UsbId;
import org.nutjvm.drivers.usbhid.UsbHid;

/// usbhid-ups on a bus with one made-up UPS, which tells of a power cut, is unplugged and comes back. The machine's own
/// bus is looked at so far that libusb's classes are known; no device on it is opened.
public final class TrainUsbHid {
    private TrainUsbHid() {}

    /// Runs until stopped.
    ///
    /// @param args of the driver
    public static void main(String[] args) throws ClassNotFoundException {
        lookAtTheBus();
        for (String used : List.of(
                "org.nutjvm.drivers.usb.LibUsbHandle",
                "org.usb4java.DeviceHandle",
                "org.usb4java.ConfigDescriptor",
                "org.usb4java.Interface",
                "org.usb4java.InterfaceDescriptor",
                "org.usb4java.EndpointDescriptor",
                "org.usb4java.BufferUtils")) {
            Class.forName(used, false, TrainUsbHid.class.getClassLoader());
        }
        UsbHid.main(new Opener(), args);
    }

    /// The report descriptor of the made-up UPS.
    static byte[] descriptor() {
        return Ups.DESCRIPTOR.clone();
    }

    private static void lookAtTheBus() {
        try (var bus = LibUsbBus.open()) {
            bus.version();
            bus.devices();
        } catch (UsbException e) {
            System.err.println("no USB here: " + e.getMessage());
        }
    }

    private static final class Opener implements UsbBus.Opener {
        @Override
        public UsbBus open() {
            return new Bus();
        }
    }

    private static final class Bus implements UsbBus {
        private final Ups ups = new Ups();

        @Override
        public List<UsbDevice> devices() {
            return ups.unplugged.compareAndSet(1, 2) ? List.of() : List.of(ups.device);
        }

        @Override
        public String version() {
            return "rehearsal";
        }

        @Override
        public void close() {}
    }

    /// Charge in report 1, status bits in report 2, delays in reports 3 and 4; ids of APC's.
    private static final class Ups {
        private static final int LISTENINGS = 6;

        private static final byte[] DESCRIPTOR = bytes(
                0x05, 0x84, 0x09, 0x04, 0xa1, 0x01, 0x09, 0x24, 0xa1, 0x02, 0x85, 0x01, 0x05, 0x85, 0x09, 0x66, 0x75,
                0x08, 0x95, 0x01, 0x15, 0x00, 0x25, 0x64, 0xb1, 0xa2, 0x09, 0x66, 0x81, 0xa2, 0x85, 0x02, 0x05, 0x84,
                0x09, 0x02, 0xa1, 0x02, 0x05, 0x85, 0x75, 0x01, 0x25, 0x01, 0x09, 0xd0, 0xb1, 0xa2, 0x09, 0x45, 0xb1,
                0xa2, 0x09, 0x44, 0xb1, 0xa2, 0x09, 0x42, 0xb1, 0xa2, 0x09, 0xd0, 0x81, 0xa2, 0x09, 0x45, 0x81, 0xa2,
                0x09, 0x44, 0x81, 0xa2, 0x09, 0x42, 0x81, 0xa2, 0x95, 0x04, 0xb1, 0x01, 0x81, 0x01, 0xc0, 0x95, 0x01,
                0x75, 0x10, 0x16, 0x00, 0x80, 0x26, 0xff, 0x7f, 0x05, 0x84, 0x85, 0x03, 0x09, 0x57, 0xb1, 0xa2, 0x85,
                0x04, 0x09, 0x56, 0xb1, 0xa2, 0xc0, 0xc0);

        /// 0 plugged, 1 unplugged, 2 plugged again.
        private final AtomicInteger unplugged = new AtomicInteger();

        private final AtomicInteger listenings = new AtomicInteger();
        private final UsbDevice device = new MadeUpDevice(new UsbId(0x051d, 0x0002), 0x0106, () -> new Handle(this));

        private static byte[] bytes(int... values) {
            byte[] bytes = new byte[values.length];
            for (int i = 0; i < values.length; i++) {
                bytes[i] = (byte) values[i];
            }
            return bytes;
        }

        int report(int id, byte[] to) throws UsbException {
            return switch (id) {
                case 1 -> MadeUpHandle.give(bytes(1, 100), to);
                case 2 -> MadeUpHandle.give(bytes(2, 5), to);
                case 3, 4 -> MadeUpHandle.give(bytes(id, 0xff, 0xff), to);
                default -> throw new UsbException(UsbException.Kind.STALL, "stall");
            };
        }

        /// On battery, on line, and off the bus; silent after that.
        int listen(byte[] to) throws UsbException, InterruptedException {
            Thread.sleep(200);
            int time = listenings.incrementAndGet();
            if (time == LISTENINGS) {
                unplugged.compareAndSet(0, 1);
                throw new UsbException(UsbException.Kind.GONE, "No such device");
            }
            return time < LISTENINGS ? MadeUpHandle.give(bytes(2, time % 2 == 0 ? 5 : 2), to) : 0;
        }
    }

    private static final class Handle extends MadeUpHandle {
        private final Ups ups;

        Handle(Ups ups) {
            super("American Power Conversion", "Back-UPS Rehearsal FW:1.2 USB FW:3", "1");
            this.ups = ups;
        }

        @Override
        public int control(int type, int request, int value, int index, byte[] data, int timeoutMillis)
                throws UsbException {
            int length = Ups.DESCRIPTOR.length;
            return switch ((type << 16) | (request << 8) | (value >> 8)) {
                case 0x81_06_21 -> give(Ups.bytes(9, 0x21, 0x11, 1, 0, 1, 0x22, length & 0xff, length >> 8), data);
                case 0x81_06_22 -> give(Ups.DESCRIPTOR, data);
                case 0xa1_01_03 -> ups.report(value & 0xff, data);
                case 0x21_09_03 -> data.length;
                default -> throw new UsbException(UsbException.Kind.STALL, "stall");
            };
        }

        @Override
        public int interruptIn(int endpoint, byte[] data, int timeoutMillis) throws UsbException {
            try {
                return ups.listen(data);
            } catch (InterruptedException e) {
                throw new UsbException(UsbException.Kind.OTHER, "interrupted");
            }
        }
    }
}
