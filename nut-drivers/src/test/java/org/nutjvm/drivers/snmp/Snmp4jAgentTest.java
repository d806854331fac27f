package org.nutjvm.drivers.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.drivers.snmp.agent.AgentSettings;
import org.nutjvm.drivers.snmp.agent.Fetcher;
import org.nutjvm.drivers.snmp.agent.Snmp4jAgent;
import org.nutjvm.drivers.snmp.agent.SnmpAgent;
import org.nutjvm.drivers.snmp.engine.Answers;
import org.nutjvm.drivers.snmp.engine.Detection;
import org.nutjvm.drivers.snmp.engine.SnmpValue;
import org.nutjvm.drivers.snmp.mapping.Oid;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.TestDevice;

/// The agent on the network, with net-snmp's at the other end.
class Snmp4jAgentTest {
    private static final Oid DESCRIPTION = Oid.of(1, 3, 6, 1, 2, 1, 1, 1, 0);
    private static final Oid UPTIME = Oid.of(1, 3, 6, 1, 2, 1, 1, 3, 0);
    private static final Oid CHARGE = Oid.of(1, 3, 6, 1, 2, 1, 33, 1, 2, 4, 0);
    private static final Oid NAME = Oid.of(1, 3, 6, 1, 2, 1, 33, 1, 1, 5, 0);
    private static final Oid NOWHERE = Oid.of(1, 3, 6, 1, 4, 1, 99999, 0);
    private static final List<String> PRIV = List.of("DES", "AES", "AES192", "AES256");

    @TempDir
    Path dir;

    private static String conf() {
        var conf = new StringBuilder("rwcommunity secret\nsysDescr An agent\n");
        for (String auth : AgentSettings.User.AUTH) {
            String name = auth.equals("SHA") || auth.equals("MD5") ? auth : auth.replace("SHA", "SHA-");
            conf.append("createUser ").append(auth).append(' ').append(name).append(" password1\n");
            conf.append("rwuser ").append(auth).append(" auth\n");
            for (String priv : PRIV) {
                conf.append("createUser ").append(auth).append(priv).append(' ').append(name);
                conf.append(" password1 ").append(priv.replace("AES1", "AES-1").replace("AES2", "AES-2"));
                conf.append(" password2\n");
                conf.append("rwuser ").append(auth).append(priv).append(" priv\n");
            }
        }
        conf.append("createUser nobody\nrouser nobody noauth\n");
        conf.append("override -rw .1.3.6.1.2.1.33.1.2.4.0 integer 95\n");
        conf.append("override -rw .1.3.6.1.2.1.33.1.1.5.0 octet_str Rack\n");
        return conf.toString();
    }

    private static Snmp4jAgent agent(int port, Map<String, String> options) throws DriverException {
        var device = new TestDevice();
        device.options.put("port", "127.0.0.1:" + port);
        device.options.put("snmp_retries", "1");
        device.options.putAll(options);
        return new Snmp4jAgent(AgentSettings.of(device));
    }

    private static Map<String, String> user(String name, String level, String auth, String priv) {
        return Map.of(
                "snmp_version", "v3",
                "secName", name,
                "secLevel", level,
                "authProtocol", auth,
                "authPassword", "password1",
                "privProtocol", priv,
                "privPassword", "password2");
    }

    private static void check(SnmpAgent agent) throws IOException {
        var answers = new Answers();
        new Fetcher(agent).fetch(List.of(DESCRIPTION, CHARGE, UPTIME, NOWHERE), answers);
        assertEquals(new SnmpValue.Text("An agent"), answers.get(DESCRIPTION));
        assertEquals(new SnmpValue.Whole(95, SnmpValue.Whole.Type.INTEGER), answers.get(CHARGE));
        var uptime = assertInstanceOf(SnmpValue.Whole.class, answers.get(UPTIME));
        assertEquals(SnmpValue.Whole.Type.TICKS, uptime.type());
        assertEquals(SnmpValue.ABSENT, answers.get(NOWHERE));
        assertEquals(
                DESCRIPTION,
                agent.next(List.of(DESCRIPTION.justBefore())).rows().getFirst().oid());
    }

    @Test
    void everyVersionAndEveryProtocolIsSpoken() throws Exception {
        try (var peer = new NetSnmp(dir, "127.0.0.1", conf())) {
            for (String version : List.of("v1", "v2c")) {
                try (var agent = agent(peer.port, Map.of("snmp_version", version, "community", "secret"))) {
                    check(agent);
                }
            }
            try (var agent = agent(peer.port, user("nobody", "noAuthNoPriv", "MD5", "DES"))) {
                check(agent);
            }
            for (String auth : AgentSettings.User.AUTH) {
                try (var agent = agent(peer.port, user(auth, "authNoPriv", auth, "DES"))) {
                    check(agent);
                }
                for (String priv : PRIV) {
                    try (var agent = agent(peer.port, user(auth + priv, "authPriv", auth, priv))) {
                        check(agent);
                    }
                }
            }
        }
    }

