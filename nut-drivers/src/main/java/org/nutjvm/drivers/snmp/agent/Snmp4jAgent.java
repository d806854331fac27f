package org.nutjvm.drivers.snmp.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.snmp.engine.SnmpValue;
import org.nutjvm.drivers.snmp.mapping.Oid;
import org.snmp4j.CommunityTarget;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.PDU;
import org.snmp4j.PDUv1;
import org.snmp4j.ScopedPDU;
import org.snmp4j.Snmp;
import org.snmp4j.Target;
import org.snmp4j.UserTarget;
import org.snmp4j.mp.MPv1;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.AuthHMAC128SHA224;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.AuthHMAC256SHA384;
import org.snmp4j.security.AuthHMAC384SHA512;
import org.snmp4j.security.AuthMD5;
import org.snmp4j.security.AuthSHA;
import org.snmp4j.security.AuthenticationProtocol;
import org.snmp4j.security.Priv3DES;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.PrivAES192;
import org.snmp4j.security.PrivAES256;
import org.snmp4j.security.PrivDES;
import org.snmp4j.security.PrivacyProtocol;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.USM;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.IpAddress;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.UnsignedInteger32;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/// An agent on the network, by SNMP4J. A session that went wrong is thrown away, so that the next request looks the
/// name up anew and, in version 3, gets to know the agent anew: it may have been replaced or have forgotten its boots.
public final class Snmp4jAgent implements SnmpAgent {
    private final AgentSettings settings;
    private @Nullable Session session;

    private @Nullable Keys keys;

    private record Session(Snmp snmp, Target<UdpAddress> target) {}

    /// What the passwords are for one engine.
    private record Keys(
            OctetString engine,
            @Nullable OctetString auth,
            @Nullable OctetString priv) {}

    public Snmp4jAgent(AgentSettings settings) {
        this.settings = settings;
    }

    @Override
    public boolean version2() {
        return settings.version() != AgentSettings.Version.V1;
    }

    @Override
    public Reply get(List<Oid> oids, boolean patient) throws IOException {
        return ask(PDU.GET, oids, patient ? settings.retries() : Math.min(1, settings.retries()), 0);
    }

    @Override
    public Reply next(List<Oid> oids) throws IOException {
        return ask(PDU.GETNEXT, oids, settings.retries(), 0);
    }

    @Override
    public Reply bulk(Oid after, int rows) throws IOException {
        return ask(PDU.GETBULK, List.of(after), settings.retries(), rows);
    }

    private Reply ask(int type, List<Oid> oids, int retries, int repetitions) throws IOException {
        var pdu = pdu(type);
        for (var oid : oids) {
            pdu.add(new VariableBinding(new OID(oid.toArray())));
        }
        if (type == PDU.GETBULK) {
            pdu.setMaxRepetitions(repetitions);
            pdu.setNonRepeaters(0);
        }
        return send(pdu, retries);
    }

    @Override
    public Reply set(Oid oid, SnmpValue value) throws IOException {
        var pdu = pdu(PDU.SET);
        pdu.add(new VariableBinding(new OID(oid.toArray()), variable(value)));
        return send(pdu, settings.retries());
    }

    private PDU pdu(int type) {
        var pdu = switch (settings.version()) {
            case V1 -> new PDUv1();
            case V2C -> new PDU();
            case V3 -> new ScopedPDU();
        };
        pdu.setType(type);
        return pdu;
    }

    private Reply send(PDU pdu, int retries) throws IOException {
        var open = session(retries);
        open.target().setRetries(retries);
        PDU response;
        try {
            response = open.snmp().send(pdu, open.target()).getResponse();
        } catch (IOException e) {
            close();
            throw new IOException(settings.host() + ": " + e.getMessage(), e);
        }
        if (response == null) {
            close();
            throw silence();
        }
        if (response.getType() == PDU.REPORT) {
            close();
            throw new IOException(settings.host() + " refuses us: " + reason(response));
        }
        return new Reply(response.getErrorStatus(), response.getErrorIndex(), rows(response));
    }

    /// What is said of each object.
    static List<Row> rows(PDU response) {
        var rows = new ArrayList<Row>(response.size());
        for (var binding : response.getVariableBindings()) {
            var oid = binding.getOid().getValue();
            rows.add(new Row(Oid.of(oid), value(binding.getVariable())));
        }
        return rows;
    }

