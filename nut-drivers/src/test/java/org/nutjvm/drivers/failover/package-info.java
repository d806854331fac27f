@NullMarked
package org.nutjvm.drivers.failover;

import org.jspecify.annotations.NullMarked;
