/// The driver nhs_ser: UPSes of NHS on a serial line, which tell of themselves without being asked.
@NullMarked
package org.nutjvm.drivers.nhs;

import org.jspecify.annotations.NullMarked;
