/// Tests of the driver core on real sockets, and what other packages' tests use of it.
@NullMarked
package org.nutjvm.drivers.core;

import org.jspecify.annotations.NullMarked;
