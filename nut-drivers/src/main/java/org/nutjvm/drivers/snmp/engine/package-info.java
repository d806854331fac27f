/// From a mapping and an agent's answers to variables, status, alarms and commands; no sockets, no clocks.
@NullMarked
package org.nutjvm.drivers.snmp.engine;

import org.jspecify.annotations.NullMarked;
