/// powercom: UPSes of Powercom, Trust, Advice, Socomec Sicon and Opti-UPS on serial lines.
@NullMarked
package org.nutjvm.drivers.powercom;

import org.jspecify.annotations.NullMarked;
