package org.nutjvm.drivers.qx;

import java.util.Set;
import org.nutjvm.drivers.usb.UsbException;
import org.nutjvm.drivers.usb.UsbHandle;

/// Phoenixtec, in Masterguard's series A: a question is one request of its own.
record PhoenixtecBridge() implements UsbBridge {
    private static final int TO_ENDPOINT = 0x42;
    private static final int ASK = 0x0d;
    /// What has no answer, by its capitals.
    private static final Set<String> SILENT =
            Set.of("T", "TL", "S", "C", "CT", "M", "N", "O", "SRC", "FCLR", "SS", "TUD", "SSN");

    @Override
    public String ask(UsbHandle handle, String question) throws UsbException {
        byte[] bytes = UsbBridge.bytes(question);
        if (handle.control(TO_ENDPOINT, ASK, 0, 0, bytes, 1000) <= 0) {
            throw new UsbException(UsbException.Kind.TIMEOUT, "the device takes no question");
        }
        int capitals = 0;
        while (capitals < question.length() && question.charAt(capitals) >= 'A' && question.charAt(capitals) <= 'Z') {
            capitals++;
        }
        return SILENT.contains(question.substring(0, capitals)) ? "" : UsbBridge.read(handle, 256, 1000);
    }
}
