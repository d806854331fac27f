package org.nutjvm.tools.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program as a whole: options, exit codes, output, and files that are none.
class NutCheckTest {
    @TempDir
    Path dir;

    private record Ran(int code, String out, String err) {}

    private static Ran run(boolean terminal, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = new NutCheck(
                        Map.of(),
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Servers.real(),
                        terminal)
                .run(List.of(args));
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Ran check(String... more) {
        var args = new ArrayList<>(List.of("--config", dir.toString()));
        args.addAll(Arrays.asList(more));
        return run(false, args.toArray(new String[0]));
    }

    @Test
    void exitCodesTellCleanFromWrongFromUnchecked() throws IOException {
        assertEquals(2, check().code(), "an empty directory");
        Files.writeString(dir.resolve("upsd.conf"), "LISTEN 127.0.0.1\n");
        assertEquals(new Ran(0, dir + ": 1 file, 0 errors, 0 warnings, 0 notices\n", ""), check());
        Files.writeString(dir.resolve("upsd.conf"), "LISTEN 0.0.0.0\n");
        assertEquals(0, check().code());
        assertEquals(1, check("--strict").code());
        assertTrue(check("--quiet").out().endsWith("1 notice (not shown)\n"));
        Files.writeString(dir.resolve("upsd.conf"), "LISTEM 127.0.0.1\n");
        assertEquals(
                new Ran(
                        1,
                        dir + "/upsd.conf:1: warning: upsd.conf knows no 'LISTEM' [unknown-word]\n    write LISTEN\n"
                                + dir + ": 1 file, 0 errors, 1 warning, 0 notices\n",
                        ""),
                check());
        assertEquals(2, run(false, "--config", dir + "/nowhere").code());
        assertEquals(2, run(false, "--colour", "blue").code());
        assertEquals(2, run(false, "--nonsense").code());
        assertEquals(2, run(false, "stray").code());
    }

    @Test
    void filesThatAreNoneLeaveTheOthersChecked() throws IOException {
        Files.createDirectory(dir.resolve("ups.conf"));
        Files.write(dir.resolve("upsd.users"), new byte[4096]);
        byte[] endless = new byte[10 << 20];
        Arrays.fill(endless, (byte) '#');
        Files.write(dir.resolve("upssched.conf"), endless);
        Files.writeString(dir.resolve("upsd.conf"), "LISTEN 127.0.0.1\nMAXAGE\n\"half \\");
        Ran ran = check();
        assertEquals(2, ran.code());
        for (String part : List.of(
                "ups.conf: error: Can't open",
                "Is a directory",
                "upsd.users: error: Can't read",
                "binary",
                "upssched.conf: error: Can't read",
                "longer than",
                "upsd.conf:2: warning: ",
                "[missing-value]")) {
            assertTrue(ran.out().contains(part), part + " in " + ran.out());
        }
        assertFalse(ran.out().contains("Exception"), ran.out());
    }

    @Test
    void jsonIsOneObjectAndHasEverything() throws IOException {
        Files.writeString(dir.resolve("upsd.conf"), "LISTEM \"a\\\"b\"\n");
        Ran ran = check("--json");
        assertEquals(1, ran.code());
        assertEquals(
                "{\"config\": \"" + dir + "\", \"live\": false,\n \"files\": [\"upsd.conf\"],\n \"errors\": 0,"
                        + " \"warnings\": 1, \"notices\": 0,\n \"findings\": [\n"
                        + "  {\"id\": \"unknown-word\", \"level\": \"warning\", \"file\": \"" + dir
                        + "/upsd.conf\", \"line\": 1, \"what\": \"upsd.conf knows no 'LISTEM'\", \"cure\": \"write"
                        + " LISTEN\"}\n ]}\n",
                ran.out());
    }

    @Test
    void coloursOnATerminalOnly() throws IOException {
        Files.writeString(dir.resolve("upsd.conf"), "LISTEM 1\n");
        String here = dir.toString();
        assertFalse(run(false, "--config", here).out().contains("\u001b"));
        assertTrue(run(true, "--config", here).out().contains("\u001b[33mwarning\u001b[0m"));
        assertTrue(run(false, "--config", here, "--color=always").out().contains("\u001b"));
        assertFalse(run(true, "--config", here, "--color=never").out().contains("\u001b"));
        assertFalse(run(true, "--config", here, "--json").out().contains("\u001b"));
    }

    @Test
    void helpVersionAndExplanations() {
        assertTrue(run(false, "--help").out().startsWith("Usage: nut-check "));
        assertTrue(run(false, "-V").out().startsWith("Network UPS Tools nut-check "));
        Ran ran = run(false, "--explain", "usb-port");
        assertEquals(0, ran.code());
        assertEquals("usb-port: " + Mistake.USB_PORT.meaning() + "\n    " + Mistake.USB_PORT.cure() + "\n", ran.out());
        assertEquals(
                Mistake.values().length * 2L,
                run(false, "--explain", "all").out().lines().count());
        assertEquals(2, run(false, "--explain", "nothing").code());
    }

    @Test
    void modelsDriverIsTold() {
        Ran ran = run(false, "--model", "rack dell 5600w");
        assertEquals(0, ran.code());
        assertTrue(ran.out().startsWith("Dell Rack 5600W HV (Serial port): mge-shut\n"), ran.out());
        assertTrue(ran.out().contains("\nmge-shut: MGE and Eaton"), ran.out());
        ran = run(false, "--model", "genericups");
        assertEquals(1, ran.code());
        assertEquals("", ran.out());
        assertTrue(run(false, "--model", "MiniGuard").out().contains(": genericups with upstype=21\n"));
        assertTrue(run(false, "--model", "eaton").out().contains(" more: another word narrows it down\n"));
    }
}
