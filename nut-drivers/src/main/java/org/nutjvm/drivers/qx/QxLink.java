package org.nutjvm.drivers.qx;

import java.io.IOException;
import java.util.Map;

/// What carries questions to a device and its answers back: a serial line, or a bridge chip on USB. One thread uses it.
interface QxLink extends AutoCloseable {
    /// Opens it unless it is open.
    ///
    /// @throws IOException with a reason and what to do about it
    void open() throws IOException;

    /// Asks, having forgotten what came before.
    ///
    /// @param question bytes as characters, with its end
    /// @return what came until a CR, with that; without it if it broke off; empty if nothing came in time
    /// @throws IOException if the link itself is lost; it is closed then
    String ask(String question) throws IOException;

    /// Waits until nothing comes any more: an answer that is late must not be taken for that to the next question.
    ///
    /// @throws IOException if it does not get quiet, or is lost
    void quiet() throws IOException;

    /// What the link itself knows of the device: variables and their values.
    default Map<String, String> facts() {
        return Map.of();
    }

    @Override
    void close();
}
