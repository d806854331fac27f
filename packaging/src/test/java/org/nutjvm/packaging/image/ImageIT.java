package org.nutjvm.packaging.image;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The image as users treat it: moved, linked to, damaged. A program started with `-Xshare:on` ends with an
/// error if it cannot use its cache.
class ImageIT {
    private static final Map<String, String> CACHE_OR_NOTHING = Map.of("NUT_JAVA_OPTS", "-Xshare:on");
    private static final Tree BUILT =
            new Tree(Path.of(System.getProperty("nut.root", ".."), "packaging", "target", "nut")
                    .toAbsolutePath());

    @TempDir
    Path directory;

    /// What a program did.
    record Result(int code, String out, String err) {}

    @BeforeEach
    void isBuilt() {
        assertTrue(Files.isDirectory(BUILT.home()), BUILT.home() + " is made by `mvn package`");
    }

    static List<Program> programs() {
        return Program.ALL;
    }

    @ParameterizedTest
    @MethodSource("programs")
    void programUsesItsCache(Program program) throws Exception {
        assertStarts(program, run(CACHE_OR_NOTHING, BUILT.program(program).toString(), "-V"));
        assertUsesOwnCache(BUILT, program);
    }

    /// The cache of its kind holds what programs share, its own its main class.
    private void assertUsesOwnCache(Tree tree, Program program) throws Exception {
        var env = Map.of("NUT_JAVA_OPTS", "-Xshare:on -Xlog:class+load:file=" + directory.resolve("classes"));
        assertStarts(program, run(env, tree.program(program).toString(), "-V"));
        var loaded = Files.readAllLines(directory.resolve("classes"));
        assertTrue(
                loaded.stream()
                        .anyMatch(line -> line.contains(program.mainClass() + " ")
                                && line.endsWith("source: shared objects file (top)")),
                () -> program.name() + " does not use its own cache");
        assertEquals(
                List.of(),
                loaded.stream()
                        .filter(line -> line.contains("source: file:"))
                        .filter(line -> !line.endsWith("/picocli.jar")) // too old a class format for a cache
                        .toList(),
                () -> program.name() + " loads classes from its jars to show its version");
    }

    @Test
    void movedTreeUsesItsCaches() throws Exception {
        Tree moved = copy("another place");
        for (Program program : Program.ALL) {
            assertUsesOwnCache(moved, program);
        }
    }

    /// The JVM refuses a cache on top of one that is no longer in the place where it was made. Here that place is still
    /// there, so look into the files.
    @Test
    void cachesDoNotNameTheirPlace() throws IOException {
        for (Program program : Program.ALL) {
            byte[] bytes = Files.readAllBytes(BUILT.cache(program));
            String head = new String(bytes, 0, 16_384, StandardCharsets.ISO_8859_1);
            for (Cache cache : Cache.values()) {
                assertFalse(head.contains("/" + cache.file()), () -> program.cache() + " names " + cache.file());
            }
        }
    }

    @Test
    void treeFromAnArchiveUsesItsCaches() throws Exception {
        Path archive = directory.resolve("nut.tar");
        Path to = Files.createDirectory(directory.resolve("unpacked"));
        assertEquals(
                0,
                run(
                                Map.of(),
                                "tar",
                                "-cf",
                                archive.toString(),
                                "-C",
                                BUILT.home().toString(),
                                ".")
                        .code);
        assertEquals(0, run(Map.of(), "tar", "-xf", archive.toString(), "-C", to.toString()).code);
        for (Program program : Program.ALL) {
            assertStarts(
                    program, run(CACHE_OR_NOTHING, new Tree(to).program(program).toString(), "-V"));
        }
    }

    @Test
    void programsWorkWithBrokenCaches() throws Exception {
        Tree tree = copy("broken");
        for (Cache cache : Cache.values()) {
            byte[] bytes = Files.readAllBytes(tree.cache(cache));
            Files.write(tree.cache(cache), Arrays.copyOf(bytes, bytes.length / 3));
        }
        assertWorkWithoutCache(tree);
    }

