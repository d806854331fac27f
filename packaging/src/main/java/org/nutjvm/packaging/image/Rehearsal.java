package org.nutjvm.packaging.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Makes the caches: lets each program play its role on a small stage (a scratch directory, a free loopback port, a
/// device from the data file that comes with the product) twice. In the first play the JVMs note which classes they
/// load; what those of a kind have in common becomes the cache of the kind. The second is played with that, and each
/// program's JVM keeps at its end what else it has loaded.
///
/// The common cache is dumped from a list (`-Xshare:dump` with `AOTClassLinking`) because JDK 25's `AOTMode=create`
/// leaves the class path unchecked: such a cache would go on giving out the old classes after a jar has been
/// replaced.
final class Rehearsal {
    private static final int LIMIT_SECONDS = 60;

    /// Bytes at the beginning of a cache that hold what the JVM checks first.
    private static final int HEADER = 16_384;

    private static final String UPS = "demo";
    private static final String TRAINER = "org.nutjvm.packaging.training.TrainTools";

    /// Tools with a role in {@link #TRAINER}. The others are asked for their help.
    private static final Set<String> TRAINED = Set.of(
            "upsc",
            "upscmd",
            "upsrw",
            "upssched",
            "upsdrvctl",
            "upslog",
            "nut-driver-enumerator",
            "nut-check",
            "nutconf",
            "nut-scanner",
            "upsstats.cgi",
            "upsset.cgi",
            "upsimage.cgi",
            "nut-cgi");

    /// The programs whose common classes are those of their kind.
    private static final Map<Cache, Set<String>> TYPICAL = Map.of(
            Cache.DAEMONS, Set.of("upsd", "upsmon", "dummy-ups"),
            Cache.TOOLS, Set.of("upsc", "upscmd", "upsrw", "upssched"));

    /// What puts classes together at run time. These were needed in the first play only, for lambdas of the JDK that
    /// the cache then holds.
    private static final List<String> CLASS_WRITERS = List.of("java/lang/classfile/", "jdk/internal/classfile/");

    private final Tree tree;
    private final Path scratch;

    private Rehearsal(Tree tree, Path scratch) {
        this.tree = tree;
        this.scratch = scratch;
    }

    static void makeCaches(Tree tree) throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("nut-rehearsal");
        try {
            var rehearsal = new Rehearsal(tree, scratch);
            rehearsal.make(Cache.DAEMONS);
            rehearsal.make(Cache.TOOLS);
        } catch (IOException e) {
            // While all that was written is still there.
            Room.check(scratch, tree.caches());
            throw e;
        } finally {
            Tree.delete(scratch);
        }
    }

    /// Starts a program's JVM in the play.
    private interface Director {
        /// The options of the JVM.
        List<String> options(Program program);
    }

    private void make(Cache cache) throws IOException, InterruptedException {
        play(cache, program -> List.of("-Xshare:off", "-XX:DumpLoadedClassList=" + list(program)));
        // A JVM says nothing of a list that it could not finish.
        Room.check(scratch);
        dump(cache);
        play(
                cache,
                program -> List.of(
                        "-XX:SharedArchiveFile=" + tree.cache(cache),
                        "-XX:+AOTClassLinking",
                        "-XX:ArchiveClassesAtExit=" + tree.cache(program)));
        for (Program program : cast(cache)) {
            if (!Files.exists(tree.cache(program))) {
                throw new IOException("the JVM wrote no cache " + tree.cache(program));
            }
            forget(tree.cache(program), tree.cache(cache));
        }
    }

    /// A cache on top of another names that file in its first bytes, and the JVM, which is told where it lies, still
    /// wants to see it in the place where it was made. Slashes name a directory that is everywhere.
    private static void forget(Path top, Path base) throws IOException {
        byte[] name = base.toString().getBytes(StandardCharsets.UTF_8);
        try (var file = FileChannel.open(top, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var header = ByteBuffer.allocate(HEADER);
            while (header.hasRemaining() && file.read(header) >= 0) {
                // more
            }
            int at = indexOf(name, header.array(), header.position());
            if (at < 0) {
                throw new IOException(top + " does not name the cache it goes on: this JVM writes others than known");
            }
            byte[] slashes = new byte[name.length];
            Arrays.fill(slashes, (byte) '/');
            file.write(ByteBuffer.wrap(slashes), at);
        }
    }

    private static int indexOf(byte[] part, byte[] bytes, int length) {
        for (int at = 0; at + part.length <= length; at++) {
            if (Arrays.equals(part, 0, part.length, bytes, at, at + part.length)) {
                return at;
            }
        }
        return -1;
    }

    private void play(Cache cache, Director director) throws IOException, InterruptedException {
        Path place = Files.createTempDirectory(scratch, "stage");
        try (var stage =
                new Stage(place, UPS, tree.home().resolve("share").resolve("demo-ups.dev"), cache == Cache.DAEMONS)) {
            switch (cache) {
                case DAEMONS -> playDaemons(stage, director);
                case TOOLS -> playTools(stage, director);
            }
        }
    }

    /// A driver, upsd and upsmon, with this process as their client. Last it sets FSD, whereupon upsmon does all it
    /// does
    /// once in its life. Drivers whose devices are not here get as far as they can.
    private void playDaemons(Stage stage, Director director) throws IOException, InterruptedException {
        var running = new LinkedHashMap<String, Process>();
        var user = List.of("-u", System.getProperty("user.name"), "-F");
        for (Program program : cast(Cache.DAEMONS)) {
            var words = java(program, director);
            var trainer = program.trainer();
            words.add(trainer == null ? program.mainClass() : trainer);
            words.addAll(user);
            if (program.kind().driver()) {
                words.addAll(List.of("-a", program.name().equals("dummy-ups") ? UPS : program.name()));
            }
            if (program.kind() != Program.Kind.MONITOR) {
                running.put(program.name(), stage.start(program.name(), words));
            }
        }
        Process upsd = required(running, "upsd");
        stage.awaitData(upsd);
        stage.await("usbhid-ups and its device", upsd, () -> Dialogue.isBack(stage.port(), "usbhid-ups"));
        for (Program program : cast(Cache.DAEMONS)) {
            if (program.kind() == Program.Kind.MONITOR) {
                var words = java(program, director);
                words.add(program.mainClass());
                words.addAll(user);
                running.put(program.name(), stage.start(program.name(), words));
            }
        }
        Process upsmon = required(running, "upsmon");
        stage.await("upsmon's login", upsmon, () -> Dialogue.loggedIn(stage.port(), UPS));
        stage.signal(upsmon, "HUP");
        Dialogue.hold(stage.port(), UPS);
        stage.signal(upsd, "HUP");
        stage.awaitData(upsd);
        stage.awaitEnd("upsmon", upsmon);
        for (Process process : running.values()) {
            stage.stop(process);
        }
    }

    /// The tools one after the other, against the driver and the server of the tree.
    private void playTools(Stage stage, Director director) throws IOException, InterruptedException {
        var user = List.of("-u", System.getProperty("user.name"), "-F");
        var running = new LinkedHashMap<String, Process>();
        for (Program program : Program.ALL) {
            if (program.name().equals("dummy-ups") || program.name().equals("upsd")) {
                var words = new ArrayList<String>();
                words.add(tree.program(program).toString());
                words.addAll(user);
                words.addAll(program.name().equals("upsd") ? List.of() : List.of("-a", UPS));
                running.put(program.name(), stage.start(program.name(), words));
            }
        }
        stage.awaitData(required(running, "upsd"));
        for (Program program : cast(Cache.TOOLS)) {
            var words = java(program, director);
            if (TRAINED.contains(program.name())) {
                words.addAll(List.of(TRAINER, program.name(), UPS, "localhost:" + stage.port()));
                words.addAll(List.of(Stage.USER, Stage.PASSWORD));
            } else {
                words.addAll(List.of(program.mainClass(), "-h"));
            }
            Process tool = stage.start(program.name(), words);
            if (!tool.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || tool.exitValue() != 0) {
                throw new IOException(program.name() + "'s rehearsal failed:\n" + stage.log(program.name()));
            }
        }
        for (Process process : running.values()) {
            stage.stop(process);
        }
    }

    private static List<Program> cast(Cache cache) {
        return Program.ALL.stream()
                .filter(program -> program.kind().cache == cache)
                .toList();
    }

    private static Process required(Map<String, Process> running, String name) throws IOException {
        Process process = running.get(name);
        if (process == null) {
            throw new IOException(name + " is needed for the rehearsal");
        }
        return process;
    }

    private List<String> java(Program program, Director director) {
        var words = new ArrayList<String>();
        words.add(tree.java().toString());
        words.addAll(program.kind().flags());
        words.addAll(director.options(program));
        words.addAll(List.of("-cp", program.classPath(tree.lib().toString())));
        words.addAll(List.of("-Dnut.home=" + tree.home(), "-Dnut.program=" + program.name()));
        return words;
    }

    private void dump(Cache cache) throws IOException, InterruptedException {
        Program first = cast(cache).getFirst();
        Path common = scratch.resolve("common.classes");
        Files.write(common, commonClasses(cache));
        var words = new ArrayList<String>();
        words.add(tree.java().toString());
        words.addAll(first.kind().flags());
        words.addAll(List.of("-Xshare:dump", "-XX:+AOTClassLinking"));
        words.add("-XX:SharedClassListFile=" + common);
        words.add("-XX:SharedArchiveFile=" + tree.cache(cache));
        words.addAll(List.of("-cp", Program.path(tree.lib().toString(), cache.artifacts())));
        Command.run("java to make the cache " + cache.file(), words);
        if (!Files.exists(tree.cache(cache))) {
            throw new IOException("the JVM wrote no cache " + tree.cache(cache));
        }
    }

    private Set<String> commonClasses(Cache cache) throws IOException {
        var common = new LinkedHashSet<String>();
        for (Program program : cast(cache)) {
            if (TYPICAL.getOrDefault(cache, Set.of()).contains(program.name())) {
                Set<String> loaded = Files.readAllLines(list(program)).stream()
                        .map(Rehearsal::withoutId)
                        .filter(line -> CLASS_WRITERS.stream().noneMatch(line::startsWith))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
                if (common.isEmpty()) {
                    common.addAll(loaded);
                } else {
                    common.retainAll(loaded);
                }
            }
        }
        return common;
    }

    /// A line of a class list: `java/lang/Object id: 0`. The number is another in each process.
    private static String withoutId(String line) {
        int id = line.indexOf(" id: ");
        return id < 0 ? line : line.substring(0, id);
    }

    private Path list(Program program) {
        return scratch.resolve(program.name() + ".classes");
    }
}
