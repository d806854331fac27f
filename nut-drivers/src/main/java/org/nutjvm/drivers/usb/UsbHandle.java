package org.nutjvm.drivers.usb;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An open device. One thread may wait in {@link #interruptIn} while another makes requests; nobody may
/// use it any more when it is closed.
public interface UsbHandle extends AutoCloseable {
    @Nullable
    String manufacturer();

    @Nullable
    String product();

    @Nullable
    String serial();

    /// A string of the device, or null when it gives none.
    ///
    /// @param index 1 to 255
    @Nullable
    String string(int index) throws UsbException;

    /// Takes an interface from the kernel's driver, if need be, and claims it.
    void claim(int interfaceNumber) throws UsbException;

    void setAltInterface(int interfaceNumber, int setting) throws UsbException;

    /// The class-specific descriptors behind that of an interface, empty when there are none.
    byte[] extraDescriptors(int configuration, int interfaceNumber) throws UsbException;

    /// A control transfer; the highest bit of the request type says which way.
    ///
    /// @return bytes transferred
    int control(int requestType, int request, int value, int index, byte[] data, int timeoutMillis) throws UsbException;

    /// Waits for what an interrupt endpoint has to say.
    ///
    /// @return bytes received, 0 when there were none in time
    int interruptIn(int endpoint, byte[] data, int timeoutMillis) throws UsbException;

    /// Sends something to an interrupt endpoint.
    ///
    /// @return bytes sent, 0 when it took none in time
    int interruptOut(int endpoint, byte[] data, int timeoutMillis) throws UsbException;

    /// The endpoints of an interface, or none if that is not the only one, or has several settings.
    ///
    /// @param configuration its index
    List<Endpoint> soleEndpoints(int configuration) throws UsbException;

    /// An endpoint.
    ///
    /// @param address with the direction in its highest bit
    /// @param interrupt whether it is one for interrupt transfers
    /// @param packet the most that goes in one packet
    record Endpoint(int address, boolean interrupt, int packet) {}

    void clearHalt(int endpoint) throws UsbException;

    /// Gives the interface back; trouble with it is of no interest.
    void release();

    /// Has the device begin anew, as if it had been plugged in.
    void reset() throws UsbException;

    @Override
    void close();
}
