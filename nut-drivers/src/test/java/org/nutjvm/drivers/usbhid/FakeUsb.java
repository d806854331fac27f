package org.nutjvm.drivers.usbhid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hid.Hex;
import org.nutjvm.drivers.hid.HidCorpus;
import org.nutjvm.drivers.hidups.PlayedDevice;
import org.nutjvm.drivers.usb.UsbBus;
import org.nutjvm.drivers.usb.UsbDevice;
import org.nutjvm.drivers.usb.UsbException;
import org.nutjvm.drivers.usb.UsbHandle;
import org.nutjvm.drivers.usb.UsbId;

/// A bus with devices that tests plug, unplug and break.
final class FakeUsb implements UsbBus {
    final List<Ups> plugged = new ArrayList<>();
    boolean closed;

    @Override
    public List<UsbDevice> devices() {
        return List.copyOf(plugged);
    }

    @Override
    public String version() {
        return "fake";
    }

    @Override
    public void close() {
        closed = true;
    }

    /// A small UPS: charge in report 1, status bits in report 2, shutdown delay in report 3.
    static final class Ups implements UsbDevice {
        static final String DESCRIPTOR =
                "05 84 09 04 a1 01 09 24 a1 02 85 01 05 85 09 66 75 08 95 01 15 00 25 64 b1 a2 09 66 81 a2 "
                        + "85 02 05 84 09 02 a1 02 05 85 75 01 25 01 09 d0 b1 a2 09 45 b1 a2 09 44 b1 a2 09 42 b1 a2 "
                        + "09 d0 81 a2 09 45 81 a2 09 44 81 a2 09 42 81 a2 95 04 b1 01 81 01 c0 "
                        + "95 01 75 10 16 00 80 26 ff 7f 05 84 85 03 09 57 b1 a2 85 04 09 56 b1 a2 c0 c0";

        final Map<Integer, byte[]> features = new HashMap<>();
        final Map<Integer, UsbException.Kind> faults = new HashMap<>();
        final Map<Integer, String> strings = new HashMap<>();
        final List<String> written = new ArrayList<>();

        /// The same in hexadecimal.
        final List<String> sent = new ArrayList<>();

        final List<Integer> askedFor = new ArrayList<>();
        byte[] descriptor = HidCorpus.bytes(DESCRIPTOR);

        @Nullable
        String manufacturer = "American Power Conversion";

        @Nullable
        String product = "Back-UPS Test FW:1.2 USB FW:3";

        final AtomicInteger clears = new AtomicInteger();
        volatile int interruptSize;
        volatile int endpoint;
        int claimed = -1;
        int altSetting = -1;
        final LinkedBlockingQueue<Object> interrupts = new LinkedBlockingQueue<>();
        UsbId id = new UsbId(0x051d, 0x0002);

        @Nullable
        String serial = "S1";

        String address = "004";
        String port = "002";
        String node = "/dev/bus/usb/001/004";
        UsbException.@Nullable Kind openFault;
        UsbException.@Nullable Kind claimFault;
        volatile boolean gone;
        int opened;
        int resets;
        int releases;

        /// A recorded device.
        static Ups of(PlayedDevice played) {
            var ups = new Ups();
            ups.id = played.id;
            ups.manufacturer = played.vendor;
            ups.product = played.product;
            ups.serial = played.serial;
            ups.descriptor = played.descriptor();
            ups.features.clear();
            ups.features.putAll(played.features);
            ups.strings.putAll(played.strings);
            return ups;
        }

        Ups() {
            feature(1, 1, 100);
            feature(2, 2, 0x05);
            feature(3, 3, 0xff, 0xff);
            feature(4, 4, 0xff, 0xff);
        }

        void feature(int report, int... bytes) {
            features.put(report, bytes(bytes));
        }

        static byte[] bytes(int... values) {
            byte[] bytes = new byte[values.length];
            for (int i = 0; i < values.length; i++) {
                bytes[i] = (byte) values[i];
            }
            return bytes;
        }

        @Override
        public UsbId id() {
            return id;
        }

        @Override
        public int release() {
            return 0x0106;
        }

        @Override
        public String bus() {
            return "001";
        }

