package org.nutjvm.common.tls;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.common.conf.UpsmonConf;

/// How a client encrypts (clients/upsclient.c: upscli_init2, upscli_sslinit, with OpenSSL). Of TLS nothing is
/// loaded before a connection needs it, or a file is named.
///
/// Any thread may use it.
public final class ClientTls {
    /// Whether a connection is to be encrypted.
    public enum Mode {
        /// Not even if the server could.
        NEVER,
        /// If the server can, and else not.
        TRY,
        /// Or there is none.
        FORCE
    }

    /// What holds for one server.
    ///
    /// @param verify whether its certificate is verified; then there is no connection without encryption
    /// @param name what its certificate has to be called, empty for the name by which the server was asked
    public record Terms(Mode mode, boolean verify, String name) {
        /// Whether a connection in clear text will not do.
        public boolean required() {
            return mode == Mode.FORCE || verify;
        }
    }

    /// No encryption.
    public static final ClientTls NONE =
            new ClientTls(new Terms(Mode.NEVER, false, ""), List.of(), null, List.of(), "", List.of());

    /// Where nothing is configured, as C does it: encrypted if the server can, whoever it may be. That is of use
    /// against listeners, and there are none between this machine and itself.
    public static final ClientTls IF_POSSIBLE =
            new ClientTls(new Terms(Mode.TRY, false, ""), List.of(), null, List.of(), "", List.of());

    private final Terms standard;
    private final List<UpsmonConf.CertHost> hosts;
    private final @Nullable Identity identity;
    private final List<X509Certificate> authorities;
    private final String certpath;
    private final List<String> warnings;
    private @Nullable SSLContext verifying;
    private @Nullable SSLContext believing;

    private ClientTls(
            Terms standard,
            List<UpsmonConf.CertHost> hosts,
            @Nullable Identity identity,
            List<X509Certificate> authorities,
            String certpath,
            List<String> warnings) {
        this.standard = standard;
        this.hosts = hosts;
        this.identity = identity;
        this.authorities = authorities;
        this.certpath = certpath;
        this.warnings = warnings;
    }

    /// What upsmon.conf asks for.
    ///
    /// @throws TlsException it cannot be had as it is set up
    public static ClientTls of(UpsmonConf.Tls conf, Instant now) throws TlsException {
        boolean verify = conf.certverify();
        for (var host : conf.hosts()) {
            verify |= host.certverify() == 1;
        }
        return of(standard(conf), verify, conf.hosts(), conf.certpath(), conf.certfile(), conf.certident(), now);
    }

    private static Terms standard(UpsmonConf.Tls conf) {
        return new Terms(conf.forcessl() ? Mode.FORCE : Mode.TRY, conf.certverify(), "");
    }

    /// What upsmon.conf says of one server, without a look at any file.
    public static Terms terms(UpsmonConf.Tls conf, String host, int port) {
        return terms(standard(conf), conf.hosts(), host, port);
    }

    /// What holds for all servers alike.
    ///
    /// @throws TlsException it cannot be had as it is set up
    public static ClientTls of(
            Terms terms,
            Optional<String> certpath,
            Optional<String> certfile,
            Optional<UpsdConf.CertIdent> certident,
            Instant now)
            throws TlsException {
        return of(terms, terms.verify(), List.of(), certpath, certfile, certident, now);
    }

    private static ClientTls of(
            Terms terms,
            boolean verify,
            List<UpsmonConf.CertHost> hosts,
            Optional<String> certpath,
            Optional<String> certfile,
            Optional<UpsdConf.CertIdent> certident,
            Instant now)
            throws TlsException {
        if (verify && certpath.isEmpty()) {
            throw new TlsException(
                    "Can not verify certificate if any is specified: no CERTPATH was given (it has to name"
                            + " the PEM file with the certificate of the authority that signed the server's, or a directory of"
                            + " such files; a self-signed certificate is its own authority)");
        }
        if (certident.isPresent()
                && certfile.isEmpty()
                && !certident.get().name().isEmpty()) {
            throw new TlsException(
                    "Can not verify CERTIDENT '" + certident.get().name()
                            + "': no CERTFILE was provided (it has to name the PEM file with this client's certificate and key)");
        }
        Identity identity = null;
        if (certfile.isPresent()) {
            identity = Identity.read(
                    Path.of(certfile.get()),
                    certident.map(UpsdConf.CertIdent::name).orElse(""),
                    certident.map(UpsdConf.CertIdent::password).orElse(""));
        }
        List<X509Certificate> authorities =
                certpath.isPresent() ? CertFiles.authorities(Path.of(certpath.get())) : List.of();
        var warnings = identity == null
                ? List.<String>of()
                : identity.warning(now).map(List::of).orElse(List.of());
        return new ClientTls(terms, hosts, identity, authorities, certpath.orElse(""), warnings);
    }

