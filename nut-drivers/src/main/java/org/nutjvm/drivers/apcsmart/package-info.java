/// APC's smart protocol on a serial line.
@NullMarked
package org.nutjvm.drivers.apcsmart;

import org.jspecify.annotations.NullMarked;
