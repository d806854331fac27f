package org.nutjvm.packaging.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.nutjvm.cgi.serve.NutCgi;

/// What browsers ask of the small server of status pages: each page, its news, a command, and what is refused.
final class TrainNutCgi {
    private static final int LIMIT_MILLIS = 30_000;
    private static final int PAUSE_MILLIS = 50;

    private final NutCgi program = new NutCgi(System.getenv(), System.out, System.err);
    private final String ups;

    private TrainNutCgi(String device) {
        this.ups = "/ups/" + device;
    }

    /// Serves and asks; throws if an answer is not as it should be.
    static void play(String device, String user, String password) {
        var training = new TrainNutCgi(device);
        Map<String, String> env = System.getenv();
        try {
            Path conf = Path.of(env.getOrDefault("NUT_CONFPATH", ""));
            Files.writeString(
                    conf.resolve("hosts.conf"), "MONITOR " + device + " Rehearsal\nMONITOR no@localhost:1 x\n");
            Files.writeString(conf.resolve("upsset.conf"), "I_HAVE_SECURED_MY_CGI_DIRECTORY\n");
            Files.writeString(
                    conf.resolve("nut-cgi.conf"), "POLLINTERVAL 1\nHISTORY " + conf.resolve("nut-cgi-history") + "\n");
            Thread server = Thread.ofPlatform()
                    .daemon()
                    .start(() -> training.program.run(
                            List.of("--listen", "127.0.0.1:0", "-u", System.getProperty("user.name"))));
            training.browse("username=" + user + "&password=" + password);
            training.program.stop("the rehearsal is over");
            server.join(LIMIT_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void browse(String login) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT_MILLIS * 1_000_000L;
        while (program.addresses().isEmpty() || !get(200, "/index.json").contains("\"battery.charge\": ")) {
            if (System.nanoTime() > deadline) {
                throw new IOException("nut-cgi knows nothing of its device");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        for (String path :
                List.of("/", ups, ups + ".json", ups + "/day", ups + "/week.json", "/metrics", "/style.css")) {
            get(200, path);
        }
        for (String path : List.of(ups + "/commands", ups + "/settings", "/upsstats.cgi?json", "/upsset.cgi")) {
            get(200, path);
        }
        get(404, "/no");
        get(200, "/upsimage.cgi?display=battery.charge&host=" + ups.substring(5));
        for (String path : List.of("/live", ups + "/live")) {
            try (var viewer = connect()) {
                viewer.getOutputStream().write(head("GET", path, ""));
                byte[] news = new byte[512];
                if (viewer.getInputStream().readNBytes(news, 0, news.length) < news.length) {
                    throw new IOException("no news at " + path);
                }
            }
        }
        change(ups + "/commands/driver.reload", login);
        change(ups + "/settings/battery.charge", login + "&value=96");
        Thread.sleep(1500); // a round of the poll with viewers gone
    }

    private void change(String path, String fields) throws IOException {
        String form = get(200, path);
        String cookie = between(form, "Set-Cookie: ", ";");
        String mark = between(form, "name=\"mark\" value=\"", "\"");
        String body = "mark=" + URLEncoder.encode(mark, StandardCharsets.US_ASCII) + '&' + fields;
        String more = "Cookie: " + cookie + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                + body.length() + "\r\n";
        exchange(200, path, head("POST", path, more), body);
    }

    private static String between(String text, String before, String after) {
        int start = text.indexOf(before) + before.length();
        return text.substring(start, text.indexOf(after, start));
    }

    private static byte[] head(String method, String path, String more) {
        return (method + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + more + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private String get(int status, String path) throws IOException {
        return exchange(status, path, head("GET", path, ""), "");
    }

    private Socket connect() throws IOException {
        InetSocketAddress address = program.addresses().getFirst();
        var socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(LIMIT_MILLIS);
        return socket;
    }

    private String exchange(int status, String path, byte[] head, String body) throws IOException {
        try (var socket = connect()) {
            socket.getOutputStream().write(head);
            socket.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            if (!answer.startsWith("HTTP/1.1 " + status + ' ')) {
                throw new IOException(path + ": " + answer);
            }
            return answer;
        }
    }
}
