package org.nutjvm.upsd.net;

/// Counts encrypted connections, and says whether there is memory for one more: all clients together may take a part of
/// the heap. One that is quiet takes half of one in the middle of its handshake, so that more of them fit.
final class TlsRoom {
    /// What one takes in the middle of its handshake (measured: 13.7 kB).
    static final long SHAKING_BYTES = 16 * 1024;

    /// What one takes afterwards (measured: 7.8 kB, nearly all of it keys and state that the JDK keeps).
    static final long QUIET_BYTES = 8 * 1024;

    /// What a client takes that is not encrypted (measured: 0.7 kB).
    static final long PLAIN_BYTES = 1024;

    private final long bytes;
    private int shaking;
    private int quiet;

    /// @param bytes what all clients may take together
    TlsRoom(long bytes) {
        this.bytes = bytes;
    }

    /// Whether there is no room for one more handshake.
    ///
    /// @param clients how many clients there are, encrypted or not
    boolean full(int clients) {
        long plain = Math.max(0, clients - count());
        return plain * PLAIN_BYTES + quiet * QUIET_BYTES + (shaking + 1) * SHAKING_BYTES > bytes;
    }

    /// How many encrypted connections there are.
    int count() {
        return shaking + quiet;
    }

    /// A handshake begins.
    void begins() {
        shaking++;
    }

    /// A handshake is done.
    void done() {
        shaking--;
        quiet++;
    }

    /// A connection has ended.
    ///
    /// @param wasDone whether its handshake was done
    void gone(boolean wasDone) {
        if (wasDone) {
            quiet--;
        } else {
            shaking--;
        }
    }
}
