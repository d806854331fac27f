/// The event loop with its listeners, clients and driver connections.
@NullMarked
package org.nutjvm.upsd.net;

import org.jspecify.annotations.NullMarked;
