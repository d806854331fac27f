package org.nutjvm.drivers.port;

import java.io.IOException;

/// The line itself failed, not the device at its end: an adapter was pulled out. It has to be closed and opened again.
public final class PortLostException extends IOException {
    private static final long serialVersionUID = 1L;

    /// @param why the system's reason
    public PortLostException(IOException why) {
        super("the port is gone (" + why.getMessage() + ")", why);
    }
}
