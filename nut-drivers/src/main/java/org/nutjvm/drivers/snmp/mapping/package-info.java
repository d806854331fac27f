/// What SNMP devices say in NUT's words: the mapping files and how they are read.
@NullMarked
package org.nutjvm.drivers.snmp.mapping;

import org.jspecify.annotations.NullMarked;
