package org.nutjvm.drivers.snmp.agent;

import java.io.IOException;
import java.util.List;
import org.nutjvm.drivers.snmp.engine.SnmpValue;
import org.nutjvm.drivers.snmp.mapping.Oid;

/// One agent, asked one thing at a time: each method sends a request and waits for its answer.
public interface SnmpAgent extends AutoCloseable {
    /// An object and its value.
    record Row(Oid oid, SnmpValue value) {}

    /// What came back.
    ///
    /// @param error SNMP's error status, 0 when there is none
    /// @param index which object the error is about, from 1; 0 when none is named
    /// @param rows what was said; nothing is promised about their number or order
    record Reply(int error, int index, List<Row> rows) {
        /// The answer is larger than the agent can send.
        public static final int TOO_BIG = 1;
        /// SNMPv1: there is no such object, or none behind it.
        public static final int NO_SUCH_NAME = 2;
        /// SNMPv1: not that type or value.
        public static final int BAD_VALUE = 3;
        /// Not that type.
        public static final int WRONG_TYPE = 7;
    }

    /// No answer came, however often it was asked.
    final class Silent extends IOException {
        private static final long serialVersionUID = 1L;

        public Silent(String message) {
            super(message);
        }
    }

    /// Whether there are several rows to one request (GETBULK), and missing objects do not spoil an answer: not in
    /// SNMPv1.
    boolean version2();

    /// Asks for objects.
    ///
    /// @param patient whether to repeat the request as often as the administrator said, or once at most
    /// @throws Silent when no answer came
    /// @throws IOException when the agent refuses us, or cannot be reached at all
    Reply get(List<Oid> oids, boolean patient) throws IOException;

    /// Asks for the objects that follow these.
    Reply next(List<Oid> oids) throws IOException;

    /// Asks for rows behind an object.
    Reply bulk(Oid after, int rows) throws IOException;

    /// Writes an object.
    Reply set(Oid oid, SnmpValue value) throws IOException;

    @Override
    void close();
}
