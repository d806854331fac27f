package org.nutjvm.drivers.usb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usb4java.ConfigDescriptor;
import org.usb4java.Device;
import org.usb4java.DeviceDescriptor;
import org.usb4java.DeviceHandle;
import org.usb4java.LibUsb;

/// An open device through libusb.
final class LibUsbHandle implements UsbHandle {
    private static final int STRING_DESCRIPTOR = 0x03;
    private static final int STANDARD_IN = 0x80;
    private static final int GET_DESCRIPTOR = 0x06;
    private static final int AMERICAN_ENGLISH = 0x0409;
    private static final int STRING_TIMEOUT = 1000;
    private static final int STRING_TRIES = 3;
    private static final int CLAIM_TRIES = 3;

    private final Device device;
    private final DeviceHandle handle;
    private final @Nullable String manufacturer;
    private final @Nullable String product;
    private final @Nullable String serial;
    // Kept, for memory outside the heap is given back late. Each belongs to the thread that uses it.
    private ByteBuffer controlBuffer = ByteBuffer.allocateDirect(256);
    private ByteBuffer interruptBuffer = ByteBuffer.allocateDirect(64);
    private final IntBuffer sent = ByteBuffer.allocateDirect(Integer.BYTES)
            .order(ByteOrder.nativeOrder())
            .asIntBuffer();
    private final IntBuffer transferred = ByteBuffer.allocateDirect(Integer.BYTES)
            .order(ByteOrder.nativeOrder())
            .asIntBuffer();
    private int claimed = -1;
    private int language = -1;

    LibUsbHandle(Device device, DeviceHandle handle, DeviceDescriptor descriptor) {
        this.device = device;
        this.handle = handle;
        manufacturer = stringOrNull(descriptor.iManufacturer() & 0xff);
        product = stringOrNull(descriptor.iProduct() & 0xff);
        serial = stringOrNull(descriptor.iSerialNumber() & 0xff);
    }

    private @Nullable String stringOrNull(int index) {
        try {
            return index == 0 ? null : string(index);
        } catch (UsbException e) {
            return null;
        }
    }

    @Override
    public @Nullable String manufacturer() {
        return manufacturer;
    }

    @Override
    public @Nullable String product() {
        return product;
    }

    @Override
    public @Nullable String serial() {
        return serial;
    }

    @Override
    public @Nullable String string(int index) throws UsbException {
        byte[] bytes = new byte[255];
        if (language < 0) {
            int length = descriptor(0, 0, bytes);
            boolean good = length >= 4 && bytes[1] == STRING_DESCRIPTOR;
            language = good ? (bytes[2] & 0xff) | ((bytes[3] & 0xff) << 8) : AMERICAN_ENGLISH;
        }
        int length = Math.min(descriptor(index, language, bytes), bytes[0] & 0xff);
        if (length <= 2 || bytes[1] != STRING_DESCRIPTOR) {
            return null;
        }
        var text = new StringBuilder(length / 2);
        for (int i = 2; i + 1 < length; i += 2) {
            text.append(bytes[i + 1] == 0 ? (char) (bytes[i] & 0xff) : '?');
        }
        return text.toString();
    }

