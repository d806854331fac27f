package org.nutjvm.tools.scanner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nutjvm.common.scan.SnmpModel;
import org.snmp4j.CommandResponderEvent;
import org.snmp4j.MessageException;
import org.snmp4j.PDU;
import org.snmp4j.Snmp;
import org.snmp4j.mp.StatusInformation;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;

@Timeout(30)
class SnmpSearchTest {
    private static final String SYS_OBJECT_ID = "1.3.6.1.2.1.1.2.0";
    private static final String IETF_MODEL = "1.3.6.1.2.1.33.1.1.2.0";
    private static final String OTHER_MODEL = "1.3.6.1.4.1.5.1.0";
    private static final List<SnmpModel> MODELS = List.of(
            new SnmpModel("other", "1.3.6.1.4.1.5", List.of("1.3.6.1.4.1.5.9.0", OTHER_MODEL)),
            new SnmpModel("bare", "1.3.6.1.4.1.6", List.of()),
            new SnmpModel("ietf", "1.3.6.1.2.1.33", List.of(IETF_MODEL)),
            new SnmpModel("twin", "1.3.6.1.2.1.34", List.of(IETF_MODEL)));
    private static final SnmpAccess PUBLIC = new SnmpAccess("public", null, null, null, null, null, null);

    private final Fixture fixture = new Fixture();
    private final Snmp agent;
    private final int port;
    private Map<String, Variable> objects = Map.of();

    SnmpSearchTest() throws IOException {
        var transport = new DefaultUdpTransportMapping(new UdpAddress(InetAddress.getLoopbackAddress(), 0));
        agent = new Snmp(transport);
        agent.addCommandResponder(this::answer);
        port = transport.getListenAddress().getPort();
    }

    @BeforeEach
    void listen() throws IOException {
        agent.listen();
    }

    @AfterEach
    void end() throws IOException {
        agent.close();
    }

    private <A extends org.snmp4j.smi.Address> void answer(CommandResponderEvent<A> event) {
        PDU pdu = event.getPDU();
        if (!new OctetString(event.getSecurityName()).equals(new OctetString("public"))) {
            return;
        }
        VariableBinding asked = pdu.get(0);
        Variable value = objects.get(asked.getOid().toDottedString());
        if (value == null) {
            pdu.setErrorStatus(PDU.noSuchName);
            pdu.setErrorIndex(1);
        } else {
            asked.setVariable(value);
        }
        pdu.setType(PDU.RESPONSE);
        try {
            event.getMessageDispatcher()
                    .returnResponsePdu(
                            event.getMessageProcessingModel(),
                            event.getSecurityModel(),
                            event.getSecurityName(),
                            event.getSecurityLevel(),
                            pdu,
                            event.getMaxSizeResponsePDU(),
                            event.getStateReference(),
                            new StatusInformation());
        } catch (MessageException e) {
            throw new IllegalStateException(e);
        }
    }

    private String found(SnmpAccess access, Duration timeout) throws Exception {
        var search = new SnmpSearch(Fixture.loopback(), port, MODELS, access, timeout, 8, fixture.progress);
        return Listing.of(List.of(search.find()), Listing.Form.PLAIN);
    }

    private String found() throws Exception {
        return found(PUBLIC, Duration.ofSeconds(10));
    }

    @Test
    void theMappingIsThatOfTheSysObjectId() throws Exception {
        objects = Map.of(
                SYS_OBJECT_ID, new OID("1.3.6.1.2.1.33"),
                IETF_MODEL, new OctetString("Standard \"1000\"\n[x]\0rest"),
                OTHER_MODEL, new OctetString("not asked for"));
        assertEquals("""
                [nutdev-snmp1]
                \tdriver = "snmp-ups"
                \tport = "127.0.0.1:%d"
                \tdesc = "Standard \\"1000\\".[x]"
                \tmibs = "ietf"
                \tcommunity = "public"
                """.formatted(port), found());
    }

    @Test
    void anUnknownSysObjectIdIsTriedWithAllMappings() throws Exception {
        objects = Map.of(
                SYS_OBJECT_ID, new OID("1.3.6.1.4.1.99"),
                IETF_MODEL, new Integer32(7),
                OTHER_MODEL, new OctetString("Other"));
        String text = found();
        assertTrue(text.contains("\tport = \"127.0.0.1:" + port + "\"\n\tmibs = \"other\""), text);
        assertTrue(text.contains("desc = \"7\"\n\tmibs = \"ietf\""), text);
        assertEquals(2, text.split("\\[nutdev", -1).length - 1, "no object is taken for two:\n" + text);
    }

    @Test
    void aDescriptionOfNothingIsLeftOut() throws Exception {
        objects = Map.of(SYS_OBJECT_ID, new OID("1.3.6.1.2.1.34"), IETF_MODEL, new OctetString("  "));
        assertTrue(found().contains("\tport = \"127.0.0.1:" + port + "\"\n\tmibs = \"twin\""), found());
    }

    @Test
    void anAgentOfNoUpsIsNotFound() throws Exception {
        objects = Map.of(SYS_OBJECT_ID, new OID("1.3.6.1.4.1.8072.3.2.10"));
        assertEquals("", found());
        objects = Map.of();
        assertEquals("", found(), "nor one without a sysObjectID");
    }

    @Test
    void anEnormousAnswerIsCut() throws Exception {
        objects = Map.of(SYS_OBJECT_ID, new OID("1.3.6.1.2.1.33"), IETF_MODEL, new OctetString("A".repeat(60_000)));
        assertTrue(found().contains("desc = \"" + "A".repeat(Device.TEXT_LIMIT) + "\"\n"));
    }

    @Test
    void silenceEndsWithTheTimeout() throws Exception {
        var secret = new SnmpAccess("secret", null, null, null, null, null, null);
        assertEquals("", found(secret, Duration.ofMillis(200)));
        var version3 = new SnmpAccess("public", "authNoPriv", "me", "SHA", "12345678", null, null);
        assertEquals("", found(version3, Duration.ofMillis(200)));
    }

    @Test
    void anAgentThatFallsSilentHasWhatWasFound() {
        SnmpMatch.Agent agent = oid -> {
            if (oid.equals(IETF_MODEL)) {
                throw new SnmpMatch.Silent(false);
            }
            return oid.equals(OTHER_MODEL) ? Optional.of("Other") : Optional.empty();
        };
        assertEquals(List.of(new SnmpMatch("other", null)), SnmpMatch.of(MODELS, "", agent));
        assertEquals(List.of(new SnmpMatch("bare", null)), SnmpMatch.of(MODELS, "1.3.6.1.4.1.6", agent));
    }

    @Test
    void version3SaysWhatTheDriverNeeds() {
        var access = new SnmpAccess("public", "authPriv", "me", "SHA", "auth-pass", "AES", "priv-pass");
        String text = Listing.of(
                List.of(List.of(access.addTo(Device.of(Kind.SNMP, "snmp-ups", "10.0.0.1")))), Listing.Form.PARSABLE);
        assertEquals(
                "SNMP:driver=\"snmp-ups\",port=\"10.0.0.1\",snmp_version=\"v3\",secLevel=\"authPriv\",secName=\"me\","
                        + "authPassword=\"auth-pass\",privPassword=\"priv-pass\",authProtocol=\"SHA\","
                        + "privProtocol=\"AES\"\n",
                text);
    }
}
