package org.nutjvm.packaging.training;

import java.util.Arrays;
import java.util.List;
import org.nutjvm.drivers.qx.BlazerUsb;
import org.nutjvm.drivers.usb.UsbBus;
import org.nutjvm.drivers.usb.UsbDevice;
import org.nutjvm.drivers.usb.UsbHandle;
import org.nutjvm.drivers.usb.UsbId;

/// blazer_usb on a bus with the device of {@link TrainQx} behind a Cypress chip.
public final class TrainBlazerUsb {
    private TrainBlazerUsb() {}

    /// Runs until stopped.
    ///
    /// @param args of the driver
    public static void main(String[] args) throws ClassNotFoundException {
        TrainQx.lookAtTheBus();
        BlazerUsb.main(Chip::new, args);
    }

    private static final class Chip implements UsbBus, UsbDevice {
        private final TrainQx.Ups ups = new TrainQx.Ups();

        @Override
        public List<UsbDevice> devices() {
            return List.of(this);
        }

        @Override
        public String version() {
            return "made up";
        }

        @Override
        public UsbId id() {
            return new UsbId(0x0665, 0x5161);
        }

        @Override
        public int release() {
            return 0x0100;
        }

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
            return new Handle(ups);
        }

        @Override
        public void close() {}
    }

    private static final class Handle implements UsbHandle {
        private final TrainQx.Ups ups;
        private byte[] waiting = new byte[0];

        Handle(TrainQx.Ups ups) {
            this.ups = ups;
        }

        @Override
        public String manufacturer() {
            return "INNO TECH";
        }

        @Override
        public String product() {
            return "USB to Serial";
        }

        @Override
        public String serial() {
            return "";
        }

        @Override
        public String string(int index) {
            return "";
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
        public int control(int requestType, int request, int value, int index, byte[] data, int timeoutMillis) {
            for (byte b : data) {
                byte[] answer = ups.apply(b & 0xff);
                if (answer.length > 0) {
                    waiting = answer;
                }
                if (b == '\r') {
                    break; // the rest of a report is padding
                }
            }
            return data.length;
        }

        @Override
        public int interruptIn(int endpoint, byte[] data, int timeoutMillis) {
            int count = Math.min(data.length, waiting.length);
            System.arraycopy(waiting, 0, data, 0, count);
            waiting = Arrays.copyOfRange(waiting, count, waiting.length);
            return count;
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
}
