package org.nutjvm.packaging.training;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nutjvm.cgi.run.Upsimage;
import org.nutjvm.cgi.run.Upsset;
import org.nutjvm.cgi.run.Upsstats;

/// What browsers ask of the programs for web servers, one request after the other in one process.
final class TrainCgi {
    private final Map<String, String> env = new HashMap<>(System.getenv());
    private final String program;
    private final String device;

    private TrainCgi(String program, String device) {
        this.program = program;
        this.device = encoded(device);
        env.put("GATEWAY_INTERFACE", "CGI/1.1");
        env.put("HTTP_HOST", "localhost");
    }

    /// Asks for pages; throws if one is not as it should be.
    static void play(String program, String device, String user, String password) {
        var client = new TrainCgi(program, device);
        try {
            client.configure(device);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        switch (program) {
            case "upsstats.cgi" -> client.stats();
            case "upsimage.cgi" -> client.image();
            default -> client.set("username=" + user + "&password=" + password + "&monups=" + client.device);
        }
    }

    /// The samples that come with the product, in the directory of the stage.
    private void configure(String device) throws IOException {
        Path conf = Path.of(env.getOrDefault("NUT_CONFPATH", ""));
        Path samples = Path.of(System.getProperty("nut.home", ""), "etc");
        for (String file : List.of("upsstats.html", "upsstats-single.html")) {
            Files.write(conf.resolve(file), Files.readAllBytes(samples.resolve(file + ".sample")));
        }
        Files.writeString(
                conf.resolve("hosts.conf"), "MONITOR " + device + " \"Rehearsal\"\nMONITOR no@localhost:1 x\n");
        Files.writeString(conf.resolve("upsset.conf"), "I_HAVE_SECURED_MY_CGI_DIRECTORY\n");
    }

    private void stats() {
        get(200, "");
        get(200, "json");
        get(200, "host=" + device);
        get(200, "host=" + device + "&treemode&refresh=30");
        get(200, "host=" + device + "&json");
        get(503, "host=no@localhost:1&treemode");
        get(403, "host=nobody");
        get(400, "%");
    }

    private void image() {
        for (String display :
                List.of("battery.charge", "input.voltage", "ups.load", "battery.voltage", "input.frequency")) {
            get(200, "host=" + device + "&display=" + display + "&bar_col=0xff");
        }
        get(403, "host=nobody&display=ups.load");
        get(503, "host=no@localhost:1&display=ups.load");
    }

    private void set(String login) {
        get(200, "");
        for (String function :
                List.of("pickups", "showsettings", "showcmds", "savesettings&UPSVAR_battery.charge=97")) {
            post(200, login + "&function=" + function);
        }
        post(200, login + "&function=docmd&upscommand=driver.reload");
        post(403, login + "&password=wrong&function=docmd&upscommand=driver.reload");
    }

    private void get(int status, String query) {
        env.put("REQUEST_METHOD", "GET");
        env.put("QUERY_STRING", query);
        ask(status, "");
    }

    private void post(int status, String body) {
        env.put("REQUEST_METHOD", "POST");
        env.put("CONTENT_TYPE", "application/x-www-form-urlencoded");
        env.put("CONTENT_LENGTH", Integer.toString(body.length()));
        env.put("HTTP_ORIGIN", "http://localhost");
        ask(status, body);
    }

    private void ask(int status, String body) {
        var in = new ByteArrayInputStream(body.getBytes(StandardCharsets.US_ASCII));
        var bytes = new ByteArrayOutputStream();
        var out = new PrintStream(bytes, false, StandardCharsets.ISO_8859_1);
        switch (program) {
            case "upsstats.cgi" -> Upsstats.run(env, in, out, System.err);
            case "upsimage.cgi" -> Upsimage.run(env, in, out, System.err);
            default -> Upsset.run(env, in, out, System.err);
        }
        String answer = bytes.toString(StandardCharsets.ISO_8859_1);
        if (!answer.startsWith("Status: " + status + ' ')) {
            throw new IllegalStateException(program + " " + env.get("QUERY_STRING") + body + ": " + answer);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.US_ASCII);
    }
}
