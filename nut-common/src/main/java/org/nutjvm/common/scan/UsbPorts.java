package org.nutjvm.common.scan;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is plugged in to the USB ports of this machine. Found by {@link java.util.ServiceLoader}, so that a program
/// without USB need not know of any library for it.
public interface UsbPorts {
    /// All devices there are now.
    ///
    /// @throws IOException when the machine has no USB, or it cannot be asked; the message says what to do
    List<Plugged> devices() throws IOException;

    /// A device. Numbers are three digits, as ups.conf has them.
    interface Plugged {
        int vendor();

        int product();

        /// Of the device, in binary coded decimal.
        int release();

        String bus();

        /// Its number on the bus; another one after each plugging.
        String address();

        /// The port of the hub, or empty when it is not known.
        String port();

        /// Opens the device and asks how it is called.
        ///
        /// @throws IOException when it cannot be opened; the message says why and what to do
        Names names() throws IOException;
    }

    /// How a device calls itself.
    record Names(
            @Nullable String vendor,
            @Nullable String product,
            @Nullable String serial) {}
}
