package org.nutjvm.tools.enumerator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.tools.upsdrvsvcctl.Upsdrvsvcctl;

/// Services come and go with sections of ups.conf, in a systemd that is a shell script.
@Timeout(60)
class EnumeratorTest {
    private static final Path UPSTREAM = Path.of("/usr/libexec/nut-driver-enumerator.sh");

    /// A systemctl that keeps an empty file for each unit that is enabled, and notes what it is told to do. Units of
    /// devices called `bad...` cannot be enabled, as those whose names systemd does not take.
    private static final String SYSTEMCTL = """
            #!/bin/sh
            cd ${0%/*}/../systemd
            case $1 in
            show) for unit in nut-driver@*.service; do [ -e "$unit" ] && echo "Id=$unit"; done; exit 0 ;;
            is-active) echo active; exit 0 ;;
            is-enabled) [ -e "$2" ] && echo enabled || { echo disabled; exit 1; }; exit 0 ;;
            enable) case $2 in nut-driver@bad*) exit 1 ;; esac; : > "$2" ;;
            disable) rm -f "$2" ;;
            esac
            echo "$*" >> calls
            """;

    @TempDir
    Path dir;

    private Path systemd;
    private final Map<String, String> env = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void environment() throws IOException {
        systemd = Files.createDirectory(dir.resolve("systemd"));
        Path bin = Files.createDirectory(dir.resolve("bin"));
        Path systemctl = Files.writeString(bin.resolve("systemctl"), SYSTEMCTL);
        Files.setPosixFilePermissions(systemctl, PosixFilePermissions.fromString("rwxr-xr-x"));
        env.put("PATH", bin + ":" + System.getenv("PATH"));
        env.put("NUT_CONFPATH", dir.toString());
        env.put("NUT_STATEPATH", dir.toString());
        env.put("SYSTEMD_CONFPATH", dir.resolve("etc").toString());
        // A process is looked for on this process's own path, so the fake is called through env(1).
        env.put("TIMEOUT_CMD", "/usr/bin/env");
        env.put("TIMEOUT_ARGS", "PATH=" + bin + ":/usr/bin:/bin");
    }

    private void conf(String text) throws IOException {
        Files.writeString(dir.resolve("ups.conf"), text);
    }

