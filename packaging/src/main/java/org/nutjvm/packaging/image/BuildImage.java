package org.nutjvm.packaging.image;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.nutjvm.packaging.man.Manual;

/// Builds the image: a tree that runs from wherever it is put.
///
/// ```text
/// bin sbin    launchers; libexec has a link to one
/// cgi-bin     launchers for a web server
/// etc         samples of configuration files
/// share       manual pages, cmdvartab and other data
/// lib         jars, run-time (lib/runtime), AOT caches
/// ```
///
/// It is made beside its destination and moved there. The caches are made in its final place: each remembers
/// where its jars lay, and where that is gone the JVM looks for it again with every class it loads.
public final class BuildImage {
    /// java.base holds sockets, files, TLS. Of the others: jdk.unsupported has signals, jdk.net socket
    /// options, java.xml is what Logback and drivers for XML need, java.net.http and jdk.httpserver are for
    /// devices and pages that speak HTTP.
    private static final List<String> MODULES =
            List.of("java.base", "java.net.http", "java.xml", "jdk.httpserver", "jdk.net", "jdk.unsupported");

    private static final String NATIVES = "natives";

    private static final int DATE = "YYYY-MM-DD".length();

    private BuildImage() {}

    /// Makes the tree.
    ///
    /// @param args the tree to make; the directory with `etc` and `share`; the directory with the trainers'
    ///     classes; the directory with the manual pages; the time of the release, ISO 8601;
    ///     `true` to make the caches: without them all works, and starts slowly. Our own jars and the libraries are
    ///     taken from the class path; the directory with what is said of the libraries, which may be missing
    public static void main(String[] args) throws IOException, InterruptedException {
        Path destination = Path.of(args[0]).toAbsolutePath().normalize();
        Path sources = Path.of(args[1]);
        var tree = new Tree(destination.resolveSibling(destination.getFileName() + ".building"));
        Tree.delete(tree.home());

        linkRuntime(tree);
        putJars(tree, Path.of(args[2]));
        putNatives(tree);
        Tree.copy(sources.resolve("etc"), tree.home().resolve("etc"));
        Tree.copy(sources.resolve("share"), tree.home().resolve("share"));
        Tree.copy(sources.resolve("libexec"), tree.home().resolve("libexec"));
        putCompletion(tree);
        putProgramList(tree);
        if (Files.isDirectory(Path.of(args[6]))) {
            Tree.copy(Path.of(args[6]), tree.home().resolve("share").resolve("doc"));
        }
        UdevRules.write(tree.home().resolve("share").resolve("udev").resolve("rules.d"));
        Manual.write(Path.of(args[3]), tree.home().resolve("share").resolve("man"), args[4].substring(0, DATE));
        for (Program program : Program.ALL) {
            putLauncher(tree, program);
        }
        for (var link : Program.LINKS.entrySet()) {
            Path file = tree.home().resolve(link.getKey());
            Files.createDirectories(file.getParent());
            Files.createSymbolicLink(file, Path.of(link.getValue()));
        }
        tree.openToAll();
        Tree.delete(destination);
        Files.move(tree.home(), destination);
        tree = new Tree(destination);
        try {
            if (Boolean.parseBoolean(args[5])) {
                Rehearsal.makeCaches(tree);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            Tree.delete(destination);
            throw e;
        }
        tree.openToAll();
        System.out.println("image: " + destination + ", " + tree.megabytes() + " MB");
    }

    private static void linkRuntime(Tree tree) throws IOException, InterruptedException {
        var jlink = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jlink").toString()));
        jlink.addAll(List.of("--add-modules", String.join(",", MODULES)));
        // A JDK without jmods links from itself, and else refuses if an administrator has edited its configuration.
        jlink.addAll(List.of("--ignore-modified-runtime", "--vm", "server", "--no-header-files", "--no-man-pages"));
        // Line numbers of the JDK's own code would cost each process half a megabyte.
        jlink.add("--strip-java-debug-attributes");
        jlink.addAll(List.of("--output", tree.runtime().toString()));
        Command.run("jlink, which comes with a complete JDK (Debian: openjdk-25-jdk-headless)", jlink);
    }

    private static void putJars(Tree tree, Path trainers) throws IOException, InterruptedException {
        var wanted = new TreeSet<String>();
        for (Program program : Program.ALL) {
            wanted.addAll(program.artifacts());
        }
        wanted.removeIf(Cache.TRAINING::equals);
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            String name = Path.of(entry).getFileName().toString();
            for (String artifact : wanted) {
                if (name.matches(artifact + "-\\d[^-]*(-SNAPSHOT)?\\.jar")) {
                    if (artifact.startsWith("nut-")) {
                        PlainCalls.copyJar(Path.of(entry), tree.jar(artifact));
                    } else {
                        Files.copy(Path.of(entry), tree.jar(artifact));
                    }
                    wanted.removeIf(artifact::equals);
                    break;
                }
            }
        }
        if (!wanted.isEmpty()) {
            throw new IOException("no jar on the class path for " + wanted + ": the image is made by `mvn package`");
        }
        putJar(tree.jar(Cache.TRAINING), trainers, "org/nutjvm/packaging/training");
        // Makes the caches where the tree is used with another run-time.
        putJar(tree.jar(MakeCaches.JAR), trainers, "org/nutjvm/packaging/image");
    }

