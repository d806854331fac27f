/// The driver usbhid-ups: HID UPSes on USB. Finding and opening the device, its reports as USB
/// transfers, and the way back to it when the link is lost.
@NullMarked
package org.nutjvm.drivers.usbhid;

import org.jspecify.annotations.NullMarked;
