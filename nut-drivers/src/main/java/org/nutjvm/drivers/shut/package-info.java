/// The driver mge-shut: HID UPSes on a serial line, by the protocol SHUT (Serial HID UPS Transfer). What the reports
/// mean is the business of `hidups`; here they are carried.
@NullMarked
package org.nutjvm.drivers.shut;

import org.jspecify.annotations.NullMarked;
