package org.nutjvm.common.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.nutjvm.common.io.Reasons;

/// Reads CERTFILE and CERTPATH.
final class CertFiles {
    /// The longest file that is read: a bundle of all public authorities has 300 kB.
    static final int MAX_BYTES = 4 << 20;

    /// Files of a directory that are looked at.
    static final int MAX_FILES = 4096;

    private CertFiles() {}

    /// The text of a PEM file.
    ///
    /// @param directive what names it, for messages
    static String text(String directive, Path file) throws TlsException {
        try {
            if (Files.isDirectory(file)) {
                throw new TlsException(directive + " " + file + " is a directory: it has to name a PEM file");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new TlsException(directive + " " + file + " is longer than " + (MAX_BYTES >> 20)
                        + " MB, which no PEM file of certificates is");
            }
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (TlsException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(directive, file, e);
        }
    }

    private static TlsException unreadable(String directive, Path file, IOException e) {
        String reason = Reasons.of(e);
        String cure = reason.equals("Permission denied")
                ? ": user " + System.getProperty("user.name", "?") + ", as which this program runs, or the user it"
                        + " becomes, has to be able to read it (chgrp nut " + file + "; chmod 640 " + file + ")"
                : ": check the path in the configuration";
        return new TlsException(directive + " " + file + " cannot be read, " + reason + cure, e);
    }

    /// Whether the directory is a database of NSS, which C NUT uses where it is built with that library.
    static boolean isNss(Path directory) {
        return Files.exists(directory.resolve("cert9.db")) || Files.exists(directory.resolve("cert8.db"));
    }

    /// The certificates in CERTPATH: a PEM file, or a directory of such, in which other files may lie, too. As with
    /// OpenSSL only authorities and self-signed certificates count.
    static List<X509Certificate> authorities(Path path) throws TlsException {
        var found = new LinkedHashSet<X509Certificate>();
        if (Files.isDirectory(path)) {
            if (isNss(path)) {
                throw new TlsException("CERTPATH " + path + " is a database of NSS, which is not read here: write its"
                        + " certificates to a PEM file (certutil -L -d " + path
                        + " -n NAME -a) and name that in CERTPATH");
            }
            int count = 0;
            try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
                for (var file : files) {
                    if (++count > MAX_FILES) {
                        throw new TlsException("CERTPATH " + path + " has more than " + MAX_FILES
                                + " files: name the file of the authority instead");
                    }
                    if (Files.isRegularFile(file) && Files.isReadable(file) && Files.size(file) <= MAX_BYTES) {
                        addFrom(Files.readAllBytes(file), found);
                    }
                }
            } catch (TlsException e) {
                throw e;
            } catch (IOException e) {
                throw unreadable("CERTPATH", path, e);
            }
        } else {
            addFrom(text("CERTPATH", path).getBytes(StandardCharsets.ISO_8859_1), found);
        }
        if (found.isEmpty()) {
            throw new TlsException("CERTPATH " + path + " has no certificate of an authority in PEM form that can be"
                    + " read: it has to be a PEM file of such certificates, or a directory of such files");
        }
        return List.copyOf(found);
    }

    private static void addFrom(byte[] content, Set<X509Certificate> found) {
        try {
            for (var block : Pem.blocks(new String(content, StandardCharsets.ISO_8859_1))) {
                if (isCertificate(block)) {
                    var certificate = certificate(block);
                    if (certificate.getBasicConstraints() >= 0 || selfSigned(certificate)) {
                        found.add(certificate);
                    }
                }
            }
        } catch (Pem.Malformed | CertificateException e) {
            // Something else that lies there: it can at worst be missing among the authorities.
        }
    }

    private static boolean selfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    static boolean isCertificate(Pem.Block block) {
        return switch (block.type()) {
            case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE" -> true;
            default -> false;
        };
    }

    static X509Certificate certificate(Pem.Block block) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block.bytes()));
    }

    /// All certificates of blocks, in order.
    static List<X509Certificate> certificates(List<Pem.Block> blocks) throws Pem.Malformed {
        var certificates = new ArrayList<X509Certificate>();
        for (var block : blocks) {
            if (isCertificate(block)) {
                try {
                    certificates.add(certificate(block));
                } catch (CertificateException e) {
                    throw new Pem.Malformed(block.line(), "the block " + block.type() + " is no certificate");
                }
            }
        }
        return certificates;
    }
}
