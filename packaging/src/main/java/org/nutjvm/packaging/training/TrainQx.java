package org.nutjvm.packaging.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.nutjvm.drivers.port.SerialLine;
import org.nutjvm.drivers.port.SerialSettings;
import org.nutjvm.drivers.port.SystemPorts;
import org.nutjvm.drivers.qx.NutdrvQx;
import org.nutjvm.drivers.usb.LibUsbBus;
import org.nutjvm.drivers.usb.UsbException;

/// nutdrv_qx with a made-up device, which loses power now and then and answers badly now and then.
public final class TrainQx {
    private TrainQx() {}

    /// Runs until stopped.
    ///
    /// @param args of the driver
    public static void main(String[] args) throws ClassNotFoundException {
        lookAtPorts();
        lookAtTheBus();
        NutdrvQx.main((device, settings, lock) -> new PlayedLine(new Ups()), LibUsbBus::open, args);
    }

    /// What a device on USB needs, so far as it goes without one.
    static void lookAtTheBus() throws ClassNotFoundException {
        try (var bus = LibUsbBus.open()) {
            bus.version();
            bus.devices();
        } catch (UsbException e) {
            System.err.println("no USB here: " + e.getMessage());
        }
        for (String used : List.of(
                "org.nutjvm.drivers.usb.LibUsbHandle",
                "org.usb4java.DeviceHandle",
                "org.usb4java.BufferUtils",
                "org.nutjvm.drivers.usb.UsbMatcher",
                "org.nutjvm.drivers.usb.Identity",
                "org.nutjvm.drivers.qx.UsbTable",
                "org.nutjvm.drivers.qx.UsbTable$Entry",
                "org.nutjvm.drivers.qx.UsbSearch",
                "org.nutjvm.drivers.qx.UsbSearch$Found",
                "org.nutjvm.drivers.qx.UsbLink",
                "org.nutjvm.drivers.qx.UsbBridges",
                "org.nutjvm.drivers.qx.UsbBridge",
                "org.nutjvm.drivers.qx.ReportBridge",
                "org.nutjvm.drivers.qx.StringBridge")) {
            Class.forName(used, false, TrainQx.class.getClassLoader());
        }
    }

    /// A terminal without a far end stands in for a port.
    static void lookAtPorts() {
        try (var line = new SystemPorts().open("/dev/ptmx", SerialSettings.of(2400), true)) {
            line.flushOutput();
            line.flushInput();
            line.write("Q1".getBytes(StandardCharsets.US_ASCII));
            line.read(new byte[16], Duration.ofMillis(10));
            line.setSignal(SerialLine.Signal.DTR, true);
        } catch (IOException e) {
            System.err.println("no modem lines here: " + e.getMessage());
        }
    }

    /// The device. Its answer comes with the last byte of a question.
    static final class Ups implements IntFunction<byte[]> {
        private static final String STATUS = "(226.0 195.0 226.0 014 49.0 27.5 30.0 00001000\r";
        private final StringBuilder hearing = new StringBuilder();
        private int asked;

        @Override
        public byte[] apply(int b) {
            hearing.append((char) b);
            if (b != '\r') {
                return new byte[0];
            }
            String question = hearing.toString();
            hearing.setLength(0);
            return answer(question).getBytes(StandardCharsets.US_ASCII);
        }

        private String answer(String question) {
            return switch (question) {
                case "Q1\r" -> status();
                case "F\r" -> "#220.0 000 024.0 50.0\r";
                case "I\r" -> "#ACME            SMART 1000 VT12046Q  \r";
                default -> "";
            };
        }

        private String status() {
            asked++;
            if (asked % 7 == 0) {
                return STATUS.substring(0, 20);
            }
            return asked / 10 % 2 == 0 ? STATUS : STATUS.replace("00001000", "10001000");
        }
    }
}
