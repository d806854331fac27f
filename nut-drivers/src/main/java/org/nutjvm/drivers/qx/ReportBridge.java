package org.nutjvm.drivers.qx;

import org.nutjvm.drivers.usb.UsbException;
import org.nutjvm.drivers.usb.UsbHandle;

/// Chips that take a question as reports, and give the answer as it is on the line.
///
/// @param value of the control request
/// @param size of the reports sent
/// @param sendMillis time-out for sending
/// @param chunk how much is read at once
/// @param whole whether an answer comes at once, with whatever behind its end
/// @param stale whether old answers have to be read away before each question
record ReportBridge(int value, int size, int sendMillis, int chunk, boolean whole, boolean stale) implements UsbBridge {
    private static final int READ_MILLIS = 1000;
    private static final int MOST_STALE = 8;

    @Override
    public String ask(UsbHandle handle, String question) throws UsbException {
        if (stale) {
            flush(handle);
        }
        UsbBridge.send(handle, value, question, size, sendMillis);
        if (!whole) {
            return UsbBridge.read(handle, chunk, READ_MILLIS);
        }
        byte[] answer = new byte[chunk];
        int count = handle.interruptIn(IN, answer, READ_MILLIS);
        String text = UsbBridge.text(answer, 0, Math.max(0, count));
        int nothing = text.indexOf('\0');
        int end = text.indexOf('\r');
        return nothing >= 0 && (end < 0 || nothing < end)
                ? UsbBridge.ended(text.substring(0, nothing))
                : UsbBridge.ended(text);
    }

    private static void flush(UsbHandle handle) throws UsbException {
        byte[] rest = new byte[8];
        try {
            for (int i = 0; i < MOST_STALE && handle.interruptIn(IN, rest, READ_MILLIS) > 0; i++) {
                // An old answer.
            }
        } catch (UsbException e) {
            if (e.kind() == UsbException.Kind.GONE) {
                throw e;
            }
            if (e.kind() == UsbException.Kind.STALL) {
                handle.clearHalt(IN);
            }
        }
    }
}
