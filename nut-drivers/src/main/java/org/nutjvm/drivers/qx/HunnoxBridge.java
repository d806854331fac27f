package org.nutjvm.drivers.qx;

import org.nutjvm.drivers.usb.UsbException;
import org.nutjvm.drivers.usb.UsbHandle;

/// Hunnox: as other chips that answer in string descriptors, but it wants to be read in the order in which its maker's
/// program does so.
final class HunnoxBridge implements UsbBridge {
    private static final int ENGLISH = 0x0409;
    private static final int AT_FIRST = 1026;
    private static final int RATINGS = 0x0d;
    private static final int STATUS = 0x03;
    private static final int VENDOR = 0x0c;

    private final StringBridge strings;
    private final int langid;
    private final boolean novendor;
    private final Pause pause;
    private int step;

    HunnoxBridge(StringBridge strings, boolean novendor, Pause pause) {
        this.strings = strings;
        this.novendor = novendor;
        this.pause = pause;
        langid = strings.langid() < 0 ? ENGLISH : strings.langid();
    }

    @Override
    public String ask(UsbHandle handle, String question) throws UsbException {
        String asked = question.replace("\r", "");
        Integer known = strings.indices().get(asked);
        int index = known == null ? StringBridge.shutdown(asked) : known;
        if (index <= 0) {
            return question;
        }
        try {
            before(handle, index);
        } catch (UsbException e) {
            if (e.kind() == UsbException.Kind.GONE) {
                throw e;
            }
            // The answer itself is what counts.
        }
        return strings.ask(handle, question);
    }

    @Override
    public boolean drained(UsbHandle handle) {
        return false;
    }

    private void before(UsbHandle handle, int index) throws UsbException {
        int now = step;
        step = now >= 3 ? 1 : now + 1;
        switch (now) {
            case 0 -> {
                StringBridge.raw(handle, 0, langid, AT_FIRST);
                StringBridge.raw(handle, 0, langid, AT_FIRST);
                StringBridge.raw(handle, 1, langid, AT_FIRST);
                pause.millis(10);
            }
            case 1 -> also(handle, RATINGS, index);
            case 2 -> also(handle, STATUS, index);
            default -> {
                if (!novendor) {
                    also(handle, VENDOR, index);
                }
            }
        }
    }

    private void also(UsbHandle handle, int other, int index) throws UsbException {
        if (other != index) {
            StringBridge.raw(handle, other, langid, strings.length());
        }
    }
}
