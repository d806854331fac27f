/// The word syntax, the network protocol and the driver socket protocol, as values. Nothing here does I/O.
@NullMarked
package org.nutjvm.common.wire;

import org.jspecify.annotations.NullMarked;
