package org.nutjvm.tools.scanner;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.scan.SnmpModel;
import org.snmp4j.CommunityTarget;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.PDU;
import org.snmp4j.PDUv1;
import org.snmp4j.ScopedPDU;
import org.snmp4j.Snmp;
import org.snmp4j.Target;
import org.snmp4j.UserTarget;
import org.snmp4j.mp.MPv1;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.AuthHMAC256SHA384;
import org.snmp4j.security.AuthHMAC384SHA512;
import org.snmp4j.security.AuthMD5;
import org.snmp4j.security.AuthSHA;
import org.snmp4j.security.AuthenticationProtocol;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.PrivAES192;
import org.snmp4j.security.PrivAES256;
import org.snmp4j.security.PrivDES;
import org.snmp4j.security.PrivacyProtocol;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.USM;
import org.snmp4j.security.UsmUser;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/// SNMP agents that snmp-ups has mappings for (tools/nut-scanner/scan_snmp.c). One socket serves all of them.
///
/// @param models in the order in which they are tried
/// @param port of the agents
record SnmpSearch(
        List<InetAddress> targets,
        int port,
        List<SnmpModel> models,
        SnmpAccess access,
        Duration timeout,
        int inFlight,
        Progress progress)
        implements Search {
    /// The port of SNMP agents.
    static final int PORT = 161;

    private static final String DRIVER = "snmp-ups";
    private static final OID SYS_OBJECT_ID = new OID(new int[] {1, 3, 6, 1, 2, 1, 1, 2, 0});

    /// Room for the answers of all agents of a network at once.
    private static final int RECEIVE_BUFFER = 1 << 20;

    @Override
    public List<Device> find() throws IOException, InterruptedException, ExecutionException {
        var dispatcher = new MessageDispatcherImpl();
        var transport = new DefaultUdpTransportMapping();
        transport.setReceiveBufferSize(RECEIVE_BUFFER);
        var snmp = new Snmp(dispatcher, transport);
        try {
            MPv3 version3 = access.version3() ? new MPv3(users()) : null;
            dispatcher.addMessageProcessingModel(version3 == null ? new MPv1() : version3);
            snmp.listen();
            var counter = progress.counter("SNMP", targets.size());
            return Sweep.over(targets, inFlight, counter, target -> ask(snmp, version3, target));
        } finally {
            snmp.close();
        }
    }

    private List<Device> ask(Snmp snmp, @Nullable MPv3 version3, InetAddress address) {
        Target<UdpAddress> target = target(address);
        var devices = new ArrayList<Device>();
        try {
            PDU response = send(snmp, target, SYS_OBJECT_ID);
            Variable says = response.size() > 0 ? response.get(0).getVariable() : null;
            String sysobjectid = says instanceof OID oid ? oid.toDottedString() : "";
            progress.debug(2, IpRange.text(address) + ": sysObjectID " + sysobjectid);
            SnmpMatch.Agent agent = oid -> value(snmp, target, new OID(oid));
            for (SnmpMatch match : SnmpMatch.of(models, sysobjectid, agent)) {
                var device = Device.of(Kind.SNMP, DRIVER, port(address))
                        .with("desc", match.desc())
                        .with("mibs", match.mibs());
                devices.add(access.addTo(device));
            }
        } catch (SnmpMatch.Silent e) {
            progress.debug(4, IpRange.text(address) + ": no answer");
            if (!e.explained() && version3 != null && version3.getEngineID(target.getAddress()) != null) {
                progress.say("WARNING: the SNMP agent at " + IpRange.text(address)
                        + " makes itself known, but does not answer: check -u, -l, -w, -W, -x and -X");
            }
        }
        return devices;
    }

    private String port(InetAddress address) {
        String host = IpRange.bracketed(address);
        return (host.startsWith("[") ? "udp6:" + host : host) + (port == PORT ? "" : ":" + port);
    }

    private Optional<String> value(Snmp snmp, Target<UdpAddress> target, OID oid) throws SnmpMatch.Silent {
        PDU response = send(snmp, target, oid);
        if (response.getErrorStatus() != PDU.noError || response.size() == 0) {
            return Optional.empty();
        }
        VariableBinding first = response.get(0);
        if (!oid.equals(first.getOid()) || first.isException()) {
            return Optional.empty();
        }
        return Optional.of(text(first.getVariable()));
    }

    /// Of a text what stands before its first zero byte, as C has it.
    private static String text(Variable variable) {
        if (!(variable instanceof OctetString octets)) {
            return variable.toString();
        }
        String text = new String(octets.getValue(), StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /// @throws SnmpMatch.Silent also when the agent refuses, or cannot be sent to
    private PDU send(Snmp snmp, Target<UdpAddress> target, OID oid) throws SnmpMatch.Silent {
        PDU request = access.version3() ? new ScopedPDU() : new PDUv1();
        request.setType(PDU.GET);
        request.add(new VariableBinding(oid));
        PDU response;
        try {
            response = snmp.send(request, target).getResponse();
        } catch (IOException e) {
            progress.debug(3, target.getAddress() + ": " + e.getMessage());
            throw new SnmpMatch.Silent(false);
        }
        if (response == null) {
            throw new SnmpMatch.Silent(false);
        }
        if (response.getType() == PDU.REPORT) {
            progress.say("WARNING: the SNMP agent at "
                    + target.getAddress().getInetAddress().getHostAddress() + " refuses us: " + reason(response));
            throw new SnmpMatch.Silent(true);
        }
        return response;
    }

    private static String reason(PDU report) {
        OID oid = report.size() == 0 ? new OID() : report.get(0).getOid();
        if (oid.equals(SnmpConstants.usmStatsUnknownUserNames)) {
            return "it does not know the user (-u)";
        }
        if (oid.equals(SnmpConstants.usmStatsWrongDigests)) {
            return "wrong authPassword (-W), or another authProtocol (-w)";
        }
        if (oid.equals(SnmpConstants.usmStatsDecryptionErrors)) {
            return "wrong privPassword (-X), or another privProtocol (-x)";
        }
        if (oid.equals(SnmpConstants.usmStatsUnsupportedSecLevels)) {
            return "it wants another security level for this user (-l)";
        }
        return "report " + oid;
    }

    private Target<UdpAddress> target(InetAddress address) {
        Target<UdpAddress> target;
        var udp = new UdpAddress(address, port);
        String name = access.secName();
        if (access.version3() && name != null) {
            var user = new UserTarget<UdpAddress>();
            user.setAddress(udp);
            user.setVersion(SnmpConstants.version3);
            user.setSecurityName(octets(name));
            user.setSecurityLevel(
                    access.encrypts()
                            ? SecurityLevel.AUTH_PRIV
                            : access.authenticates() ? SecurityLevel.AUTH_NOPRIV : SecurityLevel.NOAUTH_NOPRIV);
            target = user;
        } else {
            target = new CommunityTarget<>(udp, octets(access.community()));
            target.setVersion(SnmpConstants.version1);
        }
        // Asked twice within the time: datagrams get lost.
        target.setRetries(1);
        target.setTimeout(Math.max(1, timeout.toMillis() / 2));
        return target;
    }

    private USM users() {
        var protocols = new SecurityProtocols(SecurityProtocols.SecurityProtocolSet.none);
        AuthenticationProtocol auth = access.authenticates() ? auth() : null;
        PrivacyProtocol priv = access.encrypts() ? priv() : null;
        if (auth != null) {
            protocols.addAuthenticationProtocol(auth);
        }
        if (priv != null) {
            protocols.addPrivacyProtocol(priv);
        }
        var usm = new USM(protocols, new OctetString(MPv3.createLocalEngineID()), 0);
        OctetString name = octets(String.valueOf(access.secName()));
        usm.addUser(new UsmUser(
                name,
                auth == null ? null : auth.getID(),
                auth == null ? null : password(access.authPassword()),
                priv == null ? null : priv.getID(),
                priv == null ? null : password(access.privPassword())));
        return usm;
    }

    private AuthenticationProtocol auth() {
        return switch (access.authProtocol()) {
            case "SHA" -> new AuthSHA();
            case "SHA256" -> new AuthHMAC192SHA256();
            case "SHA384" -> new AuthHMAC256SHA384();
            case "SHA512" -> new AuthHMAC384SHA512();
            case null, default -> new AuthMD5();
        };
    }

    private PrivacyProtocol priv() {
        return switch (access.privProtocol()) {
            case "AES" -> new PrivAES128();
            case "AES192" -> new PrivAES192();
            case "AES256" -> new PrivAES256();
            case null, default -> new PrivDES();
        };
    }

    private static @Nullable OctetString password(@Nullable String text) {
        return text == null ? null : octets(text);
    }

    private static OctetString octets(String text) {
        return new OctetString(text.getBytes(StandardCharsets.UTF_8));
    }
}