    /// What a report of version 3 means for the administrator.
    private static String reason(PDU report) {
        if (report.size() == 0) {
            return "unknown reason";
        }
        var oid = report.get(0).getOid();
        if (oid.equals(SnmpConstants.usmStatsUnknownUserNames)) {
            return "it does not know the user (secName)";
        }
        if (oid.equals(SnmpConstants.usmStatsWrongDigests)) {
            return "wrong authPassword, or another authProtocol";
        }
        if (oid.equals(SnmpConstants.usmStatsDecryptionErrors)) {
            return "wrong privPassword, or another privProtocol";
        }
        if (oid.equals(SnmpConstants.usmStatsUnsupportedSecLevels)) {
            return "it wants another security level for this user (secLevel)";
        }
        if (oid.equals(SnmpConstants.usmStatsNotInTimeWindows)) {
            return "its clock jumps";
        }
        return "report " + oid;
    }

    private Session session(int retries) throws IOException {
        var open = session;
        if (open == null) {
            open = open(retries);
            session = open;
        }
        return open;
    }

    private Session open(int retries) throws IOException {
        InetAddress host;
        try {
            host = InetAddress.getByName(settings.host());
        } catch (UnknownHostException e) {
            throw new IOException("There is no host " + settings.host() + ": name not known", e);
        }
        var address = new UdpAddress(host, settings.port());
        var dispatcher = new MessageDispatcherImpl();
        var snmp = new Snmp(dispatcher, new DefaultUdpTransportMapping());
        try {
            var user = settings.user();
            var target = user == null ? community(address, dispatcher) : user(user, address, dispatcher, snmp, retries);
            target.setTimeout(settings.timeout().toMillis());
            if (user == null) {
                snmp.listen();
            }
            return new Session(snmp, target);
        } catch (IOException e) {
            snmp.close();
            throw e;
        }
    }

    private Target<UdpAddress> community(UdpAddress address, MessageDispatcherImpl dispatcher) {
        boolean first = settings.version() == AgentSettings.Version.V1;
        dispatcher.addMessageProcessingModel(first ? new MPv1() : new MPv2c());
        var community = new CommunityTarget<>(address, octets(settings.community()));
        community.setVersion(first ? SnmpConstants.version1 : SnmpConstants.version2c);
        return community;
    }

    /// Gets to know the agent's engine, and makes the keys for it. That takes a while on a small machine, so it is done
    /// before anything is sent that an answer is waited for, and once for each engine.
    private Target<UdpAddress> user(
            AgentSettings.User user, UdpAddress address, MessageDispatcherImpl dispatcher, Snmp snmp, int retries)
            throws IOException {
        var protocols = new SecurityProtocols(SecurityProtocols.SecurityProtocolSet.none);
        var auth = auth(user.auth());
        var priv = priv(user.priv());
        if (auth != null) {
            protocols.addAuthenticationProtocol(auth);
        }
        if (priv != null) {
            protocols.addPrivacyProtocol(priv);
        }
        var usm = new USM(protocols, new OctetString(MPv3.createLocalEngineID()), 0);
        dispatcher.addMessageProcessingModel(new MPv3(usm));
        snmp.listen();
        byte[] engine = engine(snmp, address, retries);
        var known = keys;
        if (known == null || !known.engine().equals(new OctetString(engine))) {
            known = keys(user, auth, priv, protocols, engine);
            keys = known;
        }
        usm.addLocalizedUser(
                engine,
                octets(user.name()),
                auth == null ? null : auth.getID(),
                bytes(known.auth()),
                priv == null ? null : priv.getID(),
                bytes(known.priv()));
        var target = new UserTarget<UdpAddress>();
        target.setAddress(address);
        target.setVersion(SnmpConstants.version3);
        target.setAuthoritativeEngineID(engine);
        target.setSecurityName(octets(user.name()));
        target.setSecurityLevel(
                priv != null
                        ? SecurityLevel.AUTH_PRIV
                        : auth != null ? SecurityLevel.AUTH_NOPRIV : SecurityLevel.NOAUTH_NOPRIV);
        return target;
    }

