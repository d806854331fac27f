package org.nutjvm.tools.upsdrvctl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A configuration of its own with drivers that are shell scripts, and upsdrvctl in this process.
final class Box {
    /// What a second of ups.conf lasts here.
    static final Duration SECOND = Duration.ofMillis(25);

    private static final long BUSY = Duration.ofSeconds(15).dividedBy(SECOND);

    /// What a run left behind.
    record Ran(int exitCode, String out, String err) {}

    final Path dir;
    private final Map<String, String> env = new HashMap<>();

    Box(Path dir) throws IOException {
        this.dir = dir;
        Files.createDirectory(dir.resolve("bin"));
        for (String variable : List.of("NUT_CONFPATH", "NUT_STATEPATH", "NUT_PIDPATH", "NUT_ALTPIDPATH")) {
            env.put(variable, dir.toString());
        }
        env.put("NUT_QUIET_INIT_BANNER", "true");
        env.put("NUT_QUIET_INIT_NDE_WARNING", "true");
    }

    Box env(String name, String value) {
        env.put(name, value);
        return this;
    }

    Box conf(String text) throws IOException {
        Files.writeString(dir.resolve("ups.conf"), text);
        return this;
    }

    /// A driver; the script finds its UPS in `$ups` and the box in `$box`.
    Box driver(String name, String script) throws IOException {
        Path file = dir.resolve("bin").resolve(name);
        Files.writeString(file, """
                #!/bin/sh
                box=%s
                while [ $# -gt 0 ]; do case $1 in -a) ups=$2; shift;; -k) killpower=yes;; esac; shift; done
                %s
                """.formatted(dir, script));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return this;
    }

    Ran run(String... args) {
        return run(Crew.USUAL, args);
    }

    Ran run(Crew crew, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = new Upsdrvctl(
                        env,
                        new PrintStream(out, false, StandardCharsets.ISO_8859_1),
                        new PrintStream(err, false, StandardCharsets.ISO_8859_1),
                        dir.toString(),
                        Children.silent(),
                        SECOND,
                        crew)
                .run(List.of(args));
        return new Ran(code, out.toString(StandardCharsets.ISO_8859_1), err.toString(StandardCharsets.ISO_8859_1));
    }

    boolean has(String file) {
        return Files.exists(dir.resolve(file));
    }

    String read(String file) throws IOException {
        return Files.readString(dir.resolve(file));
    }

    /// A section of ups.conf. Where nothing else is said its driver has the time that a busy machine may need.
    static String section(String name, String driver, String... more) {
        var lines = new ArrayList<>(List.of(more));
        if (lines.stream().noneMatch(line -> line.startsWith("maxstartdelay"))) {
            lines.add("maxstartdelay = " + BUSY);
        }
        return "[" + name + "]\n driver = " + driver + "\n port = x\n " + String.join("\n ", lines) + "\n";
    }
}
