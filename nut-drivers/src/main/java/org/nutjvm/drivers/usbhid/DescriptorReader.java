package org.nutjvm.drivers.usbhid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hid.DescriptorParser;
import org.nutjvm.drivers.hid.Repair;
import org.nutjvm.drivers.hid.ReportDescriptor;
import org.nutjvm.drivers.usb.UsbException;
import org.nutjvm.drivers.usb.UsbHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gets the report descriptor of a device (drivers/libusb1.c: nut_libusb_open). Devices announce its
/// length in two places that may differ; the one in the configuration is the more reliable.
final class DescriptorReader {
    private static final Logger LOG = LoggerFactory.getLogger(DescriptorReader.class);

    private static final int HID = 0x21;
    private static final int REPORT = 0x22;
    private static final int FROM_INTERFACE = 0x81;
    private static final int GET_DESCRIPTOR = 0x06;
    private static final int HID_DESCRIPTOR_LENGTH = 9;
    private static final int TIMEOUT_MILLIS = 5000;

    /// Some devices send garbage at first: a descriptor does not begin with the request for it.
    private static final byte[] ECHO = {(byte) FROM_INTERFACE, GET_DESCRIPTOR};

    private static final int TRIES = 3;

    private DescriptorReader() {}

    /// Reads and parses it.
    ///
    /// @param byRequest whether the length asked of the device goes before the one in the configuration
    /// @return null when there is none with an item
    static @Nullable ReportDescriptor read(
            UsbHandle handle, UsbSettings settings, boolean byRequest, Set<Repair> repairs) throws UsbException {
        for (int length : lengths(handle, settings, byRequest)) {
            LOG.debug("Trying HID descriptor length {}", length);
            for (int i = 0; i < TRIES; i++) {
                byte[] bytes = get(handle, settings, REPORT, settings.descriptorIndex(), length);
                boolean echo = bytes.length >= ECHO.length && Arrays.equals(ECHO, Arrays.copyOf(bytes, ECHO.length));
                if (bytes.length == 0 || echo) {
                    continue;
                }
                if (bytes.length < length) {
                    LOG.warn("Warning: report descriptor too short (expected {}, got {})", length, bytes.length);
                }
                var descriptor = DescriptorParser.parse(bytes, repairs);
                if (!descriptor.items().isEmpty()) {
                    return descriptor;
                }
            }
        }
        return null;
    }

    private static List<Integer> lengths(UsbHandle handle, UsbSettings settings, boolean byRequest)
            throws UsbException {
        byte[] asked = get(handle, settings, HID, settings.descriptorIndex(), HID_DESCRIPTOR_LENGTH);
        int fromDevice = asked.length < HID_DESCRIPTOR_LENGTH ? -1 : length(asked, 0);
        int fromConfiguration = announced(handle.extraDescriptors(settings.configIndex(), settings.interfaceNumber()));
        if (fromDevice >= 0 && fromConfiguration >= 0 && fromDevice != fromConfiguration) {
            LOG.debug("two different HID descriptors: lengths {} and {}", fromDevice, fromConfiguration);
        }
        var lengths = new ArrayList<Integer>();
        lengths.add(byRequest ? fromDevice : fromConfiguration);
        lengths.add(byRequest ? fromConfiguration : fromDevice);
        lengths.removeIf(length -> length < 1 || length > DescriptorParser.LIMIT);
        return lengths.stream().distinct().toList();
    }

    private static int length(byte[] descriptor, int at) {
        return (descriptor[at + 7] & 0xff) | ((descriptor[at + 8] & 0xff) << 8);
    }

    private static int announced(byte[] extra) {
        for (int at = 0; at + HID_DESCRIPTOR_LENGTH <= extra.length; ) {
            int size = extra[at] & 0xff;
            if (size >= HID_DESCRIPTOR_LENGTH && extra[at + 1] == HID) {
                return length(extra, at);
            }
            if (size == 0) {
                break;
            }
            at += size;
        }
        return -1;
    }

    private static byte[] get(UsbHandle handle, UsbSettings settings, int type, int index, int length)
            throws UsbException {
        byte[] buffer = new byte[length];
        try {
            int value = (type << 8) | index;
            int got = handle.control(
                    FROM_INTERFACE, GET_DESCRIPTOR, value, settings.interfaceNumber(), buffer, TIMEOUT_MILLIS);
            return Arrays.copyOf(buffer, Math.min(got, length));
        } catch (UsbException e) {
            if (e.kind() == UsbException.Kind.GONE) {
                throw e;
            }
            LOG.debug("Unable to get descriptor 0x{}: {}", Integer.toHexString(type), String.valueOf(e.getMessage()));
            return new byte[0];
        }
    }
}
