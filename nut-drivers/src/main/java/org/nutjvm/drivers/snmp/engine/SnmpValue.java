package org.nutjvm.drivers.snmp.engine;

import org.nutjvm.drivers.snmp.mapping.Oid;

/// What an agent says of one object.
public sealed interface SnmpValue {
    /// A number of any of SNMP's types.
    ///
    /// @param value as a signed number; counters and gauges are never negative
    record Whole(long value, Type type) implements SnmpValue {
        /// The type on the wire.
        public enum Type {
            INTEGER,
            COUNTER,
            GAUGE,
            /// Hundredths of a second.
            TICKS,
            COUNTER64
        }
    }

    /// Octets, each a character of the string.
    record Text(String octets) implements SnmpValue {}

    /// The name of another object.
    record Pointer(Oid oid) implements SnmpValue {}

    /// There is no such object.
    record Absent() implements SnmpValue {}

    /// The one {@link Absent} that is needed.
    SnmpValue ABSENT = new Absent();
}
