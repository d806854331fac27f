package org.nutjvm.drivers.snmp.agent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.snmp.mapping.Oid;
import org.snmp4j.PDU;
import org.snmp4j.PDUv1;
import org.snmp4j.asn1.BER;
import org.snmp4j.asn1.BERInputStream;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;

/// What an agent sends unasked: a trap, or an inform, which is a trap that wants an answer.
final class Trap {
    /// RFC 3584: coldStart is 1 there, and 0 as a generic trap of version 1.
    private static final Oid GENERIC = Oid.of(1, 3, 6, 1, 6, 3, 1, 1, 5);

    private static final int ENTERPRISE_SPECIFIC = 6;

    private final @Nullable Oid name;
    private final byte @Nullable [] answer;

    private Trap(@Nullable Oid name, byte @Nullable [] answer) {
        this.name = name;
        this.answer = answer;
    }

    /// Which one, as version 2 names it (RFC 3584); null when that cannot be told: version 3 may keep it secret.
    @Nullable
    Oid name() {
        return name;
    }

    /// What an inform waits for, or null.
    byte @Nullable [] answer() {
        return answer;
    }

    /// Reads a datagram; nothing when it is none.
    static Optional<Trap> of(byte[] datagram) {
        try {
            var in = new BERInputStream(ByteBuffer.wrap(datagram));
            BER.decodeHeader(in, new BER.MutableByte());
            var version = new Integer32();
            version.decodeBER(in);
            return switch (version.getValue()) {
                case SnmpConstants.version1 -> first(in);
                case SnmpConstants.version2c -> second(in, version);
                case SnmpConstants.version3 -> Optional.of(new Trap(null, null));
                default -> Optional.empty();
            };
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // whatever came, it was no trap
        }
    }

    private static Optional<Trap> first(BERInputStream in) throws IOException {
        new OctetString().decodeBER(in);
        var trap = new PDUv1();
        trap.decodeBER(in);
        if (trap.getType() != PDU.V1TRAP) {
            return Optional.empty();
        }
        var name = trap.getGenericTrap() == ENTERPRISE_SPECIFIC
                ? Oid.of(trap.getEnterprise().getValue()).child(0).child(trap.getSpecificTrap())
                : GENERIC.child(trap.getGenericTrap() + 1);
        return Optional.of(new Trap(name, null));
    }

    private static Optional<Trap> second(BERInputStream in, Integer32 version) throws IOException {
        var community = new OctetString();
        community.decodeBER(in);
        var trap = new PDU();
        trap.decodeBER(in);
        boolean inform = trap.getType() == PDU.INFORM;
        if (!inform && trap.getType() != PDU.TRAP) {
            return Optional.empty();
        }
        var name = trap.getVariable(SnmpConstants.snmpTrapOID) instanceof OID oid && oid.size() > 1
                ? Oid.of(oid.getValue())
                : null;
        return Optional.of(new Trap(name, inform ? answer(version, community, trap) : null));
    }

    private static byte[] answer(Integer32 version, OctetString community, PDU inform) throws IOException {
        inform.setType(PDU.RESPONSE);
        var out = new ByteArrayOutputStream();
        BER.encodeHeader(out, BER.SEQUENCE, version.getBERLength() + community.getBERLength() + inform.getBERLength());
        version.encodeBER(out);
        community.encodeBER(out);
        inform.encodeBER(out);
        return out.toByteArray();
    }
}
