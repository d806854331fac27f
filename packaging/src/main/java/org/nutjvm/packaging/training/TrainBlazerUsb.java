package org.nutjvm.packaging.training;

import java.util.Arrays;
import java.util.List;
import org.nutjvm.drivers.qx.BlazerUsb;
import org.nutjvm.drivers.usb.UsbBus;
import org.nutjvm.drivers.usb.UsbDevice;
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

    /// A bus with that device alone.
    private static final class Chip implements UsbBus {
        private final TrainQx.Ups ups = new TrainQx.Ups();
        private final UsbDevice device = new MadeUpDevice(new UsbId(0x0665, 0x5161), 0x0100, () -> new Handle(ups));

        @Override
        public List<UsbDevice> devices() {
            return List.of(device);
        }

        @Override
        public String version() {
            return "made up";
        }

        @Override
        public void close() {}
    }

    private static final class Handle extends MadeUpHandle {
        private final TrainQx.Ups ups;
        private byte[] waiting = new byte[0];

        Handle(TrainQx.Ups ups) {
            super("INNO TECH", "USB to Serial", "");
            this.ups = ups;
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
            int count = give(waiting, data);
            waiting = Arrays.copyOfRange(waiting, count, waiting.length);
            return count;
        }
    }
}
