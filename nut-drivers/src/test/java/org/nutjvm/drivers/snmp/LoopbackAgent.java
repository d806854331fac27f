package org.nutjvm.drivers.snmp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.snmp.agent.SnmpAgent;
import org.nutjvm.drivers.snmp.engine.SnmpValue;
import org.nutjvm.drivers.snmp.mapping.Oid;
import org.snmp4j.PDU;
import org.snmp4j.PDUv1;
import org.snmp4j.asn1.BER;
import org.snmp4j.asn1.BERInputStream;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/// A {@link ScriptedAgent} on a UDP socket of the loopback, in versions 1 and 2c, with a network in between that is as
/// bad as the test says.
final class LoopbackAgent implements AutoCloseable {
    /// What becomes of a datagram that is sent.
    interface Network {
        List<byte[]> carry(byte[] answer);
    }

    static final Network GOOD = List::of;

    private static final int DATAGRAM = 65_507;

    final ScriptedAgent scripted;
    volatile Network network = GOOD;
    /// Changes answers before they are encoded.
    volatile UnaryOperator<PDU> twist = UnaryOperator.identity();
    /// What the network swallows on the way here: each so many requests; 0 for none.
    volatile int swallowed;

    private final DatagramSocket socket;
    private final Thread thread;
    private final BlockingQueue<Exception> faults = new LinkedBlockingQueue<>();
    private final Set<Integer> asked = ConcurrentHashMap.newKeySet();
    private int received;
    private volatile SocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);

    LoopbackAgent(ScriptedAgent scripted) throws IOException {
        this.scripted = scripted;
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        thread = Thread.ofPlatform().daemon().name("agent").start(this::serve);
    }

    /// How many different requests have come; one that is repeated because its answer is late counts once.
    int asked() {
        return asked.size();
    }

    int port() {
        return socket.getLocalPort();
    }

    /// What went wrong in the agent itself: nothing, in a test that is right.
    List<Exception> faults() {
        return List.copyOf(faults);
    }

    private void serve() {
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        while (!socket.isClosed()) {
            try {
                socket.receive(packet);
                received++;
                if (swallowed == 0 || received % swallowed != 0) {
                    peer = packet.getSocketAddress();
                    var answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()));
                    for (byte[] each : answer == null ? List.<byte[]>of() : network.carry(answer)) {
                        send(each);
                    }
                }
            } catch (IOException | RuntimeException e) {
                if (!socket.isClosed()) {
                    faults.add(e);
                }
            }
        }
    }

    /// Sends to who asked last.
    void send(byte[] datagram) throws IOException {
        socket.send(new DatagramPacket(datagram, datagram.length, peer));
    }

    private byte @Nullable [] answer(byte[] request) throws IOException {
        var in = new BERInputStream(ByteBuffer.wrap(request));
        BER.decodeHeader(in, new BER.MutableByte());
        var version = new Integer32();
        version.decodeBER(in);
        var community = new OctetString();
        community.decodeBER(in);
        var asked = version.getValue() == 0 ? new PDUv1() : new PDU();
        asked.decodeBER(in);
        this.asked.add(asked.getRequestID().getValue());
        PDU response;
        try {
            response = twist.apply(response(asked));
        } catch (SnmpAgent.Silent e) {
            return null;
        }
        byte[] answer = encoded(version, community, response);
        if (answer.length > DATAGRAM) {
            response = asked instanceof PDUv1 ? new PDUv1() : new PDU();
            response.setType(PDU.RESPONSE);
            response.setRequestID(asked.getRequestID());
            response.setErrorStatus(PDU.tooBig);
            answer = encoded(version, community, response);
        }
        return answer;
    }

    private static byte[] encoded(Integer32 version, OctetString community, PDU response) throws IOException {
        var out = new ByteArrayOutputStream();
        BER.encodeHeader(
                out, BER.SEQUENCE, version.getBERLength() + community.getBERLength() + response.getBERLength());
        version.encodeBER(out);
        community.encodeBER(out);
        response.encodeBER(out);
        return out.toByteArray();
    }

    private PDU response(PDU asked) throws SnmpAgent.Silent {
        var oids = new ArrayList<Oid>();
        for (var binding : asked.getVariableBindings()) {
            oids.add(Oid.of(binding.getOid().getValue()));
        }
        var reply = switch (asked.getType()) {
            case PDU.GET -> scripted.get(oids, true);
            case PDU.GETNEXT -> scripted.next(oids);
            case PDU.GETBULK -> scripted.bulk(oids.getFirst(), asked.getMaxRepetitions());
            default -> throw new IllegalStateException("request of type " + asked.getType());
        };
        PDU response = asked instanceof PDUv1 ? new PDUv1() : new PDU();
        response.setType(PDU.RESPONSE);
        response.setRequestID(asked.getRequestID());
        response.setErrorStatus(reply.error());
        response.setErrorIndex(reply.index());
        if (reply.error() != 0) {
            response.addAll(asked.getVariableBindings());
        }
        for (var row : reply.rows()) {
            response.add(new VariableBinding(new OID(row.oid().toArray()), variable(row.value())));
        }
        return response;
    }

    static Variable variable(SnmpValue value) {
        return switch (value) {
            case SnmpValue.Whole(var number, var type) ->
                switch (type) {
                    case INTEGER -> new Integer32((int) number);
                    case COUNTER -> new Counter32(number);
                    case GAUGE -> new Gauge32(number);
                    case TICKS -> new TimeTicks(number);
                    case COUNTER64 -> new Counter64(number);
                };
            case SnmpValue.Text(var text) -> new OctetString(text.getBytes(StandardCharsets.ISO_8859_1));
            case SnmpValue.Pointer(var oid) -> new OID(oid.toArray());
            case SnmpValue.Absent _ -> new Null(129); // noSuchInstance
        };
    }

    /// Changes the rows of answers that are no errors.
    void rows(Consumer<List<VariableBinding>> change) {
        twist = response -> {
            if (response.getErrorStatus() == 0) {
                var rows = new ArrayList<VariableBinding>(response.getVariableBindings());
                var request = response.getRequestID();
                change.accept(rows);
                response.clear();
                response.setRequestID(request);
                response.setType(PDU.RESPONSE);
                response.addAll(rows);
            }
            return response;
        };
    }

    @Override
    public void close() {
        socket.close();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
