/// `failover`: the best of several drivers' devices as one.
@NullMarked
package org.nutjvm.drivers.failover;

import org.jspecify.annotations.NullMarked;