    private static Keys keys(
            AgentSettings.User user,
            @Nullable AuthenticationProtocol auth,
            @Nullable PrivacyProtocol priv,
            SecurityProtocols protocols,
            byte[] engine) {
        var name = new OctetString(engine);
        if (auth == null) {
            return new Keys(name, null, null);
        }
        var authKey = new OctetString(auth.passwordToKey(octets(user.authPassword()), engine));
        if (priv == null) {
            return new Keys(name, authKey, null);
        }
        byte[] privKey = protocols.passwordToKey(priv.getID(), auth.getID(), octets(user.privPassword()), engine);
        return new Keys(name, authKey, new OctetString(privKey));
    }

    private static byte @Nullable [] bytes(@Nullable OctetString key) {
        return key == null ? null : key.getValue();
    }

    private byte[] engine(Snmp snmp, UdpAddress address, int retries) throws Silent {
        for (int attempt = 0; attempt <= retries; attempt++) {
            byte[] engine = snmp.discoverAuthoritativeEngineID(
                    address, settings.timeout().toMillis());
            if (engine != null && engine.length > 0) {
                return engine;
            }
        }
        throw silence();
    }

    private Silent silence() {
        return new Silent("Timeout: no response from " + settings.host() + ":" + settings.port()
                + (settings.user() == null
                        ? ""
                        : " (SNMPv3: or it refuses secName, secLevel, a password or a protocol)"));
    }

    private static @Nullable AuthenticationProtocol auth(@Nullable String name) {
        return switch (name) {
            case "MD5" -> new AuthMD5();
            case "SHA" -> new AuthSHA();
            case "SHA224" -> new AuthHMAC128SHA224();
            case "SHA256" -> new AuthHMAC192SHA256();
            case "SHA384" -> new AuthHMAC256SHA384();
            case "SHA512" -> new AuthHMAC384SHA512();
            case null, default -> null;
        };
    }

    private static @Nullable PrivacyProtocol priv(@Nullable String name) {
        return switch (name) {
            case "DES" -> new PrivDES();
            case "3DES" -> new Priv3DES();
            case "AES", "AES128" -> new PrivAES128();
            case "AES192" -> new PrivAES192();
            case "AES256" -> new PrivAES256();
            case null, default -> null;
        };
    }

    private static OctetString octets(String text) {
        return new OctetString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static SnmpValue value(Variable variable) {
        return switch (variable) {
            case Integer32 number -> new SnmpValue.Whole(number.getValue(), SnmpValue.Whole.Type.INTEGER);
            case Counter32 number -> new SnmpValue.Whole(number.getValue(), SnmpValue.Whole.Type.COUNTER);
            case TimeTicks number -> new SnmpValue.Whole(number.getValue(), SnmpValue.Whole.Type.TICKS);
            case UnsignedInteger32 number -> new SnmpValue.Whole(number.getValue(), SnmpValue.Whole.Type.GAUGE);
            case Counter64 number ->
                new SnmpValue.Whole(
                        number.getValue() < 0 ? Long.MAX_VALUE : number.getValue(), SnmpValue.Whole.Type.COUNTER64);
            case OctetString text -> new SnmpValue.Text(new String(text.getValue(), StandardCharsets.ISO_8859_1));
            case IpAddress _ -> SnmpValue.ABSENT; // its first number is no code of anything
            case OID oid -> oid.size() < 2 ? SnmpValue.ABSENT : new SnmpValue.Pointer(Oid.of(oid.getValue()));
            case null, default -> SnmpValue.ABSENT;
        };
    }

    private static Variable variable(SnmpValue value) {
        return switch (value) {
            case SnmpValue.Whole(var number, var type) ->
                switch (type) {
                    case INTEGER -> new Integer32((int) number);
                    case COUNTER -> new Counter32(number & 0xffff_ffffL);
                    case GAUGE -> new Gauge32(number & 0xffff_ffffL);
                    case TICKS -> new TimeTicks(number & 0xffff_ffffL);
                    case COUNTER64 -> new Counter64(number);
                };
            case SnmpValue.Text(var text) -> new OctetString(text.getBytes(StandardCharsets.ISO_8859_1));
            case SnmpValue.Pointer(var oid) -> new OID(oid.toArray());
            case SnmpValue.Absent _ -> new Null();
        };
    }

    @Override
    public void close() {
        var open = session;
        session = null;
        if (open != null) {
            try {
                open.snmp().close();
            } catch (IOException e) {
                // The socket is gone, which is what was wanted.
            }
        }
    }
}
