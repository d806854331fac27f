package org.nutjvm.common.io;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Assumptions;

/// A JVM of its own for what a test cannot do to itself: give up root, go to the background, get signals.
public final class Jvm {
    /// How it ended.
    public record Result(int code, String out, String err) {}

    private final List<String> before = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> env = new TreeMap<>();
    private String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    private final String main;
    private final List<String> args;

    private Jvm(String main, List<String> args) {
        this.main = main;
        this.args = args;
    }

    public static Jvm of(Class<?> main, String... args) {
        return new Jvm(main.getName(), List.of(args));
    }

    /// Words before `java`, such as another program that starts it.
    public Jvm before(String... words) {
        before.addAll(List.of(words));
        return this;
    }

    /// As user and group 65534 without any groups, on a copy of the classes in a directory that such a user may
    /// read. Skips the test where that cannot be.
    public Jvm asNobody(Path directory) throws IOException {
        Path setpriv = Path.of("/usr/bin/setpriv");
        Assumptions.assumeTrue(
                Privileges.root() && Files.isExecutable(setpriv), "being somebody else needs root and setpriv");
        var copies = new ArrayList<String>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            Path from = Path.of(entry);
            String name = String.valueOf(from.getFileName());
            if (Files.isDirectory(from)
                    || name.startsWith("slf4j")
                    || name.startsWith("logback")
                    || name.startsWith("jffi")) {
                copies.add(copy(from, directory.resolve(copies.size() + name)));
            }
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        classPath = String.join(File.pathSeparator, copies);
        return before(setpriv.toString(), "--reuid=65534", "--regid=65534", "--clear-groups");
    }

    private static String copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to.toString();
    }

    /// With its classes in jars, as installed.
    public Jvm fromJars(Path directory) throws IOException {
        var jars = new ArrayList<String>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            Path from = Path.of(entry);
            jars.add(Files.isDirectory(from) ? jar(from, directory.resolve(jars.size() + ".jar")) : entry);
        }
        classPath = String.join(File.pathSeparator, jars);
        return this;
    }

    private static String jar(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from);
                var jar = new JarOutputStream(Files.newOutputStream(to))) {
            for (Path file : (Iterable<Path>) all::iterator) {
                if (Files.isRegularFile(file)) {
                    jar.putNextEntry(new ZipEntry(from.relativize(file).toString()));
                    Files.copy(file, jar);
                }
            }
        }
        return to.toString();
    }

    public Jvm option(String option) {
        options.add(option);
        return this;
    }

    public Jvm env(String name, String value) {
        env.put(name, value);
        return this;
    }

    public ProcessBuilder builder() {
        var words = new ArrayList<String>(before);
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath));
        words.addAll(options);
        words.add(main);
        words.addAll(args);
        var builder = new ProcessBuilder(words)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(env);
        return builder;
    }

    /// Runs it to its end, at most half a minute.
    public Result run() throws IOException, InterruptedException {
        Path out = Files.createTempFile("jvm", ".out");
        Path err = Files.createTempFile("jvm", ".err");
        try {
            Process process = builder()
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IOException("no end: " + Files.readString(out) + Files.readString(err));
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
