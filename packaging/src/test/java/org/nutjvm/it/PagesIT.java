package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nutjvm.docs.ShellBlocks;

/// What the documentation tells its readers to type, typed: page by page, from top to bottom, on a machine of its own.
/// Needs root, who alone can make one.
@ExtendWith(LogsOnFailure.class)
class PagesIT {
    private static final Path ROOT =
            Path.of(System.getProperty("nut.root", "..")).toAbsolutePath().normalize();

    private final Sandbox box = new Sandbox();

    @AfterEach
    void end() {
        box.close();
    }

    @Test
    void theGuideLeadsToAShutdown() throws IOException {
        String out = type("docs/guide.md", "root");
        assertInOrder(
                out,
                "Network UPS Tools upsd",
                "ups.status: OL",
                "127.0.0.1",
                "OB",
                "would shut down now",
                "the UPS would now be told to cut the power");
    }

    @Test
    void tablesAddDevices() throws IOException {
        for (String program : List.of("/usr/sbin/snmpd", "/usr/bin/socat", "/bin/bash")) {
            assumeTrue(Files.isExecutable(Path.of(program)), "no " + program + ": apt-get install snmpd socat bash");
        }
        String out = type("docs/add-a-device.md", "root");
        assertInOrder(
                out, "battery.runtime: 1440", "ups.model: Example Rack 3000", "ups.firmware: V1.2", "ups.load: 14");
    }

    @Test
    void theReadmeServesAUpsForAnybody() throws IOException {
        String out = type("README.md", "nobody");
        assertInOrder(out, "device.model: Home Office 1500", "ups.status: OL");
    }

    @Test
    void nutCheckFindsNothing() throws IOException {
        String out = type("docs/nut-check.md", "root", Typist.resource("served.sh"));
        assertInOrder(out, "0 errors, 0 warnings", "\"errors\": 0", "no-powerdownflag: ");
    }

    @Test
    void metricsAreServed() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "no /usr/bin/curl: apt-get install curl");
        String out = type("docs/metrics.md", "root", Typist.resource("served.sh"));
        assertInOrder(out, "network_ups_tools_battery_charge{", "} 100", "nut_battery_charge{", "} 1");
    }

    /// In a tree of its own with the image in it, where it finds nothing to build.
    @Test
    void theDemonstrationShowsAnOutage() throws IOException {
        assumeTrue(
                Files.exists(Maker.image().resolve("lib/tools.aot")),
                "the image has no caches, so that nut-demo would build it: mvn package");
        Path root = box.dir().resolve("root");
        Files.createDirectories(root.resolve("packaging/target"));
        Files.createDirectory(root.resolve("scripts"));
        Files.createSymbolicLink(root.resolve("packaging/target/nut"), Maker.image());
        for (String file : List.of("nut-demo", "scripts/setup.sh")) {
            Files.copy(ROOT.resolve(file), root.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        var result = box.run("nut-demo", List.of(root.resolve("nut-demo").toString()));
        assertEquals(0, result.exit(), result.err());
        assertTrue(result.out().contains("Mains power fails:"), result.out());
        assertTrue(Pattern.compile("ups.status\nOB\n").matcher(result.out()).find(), result.out());
    }

    /// Runs the shell blocks of a page.
    ///
    /// @param before what the page takes for granted
    /// @return what they printed
    private String type(String page, String user, String... before) throws IOException {
        var script = new ArrayList<>(List.of("set -eu"));
        script.addAll(List.of(before));
        for (var block : ShellBlocks.of(ROOT.resolve(page))) {
            script.add("echo '### " + page + ", line " + block.line() + "'");
            script.add(block.text());
        }
        var result = Typist.type(box, page, script, user);
        assertEquals(0, result.exit(), () -> result.out() + result.err());
        return result.out();
    }

    private static void assertInOrder(String text, String... pieces) {
        int from = 0;
        for (String piece : pieces) {
            int at = text.indexOf(piece, from);
            assertTrue(at >= 0, () -> "no \"" + piece + "\" where it should be in:\n" + text);
            from = at + piece.length();
        }
    }
}