    private int run(String... args) {
        out.reset();
        err.reset();
        return new NutDriverEnumerator(env, print(out), print(err)).run(List.of(args));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.ISO_8859_1);
    }

    private String out() {
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private String err() {
        return err.toString(StandardCharsets.ISO_8859_1);
    }

    /// What systemctl was told since the last time.
    private List<String> calls() throws IOException {
        Path file = systemd.resolve("calls");
        if (!Files.exists(file)) {
            return List.of();
        }
        var calls = Files.readAllLines(file);
        Files.delete(file);
        return calls;
    }

    private String dropIn(String instance, String kind) throws IOException {
        return Files.readString(dir.resolve(
                "etc/nut-driver@" + instance + ".service.d/nut-driver-enumerator-generated" + kind + ".conf"));
    }

    private static final String TWO = """
            maxretry = 3
            [one]
              driver = usbhid-ups
              port = auto
            [two]
              driver = dummy-ups
              port = one@localhost
            """;

    @Test
    void aServiceForEachSection() throws IOException {
        conf(TWO);
        assertEquals(Enumerator.CHANGED, run(), err());
        assertEquals(
                List.of(
                        "enable nut-driver@one.service",
                        "daemon-reload",
                        "start --no-block nut-driver@one.service",
                        "enable nut-driver@two.service",
                        "daemon-reload",
                        "start --no-block nut-driver@two.service",
                        "daemon-reload",
                        "reload-or-restart nut-server"),
                calls());
        assertEquals("[Service]\nEnvironment='DEVICE=\"one\"'\n", dropIn("one", "-devicename"));
        assertTrue(dropIn("one", "").contains("Wants=systemd-udevd.service nut-udev-settle.service\n"));
        assertTrue(dropIn("two", "").contains("After=network.target nut-driver@one.service\n"), dropIn("two", ""));
        assertTrue(dropIn("two", "-doclink").contains("Documentation=man:dummy-ups(8)"));
        assertEquals(0, run(), err());
        assertEquals(List.of(), calls(), "the second time nothing is to do");
        env.put("REPORT_RESTART_42", "no");
        assertEquals(0, run("--reconfigure"), err());
    }

    @Test
    void sectionsComeAndGo() throws IOException {
        conf(TWO);
        run();
        calls();
        conf(TWO.replace("[two]", "[three]"));
        assertEquals(Enumerator.CHANGED, run(), err());
        assertEquals(
                List.of(
                        "stop nut-driver@two.service",
                        "disable nut-driver@two.service",
                        "reset-failed nut-driver@two.service",
                        "enable nut-driver@three.service",
                        "daemon-reload",
                        "start --no-block nut-driver@three.service",
                        "daemon-reload",
                        "reload-or-restart nut-server"),
                calls());
        assertFalse(Files.exists(dir.resolve("etc/nut-driver@two.service.d")));
    }

    @Test
    void aChangedSectionIsMadeAnew() throws IOException {
        conf(TWO);
        run();
        calls();
        conf(TWO.replace("port = auto", "port = auto\n  serial = 7"));
        assertEquals(Enumerator.CHANGED, run(), err());
        var calls = calls();
        assertTrue(calls.contains("stop nut-driver@one.service"), calls.toString());
        assertTrue(calls.contains("enable nut-driver@one.service"), calls.toString());
        assertFalse(calls.toString().contains("two"), calls.toString());
    }

    @Test
    void whatOnlyLooksDifferentChangesNothing() throws IOException {
        conf(TWO);
        run();
        calls();
        conf("# a comment\n" + TWO.replace("port = auto", "\tport=\"auto\"  "));
        assertEquals(0, run(), err());
        assertEquals(List.of(), calls());
    }

    @Test
    void aChangedGlobalSettingRestartsAll() throws IOException {
        conf(TWO);
        run();
        calls();
        conf(TWO.replace("maxretry = 3", "maxretry = 4"));
        assertEquals(Enumerator.CHANGED, run(), err());
        assertEquals(
                List.of(
                        "reload-or-restart nut-driver@one",
                        "reload-or-restart nut-driver@two",
                        "daemon-reload",
                        "reload-or-restart nut-server"),
                calls());
    }

    @Test
    void namesSystemdDoesNotTakeAreHashed() throws IOException {
        conf("[bad name]\n driver = x\n port = y\n[bad,one]\n driver = dummy-ups\n port = x\n");
        assertEquals(Enumerator.CHANGED, run(), err());
        String hashed = "MD5_" + NormalConf.md5("bad,one");
        assertEquals(0, run("--get-service-for-device", "bad,one"));
        assertEquals("nut-driver@" + hashed + ".service\n", out());
        for (String asked : List.of(hashed, "nut-driver@" + hashed + ".service")) {
            assertEquals(0, run("--get-device-for-service", asked), err());
            assertEquals("bad,one\n", out());
        }
        assertEquals(0, run(), err());
    }

    @Test
    void aNameCannotLeaveTheDirectory() throws IOException {
        conf("[../../evil]\n driver = dummy-ups\n port = x\n");
        assertEquals(Enumerator.CHANGED, run(), err());
        assertTrue(Files.exists(dir.resolve("etc/nut-driver@" + Units.hashed("../../evil") + ".service.d")));
    }

    @Test
    void questions() throws IOException {
        conf(TWO);
        run();
        assertEquals(0, run("--list-devices"));
        assertEquals("one\ntwo\n", out());
        assertEquals(0, run("--list-services"));
        assertEquals("nut-driver@one.service\nnut-driver@two.service\n", out());
        assertEquals(0, run("--list-instances"));
        assertEquals("one\ntwo\n", out());
        assertEquals(0, run("--list-services-for-devices"));
        assertEquals("nut-driver@one.service\tone\nnut-driver@two.service\ttwo\n", out());
        assertEquals(0, run("--get-device-for-service", "two"));
        assertEquals("two\n", out());
        assertEquals(1, run("--get-device-for-service", "three"));
        assertEquals(1, run("--get-service-for-device", "three"));
        assertTrue(err().contains("No service instances detected that match device 'three'"), err());
        assertEquals(0, run("--show-config", "two"));
        assertEquals("[two]\ndriver=dummy-ups\nport=one@localhost\n", out());
        assertEquals(0, run("--show-config", ""));
        assertEquals("maxretry=3\n", out());
        assertEquals(1, run("--show-device-config-value", "one", "port", "nolock", "driver"));
        assertEquals("auto\n\nusbhid-ups\n", out());
        assertEquals(0, run("--get-service-framework"));
        assertEquals("systemd\n", out());
        assertEquals(1, run("--nonsense"));
        Files.delete(dir.resolve("ups.conf"));
        assertEquals(Enumerator.NO_FILE, run());
        assertEquals(Enumerator.NO_FILE, run("--list-devices"));
    }

    /// Nasty to read: checksums must be upstream's all the same, or changing over would restart every driver.
    private static final String NASTY = """
            # comment
              # indented comment
            maxretry = 3
            nowait
            	pollinterval=  5
            driverpath = "/usr/lib/nut drivers"
            user = "nut"   # not a quoted end
            [10ups]
            driver = dummy-ups
            [9ups]   # a comment
              driver  =  "usbhid-ups"
              port = auto
              desc = "Rack ""A"" = left"
              ignorelb
              pollonly # flag with a comment
              two words
              override.battery.charge.low = 30
            [b ad]
            driver = x
            [alpha]
            \tport=/dev/ttyS0\t
            driver=apcsmart
            desc = 'single quoted'
            [9ups]
            port = again
            []
            """;

    @Test
    void checksumsAreUpstreams() throws Exception {
        assumeTrue(
                Files.isExecutable(UPSTREAM), "no nut-driver-enumerator.sh of C NUT here: apt-get install nut-server");
        conf(NASTY);
        var conf = NormalConf.of(NASTY);
        for (String device : List.of("", "10ups", "9ups", "alpha")) {
            String said = upstream("upsconf_debug", device.isEmpty() ? "" : device);
            if (!device.isEmpty()) {
                assertTrue(said.contains("SECTIONMD5='" + conf.checksum(device) + "'"), device + ": " + said);
                assertTrue(said.contains("INST: " + NormalConf.md5(device) + "~"), device + ": " + said);
            }
        }
        assertEquals(
                upstream("--list-devices")
                        .lines()
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .toList(),
                conf.devices());
        run("--show-all-configs");
        assertEquals(upstream("--show-configs"), out());
        for (String device : List.of("9ups", "alpha", "10ups")) {
            run("--show-device-config", device);
            assertEquals(upstream("--show-device-config", device), out());
            run("--show-device-config-value", device, "port");
            assertEquals(upstream("--show-device-config-value", device, "port"), out());
        }
    }

    private String upstream(String... args) throws Exception {
        var words = new ArrayList<>(List.of(UPSTREAM.toString()));
        words.addAll(List.of(args));
        var builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("NUT_CONFPATH", dir.toString());
        builder.environment().put("SERVICE_FRAMEWORK", "selftest");
        builder.environment().put("LC_ALL", "C");
        var process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return said;
    }

    private int svc(String... args) {
        out.reset();
        err.reset();
        return new Upsdrvsvcctl(env, print(out), print(err)).run(List.of(args));
    }

    @Test
    void servicesAreStartedAndStopped() throws IOException {
        conf(TWO);
        run();
        calls();
        String[] limit = {"--timeout-cmd", "/usr/bin/env", "--timeout-args", env.getOrDefault("TIMEOUT_ARGS", "")};
        var words = new ArrayList<>(List.of(limit));
        words.add("stop");
        assertEquals(0, svc(words.toArray(String[]::new)), err());
        assertEquals(2, calls().size());
        words.set(4, "start");
        words.add("two");
        assertEquals(0, svc(words.toArray(String[]::new)), err());
        assertEquals(List.of("start nut-driver@two.service"), calls());
        assertEquals("Starting nut-driver@two.service ...\n", err());
        assertEquals(0, svc("-t", "--timeout-cmd", "", "start", "one"));
        assertEquals(
                " systemctl start nut-driver@one.service".strip(), out().strip().replace(" 90s", ""));
        assertEquals(List.of(), calls());
        assertEquals(0, svc("list"));
        assertEquals("nut-driver@one.service\tone\nnut-driver@two.service\ttwo\n", out());
        assertEquals(0, svc("show-config", "one"));
        assertEquals("[one]\ndriver=usbhid-ups\nport=auto\n", out());
        assertEquals(1, svc("start", "three"));
        assertEquals(1, svc());
        assertEquals(1, svc("dance"));
    }

    @Test
    void statusHasTheServicesStateBesideTheDrivers() throws IOException {
        conf(TWO);
        run();
        Path upsdrvctl = Files.writeString(
                dir.resolve("upsdrvctl"), "#!/bin/sh\nprintf 'UPSNAME\\tUPSDRV\\none\\tusbhid-ups\\nother\\tx\\n'\n");
        Files.setPosixFilePermissions(upsdrvctl, PosixFilePermissions.fromString("rwxr-xr-x"));
        env.put("UPSDRVCTL", upsdrvctl.toString());
        assertEquals(
                0,
                svc("--timeout-cmd", "/usr/bin/env", "--timeout-args", env.getOrDefault("TIMEOUT_ARGS", ""), "status"));
        assertEquals("""
                SVC_NAME                      \t              SVC_STATE\tUPSNAME\tUPSDRV
                nut-driver@one.service        \t         enabled,active\tone\tusbhid-ups
                N/A                           \t                    N/A\tother\tx
                """, out());
    }
}
