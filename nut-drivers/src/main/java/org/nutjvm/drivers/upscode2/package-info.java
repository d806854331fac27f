/// The driver upscode2: UPSes of Fiskars, Powerware and others that speak UPScode II on a serial line.
@NullMarked
package org.nutjvm.drivers.upscode2;

import org.jspecify.annotations.NullMarked;
