/// The driver metasys: UPSes of Meta System on a serial line, which answer questions in packets.
@NullMarked
package org.nutjvm.drivers.metasys;

import org.jspecify.annotations.NullMarked;
