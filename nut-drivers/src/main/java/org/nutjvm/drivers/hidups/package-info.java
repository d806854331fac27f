/// What all HID UPSes have in common, whatever carries their reports: subdriver tables, conversions,
/// the walk over the device and its status (drivers/usbhid-ups.c without its USB part).
@NullMarked
package org.nutjvm.drivers.hidups;

import org.jspecify.annotations.NullMarked;