    private int descriptor(int index, int lang, byte[] bytes) throws UsbException {
        for (int i = 1; ; i++) {
            try {
                int value = (STRING_DESCRIPTOR << 8) | index;
                return control(STANDARD_IN, GET_DESCRIPTOR, value, lang, bytes, STRING_TIMEOUT);
            } catch (UsbException e) {
                boolean hopeless = e.kind() == UsbException.Kind.GONE || e.kind() == UsbException.Kind.TIMEOUT;
                if (i == STRING_TRIES || hopeless) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void claim(int interfaceNumber) throws UsbException {
        if (LibUsb.kernelDriverActive(handle, interfaceNumber) == 1) {
            LibUsb.setAutoDetachKernelDriver(handle, true);
        }
        for (int i = 1; ; i++) {
            int result = LibUsb.claimInterface(handle, interfaceNumber);
            if (result == LibUsb.SUCCESS) {
                claimed = interfaceNumber;
                return;
            }
            if (i == CLAIM_TRIES || result == LibUsb.ERROR_NO_DEVICE) {
                LibUsbBus.check(result, "Can't claim USB device");
            }
            LibUsb.detachKernelDriver(handle, interfaceNumber);
        }
    }

    @Override
    public void setAltInterface(int interfaceNumber, int setting) throws UsbException {
        LibUsbBus.check(LibUsb.setInterfaceAltSetting(handle, interfaceNumber, setting), "set alternate interface");
    }

    @Override
    public byte[] extraDescriptors(int configuration, int interfaceNumber) throws UsbException {
        var config = new ConfigDescriptor();
        LibUsbBus.check(LibUsb.getConfigDescriptor(device, (byte) configuration, config), "get configuration");
        try {
            if (interfaceNumber >= (config.bNumInterfaces() & 0xff)) {
                return new byte[0];
            }
            var settings = config.iface()[interfaceNumber].altsetting();
            ByteBuffer extra = settings[0].extra();
            byte[] bytes = new byte[extra == null ? 0 : extra.remaining()];
            if (extra != null) {
                extra.get(bytes);
            }
            return bytes;
        } finally {
            LibUsb.freeConfigDescriptor(config);
        }
    }

    @Override
    public int control(int requestType, int request, int value, int index, byte[] data, int timeoutMillis)
            throws UsbException {
        if (controlBuffer.capacity() < data.length) {
            controlBuffer = ByteBuffer.allocateDirect(data.length);
        }
        var buffer = controlBuffer.clear().limit(data.length);
        boolean in = (requestType & 0x80) != 0;
        if (!in) {
            buffer.put(data).flip();
        }
        int length = LibUsbBus.check(
                LibUsb.controlTransfer(
                        handle,
                        (byte) requestType,
                        (byte) request,
                        (short) value,
                        (short) index,
                        buffer,
                        timeoutMillis),
                "control transfer");
        if (in) {
            buffer.get(0, data, 0, Math.min(length, data.length));
        }
        return length;
    }

    @Override
    public int interruptIn(int endpoint, byte[] data, int timeoutMillis) throws UsbException {
        if (interruptBuffer.capacity() < data.length) {
            interruptBuffer = ByteBuffer.allocateDirect(data.length);
        }
        var buffer = interruptBuffer.clear().limit(data.length);
        transferred.put(0, 0);
        int result = LibUsb.interruptTransfer(handle, (byte) endpoint, buffer, transferred, timeoutMillis);
        int length = Math.min(transferred.get(0), data.length);
        if (result != LibUsb.ERROR_TIMEOUT) {
            LibUsbBus.check(result, "interrupt transfer");
        }
        buffer.get(0, data, 0, length);
        return length;
    }

    @Override
    public int interruptOut(int endpoint, byte[] data, int timeoutMillis) throws UsbException {
        if (controlBuffer.capacity() < data.length) {
            controlBuffer = ByteBuffer.allocateDirect(data.length);
        }
        var buffer = controlBuffer.clear().limit(data.length).put(data).flip();
        sent.put(0, 0);
        int result = LibUsb.interruptTransfer(handle, (byte) endpoint, buffer, sent, timeoutMillis);
        if (result != LibUsb.ERROR_TIMEOUT) {
            LibUsbBus.check(result, "interrupt transfer");
        }
        return sent.get(0);
    }

    @Override
    public List<Endpoint> soleEndpoints(int configuration) throws UsbException {
        var config = new ConfigDescriptor();
        LibUsbBus.check(LibUsb.getConfigDescriptor(device, (byte) configuration, config), "get configuration");
        try {
            if (config.bNumInterfaces() != 1 || config.iface()[0].numAltsetting() != 1) {
                return List.of();
            }
            var endpoints = new ArrayList<Endpoint>();
            for (var endpoint : config.iface()[0].altsetting()[0].endpoint()) {
                endpoints.add(new Endpoint(
                        endpoint.bEndpointAddress() & 0xff,
                        (endpoint.bmAttributes() & LibUsb.TRANSFER_TYPE_INTERRUPT) == LibUsb.TRANSFER_TYPE_INTERRUPT,
                        endpoint.wMaxPacketSize() & 0x7ff));
            }
            return endpoints;
        } finally {
            LibUsb.freeConfigDescriptor(config);
        }
    }

    @Override
    public void clearHalt(int endpoint) throws UsbException {
        LibUsbBus.check(LibUsb.clearHalt(handle, (byte) endpoint), "clear halt");
    }

    @Override
    public void release() {
        if (claimed >= 0) {
            LibUsb.releaseInterface(handle, claimed);
            claimed = -1;
        }
    }

    @Override
    public void reset() throws UsbException {
        LibUsbBus.check(LibUsb.resetDevice(handle), "reset");
    }

    @Override
    public void close() {
        LibUsb.close(handle);
    }
}
