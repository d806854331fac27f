package org.nutjvm.drivers.qx;

import java.util.Arrays;
import org.nutjvm.drivers.usb.UsbException;
import org.nutjvm.drivers.usb.UsbHandle;

/// How questions go through the chip between a UPS and USB, and answers come back (the subdrivers of
/// drivers/nutdrv_qx.c). What is sent, and how much is asked for, is what the chips are known to live with.
interface UsbBridge {
    /// Where all of them speak.
    int IN = 0x81;
    /// No answer is longer.
    int LONGEST = 512;
    /// Control request of the HID class: set a report.
    int SET_REPORT = 0x09;
    /// To the interface, as the HID class has it.
    int TO_INTERFACE = 0x21;

    /// Asks.
    ///
    /// @param question with its end
    /// @return what came, with its end; without it if it broke off; empty if nothing came in time
    String ask(UsbHandle handle, String question) throws UsbException;

    /// Takes what an answer that is late has left in the chip.
    ///
    /// @return whether there was something
    default boolean drained(UsbHandle handle) throws UsbException {
        return handle.interruptIn(IN, new byte[8], 100) > 0;
    }

    /// Time for the chip.
    interface Pause {
        void millis(long millis);
    }

    /// Bytes of a text.
    static byte[] bytes(String text) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) text.charAt(i);
        }
        return bytes;
    }

    /// Text of bytes.
    static String text(byte[] bytes, int from, int to) {
        var text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append((char) (bytes[i] & 0xff));
        }
        return text.toString();
    }

    /// With an end, unless there is nothing, or it has one; nothing behind it.
    static String ended(String text) {
        int end = text.indexOf('\r');
        return text.isEmpty() ? text : end < 0 ? text + '\r' : text.substring(0, end + 1);
    }

    /// Sends a question as reports of one size, filled up with zeros.
    ///
    /// @param value of the control request
    static void send(UsbHandle handle, int value, String question, int size, int timeoutMillis) throws UsbException {
        byte[] all = bytes(question);
        for (int i = 0; i < all.length; ) {
            byte[] report = Arrays.copyOf(Arrays.copyOfRange(all, i, Math.min(all.length, i + size)), size);
            int sent = handle.control(TO_INTERFACE, SET_REPORT, value, 0, report, timeoutMillis);
            if (sent <= 0) {
                throw new UsbException(UsbException.Kind.TIMEOUT, "the device takes no report");
            }
            i += sent;
        }
    }

    /// Reads until there is an end, nothing more comes, or it is too much.
    static String read(UsbHandle handle, int size, int timeoutMillis) throws UsbException {
        byte[] chunk = new byte[size];
        var answer = new StringBuilder();
        while (answer.length() <= LONGEST - size) {
            int count = handle.interruptIn(IN, chunk, timeoutMillis);
            if (count <= 0) {
                break;
            }
            answer.append(text(chunk, 0, count));
            int end = answer.indexOf("\r");
            if (end >= 0) {
                return answer.substring(0, end + 1);
            }
        }
        return answer.toString();
    }
}
