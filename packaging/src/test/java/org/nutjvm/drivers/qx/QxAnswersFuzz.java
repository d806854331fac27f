package org.nutjvm.drivers.qx;

import java.io.IOException;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.usb.UsbBus;
import org.nutjvm.drivers.usb.UsbException;
import org.nutjvm.fuzz.FuzzDevice;
import org.nutjvm.fuzz.FuzzLine;
import org.nutjvm.fuzz.Input;
import org.nutjvm.fuzz.Must;
import org.nutjvm.fuzz.Poll;

/// A serial device that answers nutdrv_qx anything, in each of the protocols.
public final class QxAnswersFuzz {
    private static final String[] PROTOCOLS = {
        "megatec",
        "megatec/old",
        "mustek",
        "q1",
        "q2",
        "q6",
        "zinto",
        "mecer",
        "voltronic-qs",
        "voltronic-qs-hex",
        "gtec",
        "hunnox",
        "innovart31",
        "innovart33",
        "innovatae",
        "voltronic",
        "voltronic-axpert",
        "bestups",
        "masterguard",
        "omron",
        "ablerex"
    };

    static {
        Must.beQuiet();
    }

    private QxAnswersFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        var input = new Input(data);
        var device = new FuzzDevice("/dev/ttyS0");
        int which = input.next();
        if (which < 0xf0) {
            device.options.put("protocol", PROTOCOLS[which % PROTOCOLS.length]);
        }
        int options = input.next();
        if ((options & 1) != 0) {
            device.options.put("runtimecal", "240,100,720,50");
        }
        if ((options & 2) != 0) {
            device.options.put("battery_voltage_reports_one_pack", "");
        }
        try {
            UsbBus.Opener none = () -> {
                throw new UsbException(UsbException.Kind.OTHER, "no USB here");
            };
            Poll.some(new QxProgram(new FuzzLine(input).port(), none).initups(device), device, 3);
        } catch (IOException | DriverException e) {
            Must.hold(e.getMessage() != null && !e.getMessage().isBlank(), "no reason: " + e);
        }
    }
}
