/// `apcupsd-ups`: the device of an apcupsd, through its network server.
@NullMarked
package org.nutjvm.drivers.apcupsd;

import org.jspecify.annotations.NullMarked;
