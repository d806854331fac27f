package org.nutjvm.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nutjvm.common.text.JsonText;
import org.opentest4j.AssertionFailedError;

/// Debian's chromium without a screen, spoken to through its driver in the words of the WebDriver standard: few enough
/// to need no library.
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
    private static final Pattern SESSION = Pattern.compile("\"sessionId\":\"([^\"]+)\"");
    private static final Pattern VALUE = Pattern.compile("\\{\"value\":\"(.*)\"}", Pattern.DOTALL);
    private static final Pattern ELEMENT = Pattern.compile("\"element-[^\"]*\":\"([^\"]+)\"");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.)", Pattern.DOTALL);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Proc driver;
    private final URI base;
    private final String session;
    private final Path pictures;

    private Browser(Proc driver, URI base, Path pictures) {
        this.driver = driver;
        this.base = base;
        this.pictures = pictures;
        String answer = send("POST", base.resolve("/session"), """
                {"capabilities":{"alwaysMatch":{"browserName":"chrome","goog:loggingPrefs":{"browser":"ALL"},
                "goog:chromeOptions":{"binary":"%s","args":["--headless=new","--no-sandbox","--disable-gpu",
                "--disable-dev-shm-usage","--hide-scrollbars","--no-proxy-server","--disable-background-networking",
                "--disable-extensions","--no-first-run"]}}}}""".formatted(CHROMIUM));
        Matcher id = SESSION.matcher(answer);
        if (!id.find()) {
            throw new AssertionFailedError("no session: " + answer);
        }
        session = id.group(1);
    }

    /// Starts it; where there is none, the test is skipped.
    ///
    /// @param pictures the directory for {@link #picture}
    static Browser start(Sandbox box, Path pictures) {
        assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "no chromium here: apt-get install chromium chromium-driver");
        var driver = box.start("chromedriver", List.of(DRIVER.toString(), "--port=0"));
        driver.awaitLog("started successfully on port");
        Matcher port = PORT.matcher(driver.log());
        if (!port.find()) {
            throw new AssertionFailedError("no port: " + driver.log());
        }
        try {
            Files.createDirectories(pictures);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Browser(driver, URI.create("http://127.0.0.1:" + port.group(1) + "/"), pictures);
    }

    private String send(String method, URI at, String json) {
        var body = HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(at).timeout(Duration.ofSeconds(30));
        try {
            var response = client.send(
                    request.method(method, json.isEmpty() ? HttpRequest.BodyPublishers.noBody() : body)
                            .build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() != 200) {
                throw new AssertionFailedError(at.getPath() + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String post(String command, String json) {
        return send("POST", base.resolve("/session/" + session + "/" + command), json);
    }

    private static String quoted(String text) {
        var json = new StringBuilder();
        JsonText.string(json, text);
        return json.toString();
    }

    /// What an answer has as its value, if that is a text.
    private static String value(String answer) {
        Matcher matcher = VALUE.matcher(answer);
        return matcher.matches() ? ESCAPE.matcher(matcher.group(1)).replaceAll(Browser::plain) : "";
    }

    private static String plain(MatchResult escape) {
        String word = escape.group(1);
        String text = switch (word.charAt(0)) {
            case 'u' -> String.valueOf((char) Integer.parseInt(word.substring(1), 16));
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            default -> word;
        };
        return Matcher.quoteReplacement(text);
    }

    /// Goes to an address and waits for the page.
    void open(URI address) {
        post("url", "{\"url\":" + quoted(address.toString()) + "}");
    }

    /// The value of an expression in the page, as text.
    String eval(String expression) {
        return value(
                post("execute/sync", "{\"script\":" + quoted("return String(" + expression + ")") + ",\"args\":[]}"));
    }

    /// All that can be read on the page.
    String text() {
        return eval("document.body.innerText");
    }

    /// Waits until the page shows that.
    void awaitText(String what) {
        Await.value("the page shows \"" + what + "\"", Await.LONG, this::text, text -> text.contains(what));
    }

    private String element(String css) {
        String answer = post("element", "{\"using\":\"css selector\",\"value\":" + quoted(css) + "}");
        Matcher id = ELEMENT.matcher(answer);
        if (!id.find()) {
            throw new AssertionFailedError("no " + css + ": " + answer);
        }
        return id.group(1);
    }

    void click(String css) {
        post("element/" + element(css) + "/click", "{}");
    }

    /// Replaces what stands in a field.
    void type(String css, String text) {
        String field = element(css);
        post("element/" + field + "/clear", "{}");
        post("element/" + field + "/value", "{\"text\":" + quoted(text) + "}");
    }

    private void devtools(String command, String parameters) {
        post("goog/cdp/execute", "{\"cmd\":" + quoted(command) + ",\"params\":" + parameters + "}");
    }

    /// Becomes a screen of that size.
    void screen(int width, int height, boolean phone) {
        devtools(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":%d,\"height\":%d,\"deviceScaleFactor\":1,\"mobile\":%b}".formatted(width, height, phone));
    }

    void dark(boolean dark) {
        devtools(
                "Emulation.setEmulatedMedia",
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + (dark ? "dark" : "light") + "\"}]}");
    }

    void scripts(boolean on) {
        devtools("Emulation.setScriptExecutionDisabled", "{\"value\":" + !on + "}");
    }

    /// Keeps the whole page as a picture.
    void picture(String name) {
        String answer = post(
                "goog/cdp/execute",
                "{\"cmd\":\"Page.captureScreenshot\",\"params\":{\"captureBeyondViewport\":true,\"format\":\"png\"}}");
        Matcher data = Pattern.compile("\"data\":\"([^\"]*)\"").matcher(answer);
        if (!data.find()) {
            throw new AssertionFailedError("no picture of " + name);
        }
        try {
            Files.write(pictures.resolve(name + ".png"), Base64.getDecoder().decode(data.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What axe-core finds on the page that keeps people out: one line each; empty if nothing does.
    String barriers() {
        String axe;
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            if (in == null) {
                throw new AssertionFailedError("axe-core is not on the class path");
            }
            axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        post("execute/sync", "{\"script\":" + quoted(axe) + ",\"args\":[]}");
        return value(post("execute/async", "{\"args\":[],\"script\":" + quoted("""
                const done = arguments[arguments.length - 1];
                axe.run(document, {resultTypes: ['violations']}).then(found => done(found.violations
                    .filter(one => one.impact === 'serious' || one.impact === 'critical')
                    .map(one => one.id + ': ' + one.nodes.map(node => node.target.join(' ') + ' ' + node.failureSummary)
                        .join('; '))
                    .join('\\n')), failed => done('axe failed: ' + failed));""") + "}"));
    }

    /// What the browser complained of since the last time: scripts that failed, what the page's policy forbids.
    String complaints() {
        String log = post("se/log", "{\"type\":\"browser\"}");
        return log.contains("\"level\":\"SEVERE\"") ? log : "";
    }

    @Override
    public void close() {
        try (client) {
            send("DELETE", base.resolve("/session/" + session), "");
        } finally {
            driver.kill();
        }
    }
}
