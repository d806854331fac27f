package org.nutjvm.drivers.snmp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nutjvm.drivers.snmp.agent.TrapListener;
import org.snmp4j.PDU;
import org.snmp4j.PDUv1;
import org.snmp4j.asn1.BER;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.VariableBinding;

/// Traps of a device, and what others send.
@Timeout(30)
class TrapListenerTest {
    private static final long SECOND = 1_000_000_000L;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final AtomicLong now = new AtomicLong();

    private TrapListener listener(String host) throws IOException {
        return TrapListener.on(0, host, name -> heard.add(String.valueOf(name)), now::get);
    }

    private static byte[] message(int version, PDU pdu) throws IOException {
        var number = new Integer32(version);
        var community = new OctetString("public");
        var out = new ByteArrayOutputStream();
        BER.encodeHeader(out, BER.SEQUENCE, number.getBERLength() + community.getBERLength() + pdu.getBERLength());
        number.encodeBER(out);
        community.encodeBER(out);
        pdu.encodeBER(out);
        return out.toByteArray();
    }

    static byte[] first(int generic, int specific) throws IOException {
        var pdu = new PDUv1();
        pdu.setType(PDU.V1TRAP);
        pdu.setEnterprise(new OID("1.3.6.1.4.1.318"));
        pdu.setGenericTrap(generic);
        pdu.setSpecificTrap(specific);
        return message(SnmpConstants.version1, pdu);
    }

    static byte[] second(int type) throws IOException {
        var pdu = new PDU();
        pdu.setType(type);
        pdu.setRequestID(new Integer32(77));
        pdu.add(new VariableBinding(SnmpConstants.sysUpTime, new TimeTicks(1)));
        pdu.add(new VariableBinding(SnmpConstants.snmpTrapOID, new OID("1.3.6.1.2.1.33.2.1")));
        return message(SnmpConstants.version2c, pdu);
    }

    private static void send(DatagramSocket from, TrapListener to, byte[] datagram) throws IOException {
        from.send(new DatagramPacket(datagram, datagram.length, InetAddress.getLoopbackAddress(), to.port()));
    }

    private String next() throws InterruptedException {
        String name = heard.poll(20, TimeUnit.SECONDS);
        now.addAndGet(2 * SECOND); // what follows is heard again
        return String.valueOf(name);
    }

    @Test
    void trapsOfEachVersionAreHeardByName() throws Exception {
        try (var listener = listener("127.0.0.1");
                var device = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            send(device, listener, first(6, 5));
            assertEquals("1.3.6.1.4.1.318.0.5", next());
            send(device, listener, first(0, 0));
            assertEquals("1.3.6.1.6.3.1.1.5.1", next());
            send(device, listener, second(PDU.TRAP));
            assertEquals("1.3.6.1.2.1.33.2.1", next());
            send(device, listener, new byte[] {0x30, 0x03, 0x02, 0x01, 0x03});
            assertEquals("null", next(), "version 3 keeps its names to itself");
        }
    }

    @Test
    void anInformIsAnswered() throws Exception {
        try (var listener = listener("127.0.0.1");
                var device = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            device.setSoTimeout(20_000);
            send(device, listener, second(PDU.INFORM));
            var answer = new DatagramPacket(new byte[500], 500);
            device.receive(answer);
            assertArrayEquals(second(PDU.RESPONSE), Arrays.copyOf(answer.getData(), answer.getLength()));
            assertEquals("1.3.6.1.2.1.33.2.1", next());
        }
    }

    @Test
    void strangersAndGarbageAreNotHeard() throws Exception {
        var random = new Random(3);
        try (var listener = listener("192.0.2.1");
                var device = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            send(device, listener, second(PDU.TRAP));
            send(device, listener, second(PDU.INFORM));
            device.setSoTimeout(200);
            assertThrows(IOException.class, () -> device.receive(new DatagramPacket(new byte[500], 500)));
            assertEquals(List.of(), List.copyOf(heard));
        }
        try (var listener = listener("127.0.0.1");
                var device = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 300; i++) {
                byte[] garbage = new byte[random.nextInt(200)];
                random.nextBytes(garbage);
                garbage = i % 2 == 0 ? garbage : Arrays.copyOf(second(PDU.TRAP), 1 + random.nextInt(40));
                send(device, listener, garbage);
            }
            send(device, listener, second(PDU.GET));
            send(device, listener, second(PDU.RESPONSE));
            // The socket's buffer may be full of garbage when this comes; within a second of its clock it is heard
            // once.
            @Nullable String name = null;
            for (int i = 0; i < 200 && name == null; i++) {
                send(device, listener, second(PDU.TRAP));
                name = heard.poll(100, TimeUnit.MILLISECONDS);
            }
            assertEquals("1.3.6.1.2.1.33.2.1", String.valueOf(name));
            assertEquals(List.of(), List.copyOf(heard));
        }
    }

    @Test
    void aFloodIsHeardOnceASecond() throws Exception {
        try (var listener = listener("127.0.0.1");
                var device = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 100; i++) {
                send(device, listener, second(PDU.TRAP));
            }
            assertEquals("1.3.6.1.2.1.33.2.1", String.valueOf(heard.poll(20, TimeUnit.SECONDS)));
            device.setSoTimeout(100);
            awaitAnswer(device, listener); // it says that all before it was seen
            assertEquals(List.of(), List.copyOf(heard));
        }
    }

    private static void awaitAnswer(DatagramSocket device, TrapListener listener) throws IOException {
        for (int i = 0; i < 200; i++) {
            try {
                send(device, listener, second(PDU.INFORM));
                device.receive(new DatagramPacket(new byte[500], 500));
                return;
            } catch (SocketTimeoutException _) {
                // lost for want of room: once more
            }
        }
        throw new AssertionError("no answer to 200 informs");
    }

    @Test
    void aPortThatIsTakenIsRefusedWithACure() throws Exception {
        try (var taken = new DatagramSocket(0)) {
            var e = assertThrows(
                    IOException.class,
                    () -> TrapListener.on(taken.getLocalPort(), "127.0.0.1", name -> heard.add("x"), now::get));
            assertTrue(String.valueOf(e.getMessage()).contains("each device needs a port of its own"), e.getMessage());
        }
    }
}
