package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is in Debian's packages. That they install, upgrade and purge is tried by packaging/src/deb/prove-packages.
class PackagesIT {
    /// A line of `dpkg-deb -c`: mode, owner, size, date, time, name.
    private static final Pattern LINE =
            Pattern.compile("(\\S+) (\\S+) +\\d+ \\S+ \\S+ \\./(\\S+?)(?: -> (\\S+)| link to \\S+)?");

    @TempDir
    private static Path dir;

    private record Entry(String mode, String owner, String target) {}

    /// Files and links by package and path.
    private static final Map<String, Map<String, Entry>> PACKAGES = new HashMap<>();

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        for (var tool : List.of("bash", "dpkg-deb", "dpkg")) {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool)), "no " + tool + " here");
        }
        Path script = Path.of(System.getProperty("nut.root", ".."), "packaging", "src", "deb", "build-deb");
        run("bash", script.toString(), Maker.image().toString(), dir.toString());
        try (var files = Files.list(dir)) {
            for (Path deb : (Iterable<Path>) files::iterator) {
                String name = deb.getFileName().toString();
                if (name.endsWith(".deb")) {
                    PACKAGES.put(name.substring(0, name.indexOf('_')), contents(deb));
                }
            }
        }
    }

    private static String run(String... words) throws IOException, InterruptedException {
        Path out = dir.resolve("out");
        var builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().putAll(Map.of("COMPRESS", "none", "CACHES", "false", "ARCHIVE", "false", "LC_ALL", "C"));
        var process = builder.start();
        process.getOutputStream().close();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), () -> List.of(words) + " does not end");
        String said = Files.exists(out) ? Files.readString(out) : "";
        assertEquals(0, process.exitValue(), said);
        return said;
    }

    private static Map<String, Entry> contents(Path deb) throws IOException, InterruptedException {
        var entries = new HashMap<String, Entry>();
        for (var line : run("dpkg-deb", "-c", deb.toString()).split("\n", -1)) {
            var matcher = LINE.matcher(line);
            if (!line.startsWith("d") && matcher.matches()) {
                var target = matcher.group(4);
                entries.put(
                        '/' + matcher.group(3),
                        new Entry(matcher.group(1), matcher.group(2), target == null ? "" : target));
            }
        }
        return entries;
    }

    private static Path deb(String name) throws IOException {
        try (var files = Files.list(dir)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name + "_"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void everyProgramHasALinkInThePackageOfItsKind() throws IOException {
        var wrong = new ArrayList<String>();
        int programs = 0;
        for (var line : Files.readAllLines(Maker.image().resolve("share/nut/programs"))) {
            var words = line.split(" ", -1);
            var target = "nut-jvm/" + words[1] + '/' + words[2];
            programs++;
            if (PACKAGES.getOrDefault("nut-jvm-" + words[0], Map.of()).values().stream()
                    .noneMatch(entry -> entry.target.endsWith(target))) {
                wrong.add(line);
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(programs > 20, programs + " programs");
        assertTrue(PACKAGES.getOrDefault("nut-jvm-server", Map.of()).containsKey("/usr/sbin/upsd"));
        assertTrue(PACKAGES.getOrDefault("nut-jvm-server", Map.of()).containsKey("/usr/lib/nut/usbhid-ups"));
        assertTrue(PACKAGES.getOrDefault("nut-jvm-client", Map.of()).containsKey("/usr/sbin/upsmon"));
    }

    @Test
    void noFileIsInTwoPackagesThatGoTogether() {
        var owners = new HashMap<String, String>();
        var twice = new ArrayList<String>();
        PACKAGES.forEach((name, entries) -> entries.keySet().forEach(path -> {
            // nut-jvm-java takes the place of nut-jvm-runtime.
            String other = owners.put(path, name);
            if (other != null && !(other + name).contains("nut-jvm-java")) {
                twice.add(path + ": " + other + ", " + name);
            }
        }));
        assertEquals(List.of(), twice);
        assertTrue(owners.size() > 100, owners.size() + " files");
    }

    @Test
    void configurationIsDpkgsAndClosed() throws IOException, InterruptedException {
        int found = 0;
        for (var each : PACKAGES.entrySet()) {
            var listed = run("dpkg-deb", "-f", deb(each.getKey()).toString(), "Package") + conffiles(each.getKey());
            for (var file : each.getValue().entrySet()) {
                if (file.getKey().startsWith("/etc/")) {
                    found++;
                    // The web server's user reads those of the status pages, which have no passwords.
                    boolean open = each.getKey().equals("nut-jvm-cgi")
                            && !file.getKey().endsWith("/nut-cgi.conf");
                    String closed = open ? "-rw-r--r-- root/root" : "-rw-r----- root/root";
                    assertEquals(closed, file.getValue().mode + ' ' + file.getValue().owner, file.getKey());
                    assertTrue(listed.contains('\n' + file.getKey() + '\n'), file.getKey());
                }
            }
        }
        assertTrue(found >= 6, found + " files");
    }

    private static String conffiles(String name) throws IOException, InterruptedException {
        Path control = dir.resolve("control-" + name);
        run("dpkg-deb", "-e", deb(name).toString(), control.toString());
        Path file = control.resolve("conffiles");
        return '\n' + (Files.exists(file) ? Files.readString(file) : "");
    }

    @Test
    void whatAPackageNeedsIsThere() {
        for (var path : List.of(
                "/usr/lib/systemd/system/nut-server.service",
                "/usr/lib/systemd/system/nut-driver@.service",
                "/usr/lib/udev/rules.d/62-nut-usbups.rules")) {
            assertTrue(PACKAGES.getOrDefault("nut-jvm-server", Map.of()).containsKey(path), path);
        }
        for (var path : List.of(
                "/usr/lib/systemd/system/nut.target",
                "/usr/lib/systemd/system/nut-monitor.service",
                "/usr/lib/systemd/system-shutdown/nutshutdown")) {
            assertTrue(PACKAGES.getOrDefault("nut-jvm-client", Map.of()).containsKey(path), path);
        }
        for (var path : List.of("/usr/lib/sysusers.d/nut-common.conf", "/usr/lib/tmpfiles.d/nut-common.conf")) {
            assertTrue(PACKAGES.getOrDefault("nut-jvm-common", Map.of()).containsKey(path), path);
        }
        assertTrue(PACKAGES.getOrDefault("nut-jvm-runtime", Map.of())
                .containsKey("/usr/lib/nut-jvm/lib/runtime/bin/upsd"));
        assertTrue(PACKAGES.getOrDefault("nut-jvm-java", Map.of())
                .containsKey("/usr/lib/nut-jvm/lib/natives/aarch64/libusb4java.so"));
    }

    /// What dpkg would ask about is out of its way while the package is unpacked, and comes back.
    @Test
    void configurationOfOthersIsSetAsideAndPutBack() throws IOException, InterruptedException {
        Path etc = Files.createDirectory(dir.resolve("etc"));
        Path file = Files.writeString(etc.resolve("ups.conf"), "[mine]\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        script("nut-jvm-server", "preinst", etc, "install");
        Path shipped = Maker.image().resolve("etc").resolve("ups.conf.sample");
        assertEquals(Files.readString(shipped), Files.readString(file));
        assertEquals("[mine]\n", Files.readString(etc.resolve("ups.conf.nut-jvm-kept")));
        // Somebody tries again after it was interrupted: what was set aside first counts.
        script("nut-jvm-server", "preinst", etc, "install");
        script("nut-jvm-server", "postrm", etc, "abort-install");
        assertEquals("[mine]\n", Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (var left = Files.list(etc)) {
            assertEquals(List.of(file), left.toList());
        }
    }

    private static void script(String name, String script, Path etc, String argument)
            throws IOException, InterruptedException {
        Path control = dir.resolve("moved-" + name + "-" + script);
        if (!Files.exists(control)) {
            run("dpkg-deb", "-e", deb(name).toString(), control.toString());
        }
        Path moved = control.resolve(script);
        String text = Files.readString(moved);
        assertTrue(text.contains("\netc=/etc/nut\n") || text.contains("\netc=" + etc + "\n"));
        Files.writeString(moved, text.replace("\netc=/etc/nut\n", "\netc=" + etc + "\n"));
        run("/bin/sh", moved.toString(), argument);
    }

    /// A shell would say so only where the script runs: in the middle of an installation.
    @Test
    void scriptsOfPackagesAreShell() throws IOException, InterruptedException {
        for (var name : PACKAGES.keySet()) {
            Path control = dir.resolve("scripts-" + name);
            run("dpkg-deb", "-e", deb(name).toString(), control.toString());
            for (var script : List.of("preinst", "postinst", "prerm", "postrm")) {
                assertEquals("", run("/bin/sh", "-n", control.resolve(script).toString()), name);
            }
        }
        assertTrue(PACKAGES.size() >= 5, PACKAGES.keySet()::toString);
    }
}
