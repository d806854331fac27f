package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// nut-driver-enumerator as a process, with a systemctl on its path that notes what it is told.
@ExtendWith(LogsOnFailure.class)
class EnumeratorIT {
    private static final String ONE = "[one]\n  driver = dummy-ups\n  port = office.dev\n";
    private static final String TWO = ONE + "[two]\n  driver = dummy-ups\n  port = one@localhost\n";

    private Sandbox box;
    private Path calls;

    @BeforeEach
    void open() throws IOException {
        box = new Sandbox();
        Path units = Files.createDirectory(box.dir().resolve("units"));
        calls = box.dir().resolve("calls");
        Files.writeString(calls, "");
        box.script("systemctl", """
                #!/bin/sh
                cd %s || exit 9
                case $1 in
                show) for unit in nut-driver@*.service; do [ -e "$unit" ] && echo "Id=$unit"; done; exit 0 ;;
                is-active) echo active; exit 0 ;;
                is-enabled) [ -e "$2" ] && echo enabled || { echo disabled; exit 1; }; exit 0 ;;
                enable) echo "Created symlink" >&2; : > "$2" ;;
                disable) rm -f "$2" ;;
                esac
                echo "$*" >> %s
                """.formatted(units, calls));
        box.environment("PATH", box.dir() + ":/usr/bin:/bin");
        box.environment("SYSTEMD_CONFPATH", box.dir().resolve("systemd").toString());
        box.environment("REPORT_RESTART_42", "no");
        box.write("ups.conf", ONE);
    }

    @AfterEach
    void close() {
        box.close();
    }

    private boolean told(String call) {
        try {
            return Files.readAllLines(calls).contains(call);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Result enumerator(String... arguments) {
        return box.run(Maker.OURS, "nut-driver-enumerator", arguments);
    }

    @Test
    void onceAndQuestions() {
        box.environment("REPORT_RESTART_42", "yes");
        assertEquals(42, enumerator().exit());
        assertTrue(told("enable nut-driver@one.service") && told("start --no-block nut-driver@one.service"));
        assertEquals(0, enumerator().exit());
        assertEquals(
                "one\n",
                enumerator("--get-device-for-service", "nut-driver@one.service").out());
        assertEquals(
                "nut-driver@one.service\tone\n",
                enumerator("--list-services-for-devices").out());
        assertEquals(
                1,
                enumerator("--get-device-for-service", "nut-driver@two.service").exit());
        assertEquals(1, enumerator("--daemon=never").exit());
    }

    /// `--daemon-after` has done its work when it returns, and what stays in the background picks up changes.
    @Test
    void aDaemonPicksUpChanges() throws IOException {
        var started = enumerator("--daemon-after=1");
        assertEquals(0, started.exit(), started.err());
        assertTrue(told("enable nut-driver@one.service"), "before it returned");
        var daemon = daemon();
        try {
            box.write("ups.conf", TWO);
            Await.until("the second is started", () -> told("start --no-block nut-driver@two.service"));
            box.write("ups.conf", ONE);
            Await.until("the second is stopped", () -> told("stop nut-driver@two.service"));
        } finally {
            daemon.destroy();
        }
        Await.until("its end", () -> !daemon.isAlive());
    }

    /// SIGHUP makes it look at once.
    @Test
    void hangUpMeansNow() throws IOException {
        var started = enumerator("--daemon=3600");
        assertEquals(0, started.exit(), started.err());
        var daemon = daemon();
        try {
            Await.until("a first time", () -> told("reload-or-restart nut-server"));
            box.write("ups.conf", TWO);
            var hup = box.run("kill", List.of("/bin/kill", "-HUP", Long.toString(daemon.pid())));
            assertEquals(0, hup.exit(), hup.err());
            Await.until("the second is started", () -> told("start --no-block nut-driver@two.service"));
        } finally {
            daemon.destroy();
        }
        Await.until("its end", () -> !daemon.isAlive());
    }

    /// The process in the background: the one that has this test's directory in its environment.
    private ProcessHandle daemon() throws IOException {
        String mark = "SYSTEMD_CONFPATH=" + box.dir().resolve("systemd");
        try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : all) {
                if (has(process.resolve("environ"), mark) && has(process.resolve("cmdline"), "NutDriverEnumerator")) {
                    return ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .orElseThrow();
                }
            }
        }
        throw new AssertionError("no daemon");
    }

    private static boolean has(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            return false; // it has ended, or is somebody else's
        }
    }
}
