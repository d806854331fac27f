package org.nutjvm.drivers.snmp.agent;

import java.nio.ByteBuffer;
import org.nutjvm.fuzz.Must;
import org.snmp4j.CommandResponder;
import org.snmp4j.CommandResponderEvent;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.mp.MPv1;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.MPv3;
import org.snmp4j.security.AuthMD5;
import org.snmp4j.security.PrivDES;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.USM;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.transport.DummyTransport;

/// Datagrams from the network through SNMP4J as snmp-ups has it, and each value in them.
public final class SnmpDatagramFuzz {
    private static final DummyTransport<UdpAddress> TRANSPORT = new DummyTransport<>(new UdpAddress("127.0.0.1/161"));
    private static final MessageDispatcherImpl DISPATCHER = dispatcher();

    private SnmpDatagramFuzz() {}

    private static MessageDispatcherImpl dispatcher() {
        var protocols = new SecurityProtocols(SecurityProtocols.SecurityProtocolSet.none);
        protocols.addAuthenticationProtocol(new AuthMD5());
        protocols.addPrivacyProtocol(new PrivDES());
        var dispatcher = new MessageDispatcherImpl();
        dispatcher.addMessageProcessingModel(new MPv1());
        dispatcher.addMessageProcessingModel(new MPv2c());
        byte[] engine = {(byte) 0x80, 0, 0, 1, 5, 1, 2, 3, 4};
        dispatcher.addMessageProcessingModel(new MPv3(new USM(protocols, new OctetString(engine), 0)));
        dispatcher.addCommandResponder(new CommandResponder() {
            @Override
            public <A extends Address> void processPdu(CommandResponderEvent<A> event) {
                if (event.getPDU() != null) {
                    for (var row : Snmp4jAgent.rows(event.getPDU())) {
                        Must.hold(row.oid().size() >= 2, "an object without a name");
                    }
                }
            }
        });
        return dispatcher;
    }

    public static void fuzzerTestOneInput(byte[] data) {
        DISPATCHER.processMessage(TRANSPORT, new UdpAddress("127.0.0.1/161"), ByteBuffer.wrap(data), null);
    }
}