    /// What an administrator should look at.
    public List<String> warnings() {
        return warnings;
    }

    /// What holds for this server. CERTHOST with a port goes before one without, which holds for all ports.
    public Terms terms(String host, int port) {
        return terms(standard, hosts, host, port);
    }

    private static Terms terms(Terms standard, List<UpsmonConf.CertHost> hosts, String host, int port) {
        UpsmonConf.CertHost found = null;
        for (var entry : hosts) {
            if (sameHost(entry.host(), host, ":" + port)) {
                found = entry;
                break;
            }
            if (found == null && sameHost(entry.host(), host, "")) {
                found = entry;
            }
        }
        if (found == null) {
            return standard;
        }
        Mode mode = found.forcessl() == -1 ? standard.mode() : found.forcessl() == 0 ? Mode.TRY : Mode.FORCE;
        return new Terms(mode, found.certverify() == -1 ? standard.verify() : found.certverify() != 0, found.name());
    }

    private static boolean sameHost(String entry, String host, String port) {
        return entry.equalsIgnoreCase(host + port) || entry.equalsIgnoreCase('[' + host + ']' + port);
    }

    /// Whether a server at this end of a connection is asked at all.
    public boolean attempts(Socket connected, Terms terms) {
        return switch (terms.mode()) {
            case NEVER -> terms.verify();
            case TRY ->
                terms.verify()
                        || identity != null
                        || !connected.getInetAddress().isLoopbackAddress();
            case FORCE -> true;
        };
    }

    /// Encrypts a connection on which the server has agreed to it, and makes sure of the server as far as the terms
    /// say.
    ///
    /// @param timeoutMillis for the handshake in all, zero for none
    /// @throws SSLException the two could not agree, or the server is not the one it should be
    public Socket secure(Socket plain, String host, int port, Terms terms, int timeoutMillis) throws IOException {
        var timed = new TimedSocket(plain);
        var factory = context(terms.verify()).getSocketFactory();
        var socket = (SSLSocket) factory.createSocket(timed, host, port, true);
        socket.setEnabledProtocols(Tls.PROTOCOLS);
        socket.setSoTimeout(timeoutMillis);
        try {
            socket.startHandshake();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (SSLException e) {
            throw new SSLException(inWords(e), e);
        }
        if (!socket.getSession().isValid()) {
            throw new SSLException("the server ended the handshake");
        }
        if (terms.verify()) {
            checkName((X509Certificate) socket.getSession().getPeerCertificates()[0], host, terms.name());
        }
        return socket;
    }

    /// How long the certificate is good that the other side of an encrypted connection has shown; empty on others.
    public static Optional<CertLife> certificate(Socket socket) {
        try {
            return socket instanceof SSLSocket encrypted
                    ? Optional.of(
                            CertLife.of((X509Certificate) encrypted.getSession().getPeerCertificates()[0]))
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty(); // it has shown none
        }
    }

    private static void checkName(X509Certificate certificate, String host, String name) throws SSLException {
        if (!name.isEmpty() && !CertName.is(certificate, name)) {
            throw new SSLException("Peer certificate subject (" + CertName.oneline(certificate)
                    + ") does not match CERTHOST name (" + name + ")");
        }
        if (name.isEmpty() && !CertName.isOf(certificate, host)) {
            throw new SSLException("Peer certificate subject (" + CertName.oneline(certificate)
                    + ") is not one of the host " + host + " (CERTHOST can say what it has to be called)");
        }
    }

    private synchronized SSLContext context(boolean verify) throws TlsException {
        if (verify) {
            if (verifying == null) {
                verifying = Tls.context(identity, Trust.in(authorities));
            }
            return verifying;
        }
        if (believing == null) {
            believing = Tls.context(identity, Trust.anybody());
        }
        return believing;
    }

    /// Java's words for what people meet most often say more of Java than of the certificate.
    private String inWords(SSLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return "the server's certificate has expired";
            }
            if (cause instanceof CertificateNotYetValidException) {
                return "the server's certificate is not valid yet (is this machine's clock right?)";
            }
        }
        String message = String.valueOf(e.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("unable to find valid certification path")) {
            return "the server's certificate is from none of the authorities in CERTPATH " + certpath;
        }
        if (lower.contains("certificate_required")) {
            return "the server wants a certificate of this client (CERTFILE)";
        }
        return message;
    }
}
