package org.nutjvm.common.io;

import java.io.IOException;

/// A datagram socket connected to a local address, which Java's own channels do not offer (they do streams only).
/// Its first use loads {@link Posix}.
public final class UnixDatagram implements AutoCloseable {
    private final int socket;

    private UnixDatagram(int socket) {
        this.socket = socket;
    }

    /// Connects to a socket.
    ///
    /// @param name a path, or `@` and an abstract name
    /// @param patient whether {@link #send} waits while the receiver's queue is full, or throws
    /// @throws IOException if nobody listens there
    public static UnixDatagram to(String name, boolean patient) throws IOException {
        int socket = Posix.socket(patient);
        try {
            Posix.connect(socket, name);
        } catch (IOException e) {
            Posix.close(socket);
            throw e;
        }
        return new UnixDatagram(socket);
    }

    /// Sends one datagram whole, or throws.
    public void send(byte[] datagram) throws IOException {
        Posix.write(socket, datagram);
    }

    @Override
    public void close() throws IOException {
        Posix.close(socket);
    }
}
