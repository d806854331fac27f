package org.nutjvm.drivers.usbhid;

import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hidups.HidException;
import org.nutjvm.drivers.hidups.HidTransport;
import org.nutjvm.drivers.usb.UsbException;
import org.nutjvm.drivers.usb.UsbHandle;

/// Reports as control transfers of an open device (HID 1.11, 7.2).
final class UsbHidTransport implements HidTransport {
    private static final int GET = 0xa1;
    private static final int SET = 0x21;
    private static final int GET_REPORT = 0x01;
    private static final int SET_REPORT = 0x09;
    private static final int FEATURE = 0x03 << 8;
    private static final int TIMEOUT_MILLIS = 5000;

    private final UsbHandle handle;
    private final int interfaceNumber;
    private long failures;

    UsbHidTransport(UsbHandle handle, int interfaceNumber) {
        this.handle = handle;
        this.interfaceNumber = interfaceNumber;
    }

    /// Transfers that failed, other than for reports the device does not have.
    long failures() {
        return failures;
    }

    @Override
    public int getReport(int id, byte[] buffer) throws HidException {
        try {
            int length = handle.control(GET, GET_REPORT, FEATURE | id, interfaceNumber, buffer, TIMEOUT_MILLIS);
            if (length == 0) {
                throw new HidException(HidException.Kind.STALL, "an empty report");
            }
            return length;
        } catch (UsbException e) {
            throw failed(e);
        }
    }

    @Override
    public void setReport(byte[] report) throws HidException {
        try {
            int id = report[0] & 0xff;
            handle.control(SET, SET_REPORT, FEATURE | id, interfaceNumber, report, TIMEOUT_MILLIS);
        } catch (UsbException e) {
            throw failed(e);
        }
    }

    @Override
    public @Nullable String string(int index) throws HidException {
        try {
            return handle.string(index);
        } catch (UsbException e) {
            throw failed(e);
        }
    }

    private HidException failed(UsbException e) {
        if (e.kind() != UsbException.Kind.STALL) {
            failures++;
        }
        return toHid(e);
    }

    /// What a USB error says of the link.
    static HidException toHid(UsbException e) {
        var kind = switch (e.kind()) {
            case STALL -> HidException.Kind.STALL;
            case TIMEOUT -> HidException.Kind.TIMEOUT;
            case OVERFLOW -> HidException.Kind.OVERFLOW;
            case IO -> HidException.Kind.IO;
            case GONE -> HidException.Kind.GONE;
            case BUSY -> HidException.Kind.BUSY;
            case ACCESS -> HidException.Kind.ACCESS;
            case NOT_FOUND, NO_MEMORY -> HidException.Kind.BROKEN;
            case OTHER -> HidException.Kind.OTHER;
        };
        return new HidException(kind, String.valueOf(e.getMessage()));
    }
}
