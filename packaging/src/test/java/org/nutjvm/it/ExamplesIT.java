package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nutjvm.docs.ShellBlocks;

/// The commands of the manual's EXAMPLES, each typed as it stands there, on a machine where their UPSes are.
@ExtendWith(LogsOnFailure.class)
class ExamplesIT {
    private static final Path MANUAL = Path.of(System.getProperty("nut.root", ".."))
            .toAbsolutePath()
            .normalize()
            .resolve("docs/man");

    /// What has to be done before a page's examples.
    private static final Map<String, String> BEFORE = Map.of(
            "nut-check.8.md", "cp -a /etc/nut etc",
            "nutconf.8.md", "install -d -g nut conf; export NUT_CONFPATH=$HOME/conf",
            "upsd.8.md", "stop",
            "upsd.conf.5.md", "install -d tls; cd tls",
            "upsdrvctl.8.md", "upsdrvctl stop");

    /// And after them.
    private static final Map<String, String> AFTER = Map.of(
            "upsmon.8.md",
                    "until test -e /run/nut/down; do sleep 0.1; done; stop; upsdrvctl stop || :; rm -f /run/nut/*; again",
            "nutconf.8.md", "unset NUT_CONFPATH",
            "upsd.8.md", "upsdrvctl stop; again",
            "upsdrvctl.8.md", "upsdrvctl start myups; logged_in",
            "upsd.conf.5.md", "openssl verify -CAfile ca.pem /etc/nut/upsd.pem; cd ..");

    /// Those that do not end with 0 by themselves, and how they are typed.
    private static final Map<String, String> OTHERWISE = Map.of(
            "upsd -D -D", "stays 'Connected to UPS'",
            "upscmd -u admin -w myups test.battery.start.quick", "refused CMD-NOT-SUPPORTED",
            "upscmd -u admin myups@192.168.1.10 load.off.delay 60", "refused CMD-NOT-SUPPORTED",
            // The flag is there, and a simulated UPS cannot be switched off.
            "if upsmon -K; then upsdrvctl shutdown; fi", "flagged; refused 'shutdown command'",
            "upslog -s myups -l - -i 5", "stays OL",
            "nut-cgi --listen 127.0.0.1:8080", "stays 'listening on 127.0.0.1:8080'");

    private final Sandbox box = new Sandbox();

    @AfterEach
    void end() {
        box.close();
    }

    @Test
    void examplesWork() throws IOException {
        var script = new ArrayList<>(List.of("set -eu", Typist.resource("served.sh")));
        int typed = 0;
        try (var pages = Files.newDirectoryStream(MANUAL, "*.[58].md")) {
            var sorted = new ArrayList<Path>();
            pages.forEach(sorted::add);
            sorted.sort(null);
            for (Path page : sorted) {
                String name = page.getFileName().toString();
                var blocks = ShellBlocks.of(page);
                if (!blocks.isEmpty()) {
                    script.add("echo '## " + name + "'");
                    script.add(BEFORE.getOrDefault(name, ":"));
                    for (var block : blocks) {
                        for (String line : block.text().lines().toList()) {
                            script.add(OTHERWISE.getOrDefault(line, "typed") + " " + quoted(line));
                            typed++;
                        }
                    }
                    script.add(AFTER.getOrDefault(name, ":"));
                }
            }
        }
        var result = Typist.type(box, "the manual's examples", script, "root");
        assertEquals(0, result.exit(), () -> result.out() + result.err());
        assertEquals(
                typed,
                result.out().lines().filter(line -> line.startsWith("### ")).count());
    }

    private static String quoted(String line) {
        return "'" + line.replace("'", "'\\''") + "'";
    }
}
