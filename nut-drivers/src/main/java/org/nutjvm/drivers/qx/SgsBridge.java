package org.nutjvm.drivers.qx;

import org.nutjvm.drivers.usb.UsbException;
import org.nutjvm.drivers.usb.UsbHandle;

/// TS Shara: reports of eight bytes, of which the first tells how many of the others count. An answer ends when nothing
/// more comes.
record SgsBridge() implements UsbBridge {
    private static final int DATA = 7;

    @Override
    public String ask(UsbHandle handle, String question) throws UsbException {
        for (int i = 0; i < question.length(); i += DATA) {
            String part = question.substring(i, Math.min(question.length(), i + DATA));
            UsbBridge.send(handle, 0x200, (char) part.length() + part, DATA + 1, 5000);
        }
        byte[] report = new byte[DATA + 1];
        var answer = new StringBuilder();
        while (answer.length() <= LONGEST - report.length) {
            int count = handle.interruptIn(IN, report, 1000);
            if (count <= 0) {
                break;
            }
            answer.append(UsbBridge.text(report, 1, Math.min(count, 1 + Math.clamp(report[0], 0, DATA))));
        }
        return UsbBridge.ended(answer.toString());
    }
}