    @Test
    void programsWorkWithForeignCaches() throws Exception {
        Tree tree = copy("foreign");
        for (Cache cache : Cache.values()) {
            byte[] bytes = Files.readAllBytes(tree.cache(cache));
            // The name of the JVM's build is near the beginning of the file; of another build it has other letters.
            String head = new String(bytes, 0, 4096, StandardCharsets.ISO_8859_1);
            int at = head.indexOf("25.");
            assertTrue(at > 0, "no version in the cache's header");
            bytes[at + 3] ^= 1;
            Files.write(tree.cache(cache), bytes);
        }
        assertWorkWithoutCache(tree);
    }

    @Test
    void programsWorkWithoutCaches() throws Exception {
        Tree tree = copy("none");
        for (Cache cache : Cache.values()) {
            Files.delete(tree.cache(cache));
        }
        assertWorkWithoutCache(tree);
    }

    @Test
    void programsWorkWithTheCommonCacheAlone() throws Exception {
        Tree tree = copy("half");
        for (Program program : Program.ALL) {
            byte[] bytes = Files.readAllBytes(tree.cache(program));
            Files.write(tree.cache(program), Arrays.copyOf(bytes, bytes.length / 3));
            assertStarts(program, run(Map.of(), tree.program(program).toString(), "-V"));
        }
    }

    /// The classes in the cache must not outlive the jar they came from.
    @Test
    void cacheIsNotUsedForAnotherJar() throws Exception {
        Tree tree = copy("updated");
        Files.setLastModifiedTime(
                tree.jar("nut-common"), FileTime.from(Instant.now().plusSeconds(60)));
        assertWorkWithoutCache(tree);
    }

    @Test
    void launchersAreFoundThroughLinks() throws Exception {
        Path first = Files.createDirectory(directory.resolve("first"));
        Path second = Files.createDirectory(directory.resolve("second"));
        for (Program program : Program.ALL) {
            Path link = Files.createSymbolicLink(first.resolve(program.name()), BUILT.program(program));
            Path relative = Path.of("..").resolve("first").resolve(program.name());
            Files.createSymbolicLink(second.resolve(program.name()), relative);
            assertStarts(program, run(CACHE_OR_NOTHING, link.toString(), "-V"));
            assertStarts(
                    program,
                    run(CACHE_OR_NOTHING, second.resolve(program.name()).toString(), "-V"));
        }
    }

    @Test
    void launchersAreFoundByPathAndInTheCurrentDirectory() throws Exception {
        Path linked = Files.createSymbolicLink(
                directory.resolve("linked"), BUILT.home().resolve("bin"));
        for (String command : List.of(
                "PATH=$BIN:$PATH upsc -V",
                "cd $BIN && ./upsc -V",
                "cd $BIN && PATH=.:$PATH upsc -V",
                "cd $BIN && sh upsc -V",
                "cd $BIN/.. && bin/upsc -V",
                "cd $BIN/../share && ../bin/upsc -V",
                linked + "/upsc -V",
                "cd / && exec \"$BIN/../bin//upsc\" -V")) {
            var env = Map.of("BIN", BUILT.home().resolve("bin").toString(), "NUT_JAVA_OPTS", "-Xshare:on");
            Result result = run(env, "/bin/sh", "-c", command);
            assertAll(
                    command,
                    () -> assertEquals(0, result.code, result.err),
                    () -> assertTrue(result.out.startsWith("Network UPS Tools upsc "), result.out));
        }
    }

    @Test
    void optionsForOtherJavaProgramsAreLeftOut() throws Exception {
        var env = Map.of("JAVA_TOOL_OPTIONS", "-Xmx1g", "JDK_JAVA_OPTIONS", "-Xmx1g", "_JAVA_OPTIONS", "-Xmx1g");
        Result result = run(env, BUILT.program(upsc()).toString(), "-V");
        assertEquals(0, result.code);
        assertEquals("", result.err);
    }

