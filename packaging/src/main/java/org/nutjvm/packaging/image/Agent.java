package org.nutjvm.packaging.image;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.snmp4j.PDU;
import org.snmp4j.PDUv1;
import org.snmp4j.asn1.BER;
import org.snmp4j.asn1.BERInputStream;
import org.snmp4j.asn1.BEROutputStream;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/// A UPS with an SNMP agent (SNMPv1, UPS-MIB) for the rehearsal of snmp-ups. It answers what is asked, and writes
/// nothing.
final class Agent implements AutoCloseable {
    private static final int LONGEST = 65_535;
    private static final int NO_SUCH_NAME = 2;

    private final DatagramSocket socket;
    private final TreeMap<OID, Variable> objects = new TreeMap<>(Map.ofEntries(
            object("1.3.6.1.2.1.1.1.0", new OctetString("Rehearsal")),
            object("1.3.6.1.2.1.1.2.0", new OID("1.3.6.1.2.1.33")),
            object("1.3.6.1.2.1.33.1.1.1.0", new OctetString("Example")),
            object("1.3.6.1.2.1.33.1.1.2.0", new OctetString("Standard 1000")),
            object("1.3.6.1.2.1.33.1.2.1.0", new Integer32(2)),
            object("1.3.6.1.2.1.33.1.2.3.0", new Integer32(42)),
            object("1.3.6.1.2.1.33.1.2.4.0", new Integer32(95)),
            object("1.3.6.1.2.1.33.1.3.2.0", new Integer32(1)),
            object("1.3.6.1.2.1.33.1.4.1.0", new Integer32(3)),
            object("1.3.6.1.2.1.33.1.4.3.0", new Integer32(1)),
            object("1.3.6.1.2.1.33.1.8.2.0", new Integer32(-1))));

    Agent() throws SocketException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().name("agent").daemon().start(this::serve);
    }

    private static Map.Entry<OID, Variable> object(String oid, Variable value) {
        return Map.entry(new OID(oid), value);
    }

    /// As the setting `port` takes it.
    String address() {
        return socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
    }

    private void serve() {
        var packet = new DatagramPacket(new byte[LONGEST], LONGEST);
        while (!socket.isClosed()) {
            try {
                packet.setLength(LONGEST);
                socket.receive(packet);
                byte[] answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                // The rehearsal is over, or somebody else sent something: it waits for its own packets in any case.
            }
        }
    }

    private byte[] answer(ByteBuffer bytes) throws IOException {
        var in = new BERInputStream(bytes);
        BER.decodeHeader(in, new BER.MutableByte());
        var version = new Integer32();
        var community = new OctetString();
        version.decodeBER(in);
        community.decodeBER(in);
        var request = new PDUv1();
        request.decodeBER(in);
        var response = response(request);
        int length = version.getBERLength() + community.getBERLength() + response.getBERLength();
        var out = new BEROutputStream(ByteBuffer.allocate(length + 8));
        BER.encodeHeader(out, BER.SEQUENCE, length);
        version.encodeBER(out);
        community.encodeBER(out);
        response.encodeBER(out);
        byte[] answer = new byte[out.getBuffer().position()];
        out.getBuffer().flip().get(answer);
        return answer;
    }

    private PDU response(PDU request) {
        var response = new PDUv1();
        response.setType(PDU.RESPONSE);
        response.setRequestID(request.getRequestID());
        for (int i = 0; i < request.size(); i++) {
            var oid = request.get(i).getOid();
            var found = request.getType() == PDU.GETNEXT
                    ? objects.higherEntry(oid)
                    : objects.containsKey(oid) ? Map.entry(oid, objects.get(oid)) : null;
            if (found == null && response.getErrorStatus() == 0) {
                response.setErrorStatus(NO_SUCH_NAME);
                response.setErrorIndex(i + 1);
            }
            response.add(found == null ? request.get(i) : new VariableBinding(found.getKey(), found.getValue()));
        }
        return response;
    }

    @Override
    public void close() {
        socket.close();
    }
}
