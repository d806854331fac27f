package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// systemd's units and the scripts they call, as far as that goes without a systemd that runs.
class UnitsIT {
    private static final String HOME = "/usr/lib/nut-jvm";

    @TempDir
    private Path dir;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path conf;

    @BeforeEach
    void configuration() throws IOException {
        conf = Files.createDirectory(dir.resolve("conf"));
    }

    private record Ran(int status, String out) {}

    private Ran run(Map<String, String> environment, List<String> words) throws IOException, InterruptedException {
        Path out = dir.resolve("out");
        var builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().putAll(Map.of("NUT_CONFPATH", conf.toString(), "LC_ALL", "C"));
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> words + " does not end");
        return new Ran(process.exitValue(), Files.readString(out));
    }

    private static Path share(String path) {
        return Maker.image().resolve("share").resolve("systemd").resolve(path);
    }

    /// The units, with the tree where it is now.
    private Path units() throws IOException {
        Path units = Files.createDirectory(dir.resolve("units"));
        try (var files = Files.list(share("system"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.writeString(
                        units.resolve(file.getFileName().toString()),
                        Files.readString(file).replace(HOME, Maker.image().toString()));
            }
        }
        return units;
    }

    private static String analyze() {
        Path analyze = Path.of("/usr/bin/systemd-analyze");
        assumeTrue(Files.isExecutable(analyze), "apt-get install systemd");
        return analyze.toString();
    }

    @Test
    void systemdFindsNothingWrong() throws IOException, InterruptedException {
        Path units = units();
        var words = new ArrayList<>(List.of(analyze(), "verify", "--man=no"));
        try (var files = Files.list(units)) {
            files.map(file -> file.toString().replace("@.", "@ups.")).sorted().forEach(words::add);
        }
        var ran = run(Map.of("SYSTEMD_UNIT_PATH", units + ":"), words);
        // Of other people's units systemd may have something to say, too.
        var ours = ran.out
                .lines()
                .filter(line -> line.contains("nut") || line.contains("ups"))
                .toList();
        assertEquals(List.of(), ours);
        assertTrue(words.size() > 10, words::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nut-server.service", "nut-driver@.service", "nut-cgi.service"})
    void isKeptInItsPlace(String unit) throws IOException, InterruptedException {
        var ran = run(
                Map.of(),
                List.of(
                        analyze(),
                        "security",
                        "--offline=yes",
                        "--threshold=30",
                        share("system").resolve(unit).toString()));
        assumeTrue(!ran.out.contains("unrecognized option"), "this systemd-analyze cannot rate files");
        assertEquals(0, ran.status, ran.out);
    }

    /// A daemon has become another user when it is told to reload, whom root may not signal without that capability.
    @Test
    void whatMayNotSignalOthersReloadsInFullRights() throws IOException {
        int seen = 0;
        try (var files = Files.list(share("system"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                var lines = Files.readAllLines(file);
                boolean signals =
                        lines.stream().anyMatch(line -> line.startsWith("ExecReload=") && line.contains("kill "));
                boolean may = lines.stream()
                        .filter(line -> line.startsWith("CapabilityBoundingSet="))
                        .allMatch(line -> line.contains("CAP_KILL"));
                if (signals && !may) {
                    seen++;
                    assertTrue(lines.stream().anyMatch(line -> line.startsWith("ExecReload=+")), file::toString);
                }
            }
        }
        assertTrue(seen >= 2, "units of upsd and drivers");
    }

    private Ran condition(String part, String nutConf, String... files) throws IOException, InterruptedException {
        Files.writeString(conf.resolve("nut.conf"), nutConf);
        for (var file : files) {
            Files.writeString(conf.resolve(file), "");
        }
        return run(
                Map.of(), List.of(Maker.image().resolve("libexec/nut-condition").toString(), part));
    }

    @ParameterizedTest
    @CsvSource({
        "server,     MODE=standalone,        0",
        "server,     MODE=\"netserver\",     0",
        "server,     MODE=netclient,         1",
        "server,     MODE=none,              1",
        "server,     MODE='',                0",
        "driver,     MODE=netserver # here,  0",
        "driver,     MODE=netclient,         1",
        "driver,     export MODE=none,       1",
        "enumerator, MODE=netclient,         1",
        "monitor,    MODE=netclient,         0",
        "monitor,    MODE=none,              1",
        "monitor,    MODE=NetClient,         0",
        "server,     MODE=NetClient,         1",
        "settle,     MODE=standalone,        0",
        "settle,     MODE=none,              1",
    })
    void modeDecides(String part, String line, int status) throws IOException, InterruptedException {
        var ran = condition(part, "#MODE=none\n" + line + "\n", "ups.conf", "upsd.conf", "upsd.users", "upsmon.conf");
        assertEquals(status, ran.status, ran.out);
        assertEquals(status != 0, ran.out.contains("does not start: "), ran.out);
    }

    @Test
    void blanksAroundTheSignAreReadAndToldOf() throws IOException, InterruptedException {
        var ran = condition("server", "MODE = netclient\n", "ups.conf", "upsd.conf", "upsd.users");
        assertEquals(1, ran.status, ran.out);
        assertTrue(ran.out.contains("write MODE=netclient without blanks around the sign"), ran.out);
    }

    @Test
    void aWordThatIsNoModeIsToldOf() throws IOException, InterruptedException {
        var ran = condition("monitor", "MODE=netcleint\n", "upsmon.conf");
        assertEquals(0, ran.status, ran.out);
        assertTrue(ran.out.contains("MODE=netcleint is none of none, standalone, netserver, netclient"), ran.out);
    }

    @ParameterizedTest
    @CsvSource({"driver, ups.conf", "server, upsd.conf", "monitor, upsmon.conf"})
    void aMissingFileIsAFailureWithACure(String part, String file) throws IOException, InterruptedException {
        var ran = condition(part, "MODE=standalone\n", file.equals("upsd.conf") ? "ups.conf" : "other");
        assertEquals(255, ran.status, ran.out);
        assertTrue(ran.out.contains("cannot start: " + conf.resolve(file) + " does not exist. Write it"), ran.out);
        assertTrue(ran.out.contains("systemctl restart nut.target"), ran.out);
    }

    private Path script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// A tree whose programs write down how they are called.
    private Path recorders(boolean flag) throws IOException {
        Path home = dir.resolve("home");
        String note = "echo \"${0##*/} $*\" >> " + dir.resolve("calls") + "\n";
        script(home.resolve("sbin/upsmon"), note + "exit " + (flag ? 0 : 1) + "\n");
        script(home.resolve("sbin/upsdrvctl"), note);
        Files.writeString(conf.resolve("ups.conf"), "");
        for (var command : List.of("sleep", "systemctl")) {
            script(dir.resolve("path").resolve(command), note);
        }
        return home;
    }

    private List<String> atShutdown(boolean flag, String nutConf) throws IOException, InterruptedException {
        Files.writeString(conf.resolve("nut.conf"), nutConf);
        Path home = recorders(flag);
        String text = Files.readString(Maker.image().resolve("libexec/nutshutdown"));
        assertTrue(text.contains("\nhome=" + HOME + "\n"));
        Path hook = script(dir.resolve("hook"), text.replace("home=" + HOME, "home=" + home));
        var ran = run(Map.of("PATH", dir.resolve("path") + ":/usr/bin:/bin"), List.of(hook.toString(), "poweroff"));
        assertEquals(0, ran.status, ran.out);
        Path calls = dir.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls, StandardCharsets.US_ASCII) : List.of();
    }

    @Test
    void theHookSwitchesOffWhatUpsmonHasMarked() throws IOException, InterruptedException {
        assertEquals(
                List.of("upsmon -K", "upsdrvctl shutdown"), atShutdown(true, "MODE=standalone\nPOWEROFF_QUIET=true\n"));
    }

    @Test
    void theHookLeavesAnOrdinaryShutdownAlone() throws IOException, InterruptedException {
        assertEquals(List.of("upsmon -K"), atShutdown(false, "MODE=standalone\nPOWEROFF_WAIT=15m\n"));
    }

    @Test
    void theHookDoesNothingWhereNutIsOff() throws IOException, InterruptedException {
        assertEquals(List.of(), atShutdown(true, "MODE = none\n"));
    }

    @Test
    void theHookStartsAgainWhenThePowerDoesNotGo() throws IOException, InterruptedException {
        assertEquals(
                List.of("upsmon -K", "upsdrvctl shutdown", "sleep 1m 5s", "systemctl reboot --force --force"),
                atShutdown(true, "MODE=netserver\nPOWEROFF_WAIT = \"1m 5s\" # enough\nPOWEROFF_QUIET=true\n"));
    }

    /// Starts a unit's driver where upsdrvctl says it is to become the given one.
    private List<String> started(String driver) throws IOException, InterruptedException {
        Path home = recorders(true);
        script(
                home.resolve("sbin/upsdrvctl"),
                "echo \"upsdrvctl $*\" >> " + dir.resolve("calls") + "\necho \"exec '" + driver + "' '-a' 'ups'\"\n");
        script(home.resolve("bin/ours"), "echo \"ours $*\" >> " + dir.resolve("calls") + "\n");
        script(dir.resolve("theirs"), "echo \"theirs $*\" >> " + dir.resolve("calls") + "\n");
        script(
                dir.resolve("path").resolve("systemd-notify"),
                "echo \"notify $1 $3\" >> " + dir.resolve("calls") + "\n");
        Path start = home.resolve("libexec/nut-driver-start");
        script(start, Files.readString(Maker.image().resolve("libexec/nut-driver-start")));
        var ran = run(
                Map.of(
                        "PATH",
                        dir.resolve("path") + ":/usr/bin:/bin",
                        "NOTIFY_SOCKET",
                        dir.resolve("nobody").toString(),
                        "DEVICE",
                        "\"ups\""),
                List.of(start.toString(), "ups"));
        assertEquals(0, ran.status, ran.out);
        return Files.readAllLines(dir.resolve("calls"));
    }

    @Test
    void aDriverOfOursTellsOfItself() throws IOException, InterruptedException {
        assertEquals(
                List.of("upsdrvctl -FF start ups", "ours -a ups"),
                started(dir.resolve("home/bin/ours").toString()));
    }

    @Test
    void aDriverOfCNutIsAnnounced() throws IOException, InterruptedException {
        assertEquals(
                List.of("upsdrvctl -FF start ups", "notify --ready WATCHDOG_USEC=0", "theirs -a ups"),
                started(dir.resolve("theirs").toString()));
    }
}