    @Test
    void objectsAreWrittenAndWalked() throws Exception {
        try (var peer = new NetSnmp(dir, "127.0.0.1", conf());
                var agent = agent(peer.port, user("SHA256AES", "authPriv", "SHA256", "AES"))) {
            assertEquals(
                    0,
                    agent.set(CHARGE, new SnmpValue.Whole(12, SnmpValue.Whole.Type.INTEGER))
                            .error());
            assertEquals(0, agent.set(NAME, new SnmpValue.Text("Cellar")).error());
            var reply = agent.get(List.of(CHARGE, NAME), true);
            assertEquals(
                    new SnmpValue.Whole(12, SnmpValue.Whole.Type.INTEGER),
                    reply.rows().get(0).value());
            assertEquals(new SnmpValue.Text("Cellar"), reply.rows().get(1).value());
            assertFalse(agent.set(DESCRIPTION, new SnmpValue.Text("no")).error() == 0);
            var rows = agent.bulk(DESCRIPTION, 3).rows();
            assertEquals(3, rows.size());
            assertEquals(Detection.SYS_OBJECT_ID, rows.getFirst().oid());
        }
    }

    @Test
    void anAgentThatWasRestartedIsTalkedToAgain() throws Exception {
        try (var peer = new NetSnmp(dir, "127.0.0.1", conf());
                var agent = agent(peer.port, user("SHAAES", "authPriv", "SHA", "AES"))) {
            check(agent);
            peer.stop();
            assertThrows(SnmpAgent.Silent.class, () -> agent.get(List.of(CHARGE), false));
            peer.start();
            check(agent);
            peer.start();
            try {
                check(agent);
            } catch (IOException e) {
                check(agent); // the session that knew the old boot is gone now
            }
        }
    }

    /// An agent whose memory was lost, so that its boots begin anew under its old name; and another one, with a name of
    /// its own.
    @Test
    void anAgentThatForgotItsBootsOrIsAnotherIsTalkedToAgain() throws Exception {
        for (String engine : List.of("exactEngineID 0x80001f880311223344556677\n", "")) {
            var place = Files.createDirectories(dir.resolve("agent" + engine.length()));
            try (var peer = new NetSnmp(place, "127.0.0.1", engine + conf());
                    var agent = agent(peer.port, user("SHAAES", "authPriv", "SHA", "AES"))) {
                peer.start();
                peer.start();
                check(agent);
                peer.forget();
                peer.start();
                try {
                    check(agent);
                } catch (IOException e) {
                    check(agent); // the session that knew the old one is gone now
                }
            }
        }
    }

    @Test
    void aRefusalSaysWhatIsWrong() throws Exception {
        try (var peer = new NetSnmp(dir, "127.0.0.1", conf())) {
            refused(peer, user("stranger", "authNoPriv", "SHA", "AES"));
            refused(peer, user("SHA", "authNoPriv", "MD5", "AES"));
            try (var agent = agent(peer.port, Map.of("community", "wrong", "snmp_retries", "0"))) {
                var silence = assertThrows(SnmpAgent.Silent.class, () -> agent.get(List.of(CHARGE), true));
                assertEquals("Timeout: no response from 127.0.0.1:" + peer.port, silence.getMessage());
            }
        }
    }

    private static void refused(NetSnmp peer, Map<String, String> options) throws Exception {
        try (var agent = agent(peer.port, options)) {
            var refusal = assertThrows(IOException.class, () -> agent.get(List.of(CHARGE), true));
            assertTrue(String.valueOf(refusal.getMessage()).contains("secName"), refusal.getMessage());
        }
    }

    @Test
    void version6OfTheInternetProtocolWorks() throws Exception {
        boolean there = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress());
        Assumptions.assumeTrue(there, "this machine has no ::1");
        try (var peer = new NetSnmp(dir, "[::1]", conf() + "rwcommunity6 secret\n")) {
            for (String port : List.of("[::1]:" + peer.port, "udp6:[::1]:" + peer.port)) {
                try (var agent = agent(0, Map.of("port", port, "community", "secret", "snmp_version", "v2c"))) {
                    check(agent);
                }
            }
        }
    }

    @Test
    void optionsThatMakeNoSenseAreRefusedWithACure() {
        refuses("port = :161: the name or address of the device is missing", Map.of("port", ":161"));
        refuses("'x' is no UDP port", Map.of("port", "ups:x"));
        refuses("only UDP is spoken", Map.of("port", "tcp:ups"));
        refuses("Bad SNMP version: 2 (snmp_version is v1, v2c or v3)", Map.of("snmp_version", "2"));
        refuses("snmp_timeout = 0", Map.of("snmp_timeout", "0"));
        refuses("securityName is required", Map.of("snmp_version", "v3"));
        refuses("Bad SNMPv3 securityLevel: auth", Map.of("snmp_version", "v3", "secLevel", "auth"));
        refuses(
                "authPassword is required for SNMPv3 in authNoPriv mode",
                Map.of("snmp_version", "v3", "secLevel", "authNoPriv", "secName", "me"));
        refuses(
                "authPassword has less than 8 characters",
                Map.of("snmp_version", "v3", "secLevel", "authNoPriv", "secName", "me", "authPassword", "short"));
        refuses(
                "Bad SNMPv3 authProtocol: SHA1 (one of MD5, SHA,",
                Map.of("snmp_version", "v3", "secLevel", "authNoPriv", "secName", "me", "authProtocol", "SHA1"));
    }

    private static void refuses(String why, Map<String, String> options) {
        var refusal = assertThrows(DriverException.class, () -> agent(161, options));
        assertTrue(refusal.text().contains(why), refusal.text());
    }
}
