package org.nutjvm.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// What runs the programs for status pages: a web server of Debian's, as a process of its own.
enum WebServer {
    LIGHTTPD("/usr/sbin/lighttpd", "lighttpd", """
            server.document-root = "%DIR%"
            server.bind = "127.0.0.1"
            server.port = %PORT%
            server.modules = ( "mod_alias", "mod_cgi", "mod_setenv" )
            server.errorlog = "%DIR%/web-error.log"
            server.upload-dirs = ( "%DIR%" )
            setenv.add-environment = ( "NUT_CONFPATH" => "%CONF%" )
            alias.url = ( "/nut/" => "%IMAGE%/cgi-bin/" )
            cgi.assign = ( ".cgi" => "" )
            """, "-D", "-f"),
    APACHE("/usr/sbin/apache2", "apache2-bin", """
            ServerRoot /usr/lib/apache2
            ServerName localhost
            Listen 127.0.0.1:%PORT%
            PidFile %DIR%/apache.pid
            Mutex file:%DIR%
            ErrorLog %DIR%/web-error.log
            LoadModule mpm_prefork_module modules/mod_mpm_prefork.so
            LoadModule authz_core_module modules/mod_authz_core.so
            LoadModule alias_module modules/mod_alias.so
            LoadModule env_module modules/mod_env.so
            LoadModule cgi_module modules/mod_cgi.so
            StartServers 1
            SetEnv NUT_CONFPATH %CONF%
            ScriptAlias /nut/ %IMAGE%/cgi-bin/
            """, "-DFOREGROUND", "-f");

    /// An answer of the server.
    record Answer(int status, String type, String body) {}

    private final Path program;
    private final String debian;
    private final String configuration;
    private final List<String> options;

    WebServer(String program, String debian, String configuration, String... options) {
        this.program = Path.of(program);
        this.debian = debian;
        this.configuration = configuration;
        this.options = List.of(options);
    }

    /// Starts it as the user that web servers have, who must be able to read the image.
    ///
    /// @return where its pages are
    URI start(Sandbox box) {
        assumeTrue(Files.isExecutable(program), () -> "no web server here: apt-get install " + debian);
        int port = Sandbox.freePort();
        var file = box.write(
                name() + ".conf",
                configuration
                        .replace("%DIR%", box.dir().toString())
                        .replace("%CONF%", box.conf().toString())
                        .replace("%IMAGE%", Maker.image().toString())
                        .replace("%PORT%", Integer.toString(port)));
        var command = new ArrayList<String>();
        if (Sandbox.root()) {
            open(box);
            command.addAll(List.of("setpriv", "--reuid=33", "--regid=33", "--clear-groups"));
            var reads = box.start(
                    "test",
                    List.of(
                            "setpriv",
                            "--reuid=33",
                            "--clear-groups",
                            "test",
                            "-x",
                            Maker.image() + "/cgi-bin/upsset.cgi"));
            assumeTrue(reads.awaitExit(Await.LONG) == 0, "the web server's user cannot read " + Maker.image());
        }
        command.add(program.toString());
        command.addAll(options);
        command.add(file.toString());
        var server = box.start(debian, command);
        var base = URI.create("http://127.0.0.1:" + port + "/nut/");
        Await.until(debian + " answers", () -> {
            if (!server.alive()) {
                throw new AssertionError(debian + " ended: " + server.log());
            }
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
        return base;
    }

    private static void open(Sandbox box) {
        try {
            Files.setPosixFilePermissions(box.dir(), PosixFilePermissions.fromString("rwxrwxrwx"));
            try (var files = Files.list(box.conf())) {
                for (var one : files.toList()) {
                    Files.setPosixFilePermissions(one, PosixFilePermissions.fromString("rw-r--r--"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Answer get(URI base, String page) {
        return send(HttpRequest.newBuilder(base.resolve(page)).GET());
    }

    static Answer post(URI base, String page, String body, String... headers) {
        var request = HttpRequest.newBuilder(base.resolve(page))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.ISO_8859_1));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    private static Answer send(HttpRequest.Builder request) {
        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(
                    request.timeout(Await.LONG).build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