        @Override
        public String address() {
            return address;
        }

        @Override
        public String port() {
            return port;
        }

        @Override
        public String node() {
            return node;
        }

        @Override
        public UsbHandle open() throws UsbException {
            if (openFault != null) {
                throw new UsbException(openFault, "open failed");
            }
            opened++;
            return new Handle(this);
        }
    }

    private static final class Handle implements UsbHandle {
        private final Ups ups;
        private boolean closed;

        Handle(Ups ups) {
            this.ups = ups;
        }

        @Override
        public @Nullable String manufacturer() {
            return ups.manufacturer;
        }

        @Override
        public @Nullable String product() {
            return ups.product;
        }

        @Override
        public @Nullable String serial() {
            return ups.serial;
        }

        @Override
        public @Nullable String string(int index) {
            return ups.strings.get(index);
        }

        @Override
        public void claim(int interfaceNumber) throws UsbException {
            if (ups.claimFault != null) {
                throw new UsbException(ups.claimFault, "claim failed");
            }
            ups.claimed = interfaceNumber;
        }

        @Override
        public void setAltInterface(int interfaceNumber, int setting) {
            ups.altSetting = setting;
        }

        @Override
        public byte[] extraDescriptors(int configuration, int interfaceNumber) {
            return new byte[0];
        }

        @Override
        public int control(int type, int request, int value, int index, byte[] data, int timeoutMillis)
                throws UsbException {
            if (closed) {
                throw new IllegalStateException("used after it was closed");
            }
            if (ups.gone) {
                throw new UsbException(UsbException.Kind.GONE, "No such device");
            }
            byte[] descriptor = ups.descriptor;
            int length = descriptor.length;
            byte[] hid = {9, 0x21, 0x11, 1, 0, 1, 0x22, (byte) length, (byte) (length >> 8)};
            return switch ((type << 16) | (request << 8) | (value >> 8)) {
                case 0x81_06_21 -> give(hid, data);
                case 0x81_06_22 -> give(descriptor, data);
                case 0xa1_01_03 -> {
                    ups.askedFor.add(data.length);
                    yield report(value & 0xff, data);
                }
                case 0x21_09_03 -> {
                    ups.written.add(Arrays.toString(data));
                    ups.sent.add(Hex.of(data, data.length));
                    yield data.length;
                }
                default -> throw new UsbException(UsbException.Kind.STALL, "stall");
            };
        }

        private int report(int id, byte[] data) throws UsbException {
            var fault = ups.faults.get(id);
            if (fault != null) {
                throw new UsbException(fault, "fault");
            }
            byte[] report = ups.features.get(id);
            if (report == null) {
                throw new UsbException(UsbException.Kind.STALL, "stall");
            }
            return give(report, data);
        }

        private static int give(byte[] from, byte[] to) {
            int length = Math.min(from.length, to.length);
            System.arraycopy(from, 0, to, 0, length);
            return length;
        }

        @Override
        public int interruptIn(int endpoint, byte[] data, int timeoutMillis) throws UsbException {
            try {
                if (ups.gone) {
                    throw new UsbException(UsbException.Kind.GONE, "No such device");
                }
                ups.interruptSize = data.length;
                ups.endpoint = endpoint;
                return switch (ups.interrupts.poll(10, TimeUnit.MILLISECONDS)) {
                    case byte[] report -> give(report, data);
                    case UsbException.Kind fault -> throw new UsbException(fault, "interrupt " + fault);
                    case null, default -> 0;
                };
            } catch (InterruptedException e) {
                throw new UsbException(UsbException.Kind.OTHER, "interrupted");
            }
        }

        @Override
        public int interruptOut(int endpoint, byte[] data, int timeoutMillis) throws UsbException {
            throw new UsbException(UsbException.Kind.NOT_FOUND, "no such endpoint");
        }

        @Override
        public List<Endpoint> soleEndpoints(int configuration) {
            return List.of();
        }

        @Override
        public void clearHalt(int endpoint) {
            ups.clears.incrementAndGet();
        }

        @Override
        public void release() {
            ups.releases++;
        }

        @Override
        public void reset() {
            ups.resets++;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
