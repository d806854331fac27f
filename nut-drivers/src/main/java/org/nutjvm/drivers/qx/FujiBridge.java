package org.nutjvm.drivers.qx;

import java.util.Map;
import org.nutjvm.drivers.usb.UsbException;
import org.nutjvm.drivers.usb.UsbHandle;

/// Fuji: a question is one packet of eight bytes, in which there is room for three characters.
record FujiBridge() implements UsbBridge {
    private static final int OUT = 0x02;
    private static final int ROOM = 3;
    /// How long answers are.
    private static final Map<String, Integer> LENGTHS = Map.of("Q1", 47, "F", 22, "I", 39);

    @Override
    public String ask(UsbHandle handle, String question) throws UsbException {
        String asked = question.replace("\r", "");
        int back = asked.indexOf('R');
        if (asked.startsWith("S") && back > 0 && Orders.seconds(asked.substring(back + 1)) > 0) {
            // When it is to come back cannot be told: it does with the power.
            asked = asked.substring(0, back);
        }
        if (asked.length() > ROOM) {
            return question;
        }
        byte[] packet = {(byte) 0x80, 0x06, (byte) (asked.length() + 1), 0x03, 0, 0, 0, 0};
        for (int i = 0; i < asked.length(); i++) {
            packet[4 + i] = (byte) asked.charAt(i);
        }
        packet[7] = LENGTHS.getOrDefault(asked, 0).byteValue();
        if (handle.interruptOut(OUT, packet, 5000) <= 0) {
            throw new UsbException(UsbException.Kind.TIMEOUT, "the device takes no packet");
        }
        return UsbBridge.read(handle, 8, 1000);
    }
}