    private static void putJar(Path jar, Path classes, String directory) throws IOException, InterruptedException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jar");
        Command.run(
                "jar",
                List.of(tool.toString(), "--create", "--file", jar.toString(), "-C", classes.toString(), directory));
    }

    /// Names the programs there are in the completion for bash.
    private static void putCompletion(Tree tree) throws IOException {
        var programs = new ArrayList<String>();
        var drivers = new ArrayList<String>();
        for (Program program : Program.ALL) {
            (program.kind().driver() ? drivers : programs).add(program.name());
        }
        Path file = tree.home().resolve("share").resolve("bash-completion").resolve("nut");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("@PROGRAMS@", String.join(" ", programs))
                        .replace("@DRIVERS@", String.join(" ", drivers)));
    }

    /// Says which program goes into which package: a line has the package, the directory and the name.
    private static void putProgramList(Tree tree) throws IOException {
        var lines = new ArrayList<String>();
        for (Program program : Program.ALL) {
            lines.add(program.pack() + ' ' + program.directory() + ' ' + program.name());
        }
        Path file = tree.home().resolve("share").resolve("nut").resolve("programs");
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
    }

    /// Libraries would unpack their native halves at each start into a directory that has to be
    /// writable; here they lie ready, for all machines there is a Java 25 for, so that the tree can be used with a
    /// run-time of another one. `lib/native` is the link to those of this one.
    private static void putNatives(Tree tree) throws IOException {
        putNatives(tree, "x86_64", "x86-64");
        putNatives(tree, "aarch64", "aarch64");
        putNatives(tree, "arm", "arm");
        String machine = System.getProperty("os.arch").replace("amd64", "x86_64");
        if (!Files.isDirectory(tree.lib().resolve(NATIVES).resolve(machine))) {
            throw new IOException("no native libraries for " + machine);
        }
        Files.createSymbolicLink(tree.lib().resolve("native"), Path.of(NATIVES, machine));
    }

    private static void putNatives(Tree tree, String machine, String usb) throws IOException {
        putNative(tree, machine, "org/usb4java/linux-" + usb + "/libusb4java.so");
        putNative(tree, machine, "jni/" + machine + "-Linux/libjffi-1.2.so");
    }

    private static void putNative(Tree tree, String machine, String resource) throws IOException {
        try (var in = BuildImage.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is not on the class path: the image is made by `mvn package`");
            }
            Path to = tree.lib()
                    .resolve(NATIVES)
                    .resolve(machine)
                    .resolve(resource.substring(resource.lastIndexOf('/') + 1));
            Files.createDirectories(to.getParent());
            Files.copy(in, to);
        }
    }

    /// The program's process runs under a copy of the JVM's little launcher with the program's name, so that `ps`,
    /// `pidof` and other NUT programs (which look where /proc/PID/exe points) know it by that.
    private static void putLauncher(Tree tree, Program program) throws IOException {
        Files.copy(tree.java(), tree.runtime().resolve("bin").resolve(program.name()));
        Path launcher = tree.home().resolve(program.directory()).resolve(program.name());
        Files.createDirectories(launcher.getParent());
        Files.writeString(launcher, Launcher.text(program));
        launcher.toFile().setExecutable(true);
    }
}
