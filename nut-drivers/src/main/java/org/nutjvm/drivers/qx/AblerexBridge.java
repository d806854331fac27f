package org.nutjvm.drivers.qx;

import java.util.Map;
import org.nutjvm.drivers.usb.UsbException;
import org.nutjvm.drivers.usb.UsbHandle;

/// Ablerex: a question is written to a report, and the answer is read from it a while later.
record AblerexBridge(Pause pause) implements UsbBridge {
    private static final int GET = 0xa1;
    private static final int GET_REPORT = 0x01;
    private static final int REPORT = 0x305;
    private static final int SIZE = 47;
    private static final int TRIES = 3;
    private static final Map<String, Integer> LENGTHS = Map.of("Q1\r", 47, "I\r", 39, "F\r", 22, "Q5\r", 22);

    @Override
    public String ask(UsbHandle handle, String question) throws UsbException {
        String answer = "";
        for (int i = 0; i < TRIES; i++) {
            byte[] report = new byte[SIZE];
            report[0] = 5;
            report[2] = (byte) Math.min(question.length(), SIZE - 3);
            System.arraycopy(UsbBridge.bytes(question), 0, report, 3, report[2]);
            handle.control(TO_INTERFACE, SET_REPORT, REPORT, 0, report, 1000);
            pause.millis(500);
            byte[] said = new byte[SIZE];
            said[0] = 5;
            int count = handle.control(GET, GET_REPORT, REPORT, 0, said, 1000);
            answer = UsbBridge.text(said, 0, Math.max(0, count));
            int end = answer.indexOf('\r');
            answer = end < 1 ? "" : answer.substring(0, end + 1);
            Integer length = LENGTHS.get(question);
            if (length == null || answer.length() == length) {
                return answer;
            }
        }
        return answer;
    }

    @Override
    public boolean drained(UsbHandle handle) {
        return false;
    }
}
