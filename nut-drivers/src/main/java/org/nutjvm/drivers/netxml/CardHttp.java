package org.nutjvm.drivers.netxml;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// A card's web server. Blocks; each request has a limit, and so has what comes back. A user and a password go only
/// to who asks for them.
final class CardHttp {
    /// More than any card has to say at once.
    private static final int BODY_LIMIT = 1024 * 1024;

    private static final String AGENT = "MGEXML/0.36";

    private final URI base;
    private final int timeoutMillis;
    private final Login login;
    private final List<Path> bundles;
    private volatile @Nullable SSLSocketFactory sockets;

    /// What came back.
    static final class Reply {
        private final int code;
        private final byte[] body;

        Reply(int code, byte[] body) {
            this.code = code;
            this.body = body;
        }

        int code() {
            return code;
        }

        byte[] body() {
            return body;
        }

        boolean ok() {
            return code >= 200 && code < 300;
        }
    }

    /// @param login for when it asks, or null
    CardHttp(URI base, Duration timeout, @Nullable String login, @Nullable String password) {
        this(base, timeout, login, password, SystemTrust.BUNDLES);
    }

    /// @param bundles where the certificates are that are believed
    CardHttp(URI base, Duration timeout, @Nullable String login, @Nullable String password, List<Path> bundles) {
        this.base = base;
        timeoutMillis = (int) timeout.toMillis();
        this.login = new Login(login, password);
        this.bundles = bundles;
    }

    /// `http://host:port`, `https` too; a bare name means http.
    ///
    /// @throws IOException if it is none
    static URI base(String text) throws IOException {
        String whole = text.contains("://") ? text : "http://" + text;
        try {
            var uri = new URI(whole);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
                throw new IOException("invalid hostname '" + text + "'");
            }
            return new URI(scheme, null, uri.getHost(), uri.getPort(), null, null, null);
        } catch (URISyntaxException e) {
            throw new IOException("invalid hostname '" + text + "'", e);
        }
    }

    String host() {
        return base.getHost();
    }

    /// A page.
    ///
    /// @throws IOException with a sentence that says which, also if it is refused
    byte[] get(String path) throws IOException {
        var reply = request("GET", path, null, new byte[0]);
        if (!reply.ok()) {
            throw new IOException(url(path) + ": HTTP status " + reply.code()
                    + (reply.code() == 401 ? " (login or password are missing or wrong)" : ""));
        }
        return reply.body();
    }

    Reply post(String path, @Nullable String type, byte[] body) throws IOException {
        return request("POST", path, type, body);
    }

    private Reply request(String method, String path, @Nullable String type, byte[] body) throws IOException {
        try {
            login.next();
            return once(method, path, type, body);
        } catch (SSLHandshakeException e) {
            throw new IOException(url(path) + ": " + refusal(e), e);
        } catch (SocketTimeoutException e) {
            throw new IOException(url(path) + ": no answer within " + timeoutMillis / 1000 + " seconds", e);
        } catch (IOException e) {
            throw new IOException(url(path) + ": " + e.getMessage(), e);
        }
    }

    /// Why no connection through TLS came about, and what to do.
    private static String refusal(SSLHandshakeException trouble) {
        if (!(trouble.getCause() instanceof CertificateException)) {
            return String.valueOf(trouble.getMessage());
        }
        Throwable last = trouble;
        for (var cause = last.getCause(); cause != null; cause = cause.getCause()) {
            last = cause;
        }
        return "its certificate is not believed: " + last.getMessage()
                + " (if the card signed it itself, add it to those of this machine: a .crt file in "
                + "/usr/local/share/ca-certificates, then update-ca-certificates)";
    }

    private Reply once(String method, String path, @Nullable String type, byte[] body) throws IOException {
        var connection = open(path);
        connection.setRequestMethod(method);
        connection.setConnectTimeout(timeoutMillis);
        connection.setReadTimeout(timeoutMillis);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("User-Agent", AGENT);
        connection.setAuthenticator(login);
        if (connection instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(sockets());
        }
        if (method.equals("POST")) {
            if (type != null) {
                connection.setRequestProperty("Content-Type", type);
            }
            connection.setDoOutput(true);
            try (var out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        int code = connection.getResponseCode();
        InputStream in = code >= 400 ? connection.getErrorStream() : connection.getInputStream();
        return new Reply(code, in == null ? new byte[0] : body(in));
    }

    private SSLSocketFactory sockets() throws IOException {
        var known = sockets;
        if (known == null) {
            known = SystemTrust.sockets(bundles);
            sockets = known;
        }
        return known;
    }

    private HttpURLConnection open(String path) throws IOException {
        try {
            if (new URI(url(path)).toURL().openConnection() instanceof HttpURLConnection connection) {
                return connection;
            }
            throw new IOException("neither http nor https");
        } catch (URISyntaxException | MalformedURLException e) {
            throw new IOException("it names a page that has no valid address", e);
        }
    }

    private String url(String path) {
        return base + path;
    }

    /// All of it, within the limits of size and time.
    private byte[] body(InputStream stream) throws IOException {
        long end = System.nanoTime() + 2L * timeoutMillis * 1_000_000;
        var body = new ByteArrayOutputStream();
        var buffer = new byte[4096];
        try (stream) {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                body.write(buffer, 0, read);
                if (body.size() > BODY_LIMIT) {
                    throw new IOException("it sends more than " + BODY_LIMIT + " bytes");
                }
                if (System.nanoTime() > end) {
                    throw new SocketTimeoutException("it sends without end");
                }
            }
        }
        return body.toByteArray();
    }
}
