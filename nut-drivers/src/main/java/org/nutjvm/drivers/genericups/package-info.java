/// Devices that only open and close contacts on the lines of a serial port.
@NullMarked
package org.nutjvm.drivers.genericups;

import org.jspecify.annotations.NullMarked;
