/// Lines to devices: interfaces drivers are written against, and what stands behind them on a real system.
@NullMarked
package org.nutjvm.drivers.port;

import org.jspecify.annotations.NullMarked;
