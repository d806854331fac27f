/// The driver snmp-ups: UPSes, PDUs and transfer switches with an SNMP agent.
@NullMarked
package org.nutjvm.drivers.snmp;

import org.jspecify.annotations.NullMarked;
