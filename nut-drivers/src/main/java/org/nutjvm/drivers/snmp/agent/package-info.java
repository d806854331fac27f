/// How an SNMP agent is asked: in few large requests, with smaller ones for agents that cannot take them.
@NullMarked
package org.nutjvm.drivers.snmp.agent;

import org.jspecify.annotations.NullMarked;
