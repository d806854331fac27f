package org.nutjvm.upsd.net;

import java.nio.channels.SelectionKey;

/// What is attached to a key of the selector.
interface Endpoint {
    /// The system says that something can be done.
    void ready(SelectionKey key);
}
