package org.nutjvm.common.tls;

import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Who this side is: a private key, its certificate and the chain above it, as CERTFILE has them and CERTIDENT
/// names and opens them (SSL_CTX_use_certificate_chain_file, SSL_CTX_use_PrivateKey_file).
///
/// @param chain the certificate first, then what the file has besides
record Identity(Path file, List<X509Certificate> chain, PrivateKey key) {
    private static final String ALIAS = "certfile";
    private static final byte[] PROBE = {'N', 'U', 'T'};

    /// Reads CERTFILE.
    ///
    /// @param name what CERTIDENT calls it; empty if any will do
    /// @param password what CERTIDENT opens it with; empty if it is not encrypted
    static Identity read(Path file, String name, String password) throws TlsException {
        try {
            var blocks = Pem.blocks(CertFiles.text("CERTFILE", file));
            var chain = CertFiles.certificates(blocks);
            if (chain.isEmpty()) {
                throw new TlsException("CERTFILE " + file + " has no certificate: it has to be a PEM file with the"
                        + " certificate first, then those of the authorities between, and the private key");
            }
            var identity = new Identity(file, chain, key(file, blocks, password));
            identity.check(name);
            return identity;
        } catch (Pem.Malformed e) {
            throw new TlsException("CERTFILE " + file + ", line " + e.line() + ": " + e.what(), e);
        }
    }

    private static PrivateKey key(Path file, List<Pem.Block> blocks, String password) throws TlsException {
        Pem.Block parameters = null;
        for (var block : blocks) {
            if (block.type().equals("EC PARAMETERS")) {
                parameters = block;
            } else if (PrivateKeys.is(block)) {
                try {
                    return PrivateKeys.read(block, parameters, password);
                } catch (PrivateKeys.Unusable e) {
                    throw new TlsException("CERTFILE " + file + ", line " + block.line() + ": the key " + e.why(), e);
                }
            }
        }
        throw new TlsException("CERTFILE " + file + " has no private key: append it to the file (cat cert.pem chain.pem"
                + " key.pem > " + file.getFileName() + ")");
    }

    private void check(String name) throws TlsException {
        var own = chain.getFirst();
        if (!belongTogether(own.getPublicKey(), key)) {
            for (var other : chain) {
                if (belongTogether(other.getPublicKey(), key)) {
                    throw new TlsException("CERTFILE " + file + ": the key belongs to the certificate "
                            + CertName.oneline(other) + ", which has to come first in the file");
                }
            }
            throw new TlsException("CERTFILE " + file + ": the key does not belong to the certificate "
                    + CertName.oneline(own) + " in it");
        }
        if (!name.isEmpty() && !CertName.is(own, name)) {
            throw new TlsException("Certificate subject (" + CertName.oneline(own) + ") does not match CERTIDENT name ("
                    + name + "): the name in CERTIDENT has to be that of the first certificate in " + file);
        }
    }

    private static boolean belongTogether(PublicKey publicKey, PrivateKey key) {
        try {
            var signature = Signature.getInstance(
                    switch (key.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> key.getAlgorithm();
                    });
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /// What an administrator should look at, now or soon.
    Optional<String> warning(Instant now) {
        var own = chain.getFirst();
        if (now.isAfter(own.getNotAfter().toInstant())) {
            return Optional.of("The certificate in CERTFILE " + file + " has expired on "
                    + own.getNotAfter().toInstant() + ": those who verify it will refuse it");
        }
        if (now.isBefore(own.getNotBefore().toInstant())) {
            return Optional.of("The certificate in CERTFILE " + file + " is valid only from "
                    + own.getNotBefore().toInstant() + " on: those who verify it will refuse it before");
        }
        return Optional.empty();
    }

    /// For the JDK: always this key, where its kind fits.
    X509ExtendedKeyManager keyManager() {
        return new OnlyThis(key, chain.toArray(new X509Certificate[0]));
    }

    private static final class OnlyThis extends X509ExtendedKeyManager {
        private final PrivateKey key;
        private final X509Certificate[] chain;

        OnlyThis(PrivateKey key, X509Certificate[] chain) {
            this.key = key;
            this.chain = chain;
        }

        private @Nullable String alias(String... keyTypes) {
            for (var type : keyTypes) {
                if (type.equals(key.getAlgorithm())) {
                    return ALIAS;
                }
            }
            return null;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return aliases(keyType);
        }

        @Override
        public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return aliases(keyType);
        }

        private String[] aliases(String keyType) {
            var aliases = new ArrayList<String>();
            if (alias(keyType) != null) {
                aliases.add(ALIAS);
            }
            return aliases.toArray(new String[0]);
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return alias(keyType);
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return alias(keyType);
        }

        @Override
        public @Nullable String chooseEngineClientAlias(
                String[] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return alias(keyType);
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return alias(keyType);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain.clone();
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }
    }
}
