package org.nutjvm.bench;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// What a server needs to encrypt, made anew: a key and its certificate as a PEM file, and in a database of NSS for
/// Debian's C upsd.
enum Encryption {
    NONE("plain"),
    RSA("TLS, RSA 2048", "rsa:2048"),
    EC("TLS, EC P-256", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");

    private static final String PASSWORD = "bench";

    private final String title;
    private final List<String> newKey;

    Encryption(String title, String... newKey) {
        this.title = title;
        this.newKey = List.of(newKey);
    }

    String title() {
        return title;
    }

    /// Lines of upsd.conf that have the server encrypt.
    List<String> conf(Programs programs, Path dir) throws IOException, InterruptedException {
        if (this == NONE) {
            return List.of();
        }
        var key = dir.resolve("key.pem");
        var certificate = dir.resolve("certificate.pem");
        var command = new ArrayList<>(List.of("openssl", "req", "-x509", "-newkey"));
        command.addAll(newKey);
        command.addAll(List.of("-nodes", "-subj", "/CN=bench", "-days", "2", "-keyout", key.toString(), "-out"));
        command.add(certificate.toString());
        run(command.toArray(new String[0]));
        var pem = dir.resolve("server.pem");
        Files.writeString(pem, Files.readString(certificate) + Files.readString(key));
        if (!programs.name().equals("C")) {
            giveAway(dir);
            return List.of("CERTFILE " + pem);
        }
        var database = Files.createDirectory(dir.resolve("nss"));
        var password = Files.writeString(dir.resolve("password"), PASSWORD);
        var packed = dir.resolve("server.p12").toString();
        run(
                "openssl",
                "pkcs12",
                "-export",
                "-in",
                pem.toString(),
                "-name",
                "bench",
                "-out",
                packed,
                "-passout",
                "pass:" + PASSWORD);
        run("certutil", "-N", "-d", database.toString(), "-f", password.toString());
        run("pk12util", "-i", packed, "-d", database.toString(), "-k", password.toString(), "-W", PASSWORD);
        giveAway(dir);
        return List.of("CERTPATH " + database, "CERTIDENT bench " + PASSWORD);
    }

    private static void giveAway(Path dir) throws IOException, InterruptedException {
        if (System.getProperty("user.name").equals("root")) {
            run("chown", "-R", Stack.NOBODY, dir.toString());
        }
    }

    /// Whether a server of that make can be had encrypted here.
    boolean available(Programs programs) {
        if (this == NONE) {
            return true;
        }
        boolean nss = !programs.name().equals("C") || Files.isExecutable(Path.of("/usr/bin/certutil"));
        return nss && Files.isExecutable(Path.of("/usr/bin/openssl"));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }

    /// A client of a machine that has never been connected before.
    static SSLContext client() throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        return context;
    }

    /// The same connection, encrypted once the handshake is done.
    static SSLSocket over(Socket plain, SSLContext context) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "bench", plain.getPort(), true);
        socket.startHandshake();
        return socket;
    }

    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