    @Test
    void ownOptionsReachTheJvm() throws Exception {
        Result result = run(
                Map.of("NUT_JAVA_OPTS", "-Dx=y -XshowSettings:properties"),
                BUILT.program(upsc()).toString(),
                "-V");
        assertTrue(result.err.contains("x = y"), result.err);
        assertTrue(result.err.contains("nut.program = upsc"), result.err);
        assertTrue(result.err.contains("nut.home = " + BUILT.home()), result.err);
        assertTrue(result.err.contains("nut.launcher = " + BUILT.program(upsc())), result.err);
    }

    /// The shell becomes the program: same process, known by the program's name, ended by SIGTERM with exit code 0.
    @Test
    void launcherBecomesTheProgram() throws Exception {
        Files.writeString(directory.resolve("ups.conf"), "[ups]\ndriver = dummy-ups\nport = data.dev\n");
        Files.writeString(directory.resolve("data.dev"), "ups.status: OL\n");
        var builder = new ProcessBuilder(
                BUILT.home() + "/bin/dummy-ups", "-a", "ups", "-F", "-u", System.getProperty("user.name"));
        for (String variable : List.of("NUT_CONFPATH", "NUT_STATEPATH", "NUT_PIDPATH", "NUT_ALTPIDPATH")) {
            builder.environment().put(variable, directory.toString());
        }
        Path log = directory.resolve("log");
        Process driver =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            Path socket = directory.resolve("dummy-ups-ups");
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!Files.exists(socket)) {
                assertTrue(System.nanoTime() < end && driver.isAlive(), () -> "no socket: " + text(log));
                Thread.onSpinWait();
            }
            Path proc = Path.of("/proc", Long.toString(driver.pid()));
            assertEquals("dummy-ups\n", Files.readString(proc.resolve("comm")));
            assertEquals(
                    BUILT.runtime().resolve("bin/dummy-ups").toRealPath(), Files.readSymbolicLink(proc.resolve("exe")));
            driver.destroy();
            assertTrue(driver.waitFor(30, TimeUnit.SECONDS), () -> "SIGTERM does not end it: " + text(log));
            assertEquals(0, driver.exitValue(), () -> text(log));
        } finally {
            driver.destroyForcibly();
        }
    }

    @Test
    void everybodyMayUseTheTree() throws IOException {
        var closed = new ArrayList<Path>();
        try (var files = Files.walk(BUILT.home())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                var rights = Files.getPosixFilePermissions(file);
                boolean search = Files.isDirectory(file) && !rights.contains(PosixFilePermission.OTHERS_EXECUTE);
                if (search || !rights.contains(PosixFilePermission.OTHERS_READ)) {
                    closed.add(file);
                }
            }
        }
        assertEquals(List.of(), closed);
    }

    private void assertWorkWithoutCache(Tree tree) throws Exception {
        for (Program program : Program.ALL) {
            String launcher = tree.program(program).toString();
            assertNotEquals(0, run(CACHE_OR_NOTHING, launcher, "-V").code, program.name() + " still uses its cache");
            assertStarts(program, run(Map.of(), launcher, "-V"));
        }
    }

    /// The banner, and nothing else.
    private static void assertStarts(Program program, Result result) {
        assertEquals(0, result.code, () -> program + ": " + result.err);
        assertEquals("", result.err, () -> program + " complains");
        assertTrue(
                result.out.startsWith("Network UPS Tools ") && result.out.indexOf('\n') == result.out.length() - 1,
                () -> program.name() + " says: " + result.out);
    }

    private static Program upsc() {
        return Program.ALL.stream()
                .filter(program -> program.name().equals("upsc"))
                .findFirst()
                .orElseThrow();
    }

    private Tree copy(String name) throws Exception {
        Path to = directory.resolve(name);
        assertEquals(0, run(Map.of(), "cp", "-a", BUILT.home().toString(), to.toString()).code);
        return new Tree(to);
    }

    private Result run(Map<String, String> env, String... words) throws Exception {
        Path out = Files.createTempFile(directory, "out", "");
        Path err = Files.createTempFile(directory, "err", "");
        var builder = new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(env);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", words) + " does not end");
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
