package org.nutjvm.packaging.image;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Makes the caches: lets one process for each play all its programs' roles on a small stage (a scratch
/// directory, a free loopback port, a device from the data file that comes with the product), notes which
/// classes that took, and has the JVM store them.
///
/// The class list is dumped by hand (`-Xshare:dump` with `AOTClassLinking`) because JDK 25's `AOTMode=create`
/// leaves the class path unchecked: such a cache would go on giving out the old classes after a jar has been
/// replaced.
final class Rehearsal {
    private static final int LIMIT_SECONDS = 60;
    private static final String UPS = "demo";

    private final Tree tree;

    Rehearsal(Tree tree) {
        this.tree = tree;
    }

    void makeCaches() throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("nut-rehearsal");
        try (var stage = new Stage(scratch, UPS, tree.home().resolve("share").resolve("demo-ups.dev"))) {
            trainDaemons(stage);
            dump(Cache.DAEMONS, Program.Kind.SERVER, stage);
            trainTools(stage);
            dump(Cache.TOOLS, Program.Kind.TOOL, stage);
        } finally {
            Tree.delete(scratch);
        }
    }

    /// A driver, upsd and upsmon in one process, with this one as their client. Last it sets FSD, whereupon upsmon does
    /// all it does once in its life.
    private void trainDaemons(Stage stage) throws IOException, InterruptedException {
        var words = trainer(Cache.DAEMONS, Program.Kind.SERVER, stage);
        words.addAll(List.of(UPS, System.getProperty("user.name")));
        Process daemons = stage.start("daemons", words);
        stage.awaitData(daemons);
        stage.await("upsmon's login", daemons, () -> Dialogue.loggedIn(stage.port(), UPS));
        stage.signal(daemons, "USR2");
        Dialogue.hold(stage.port(), UPS);
        stage.signal(daemons, "HUP");
        stage.awaitData(daemons);
        stage.await("upsmon's shutdown", daemons, () -> Files.exists(stage.down()));
        stage.stop(daemons);
    }

    /// All tools in one process, against the driver and the server of the tree.
    private void trainTools(Stage stage) throws IOException, InterruptedException {
        var user = List.of("-u", System.getProperty("user.name"));
        Process driver = null;
        Process upsd = null;
        for (Program program : Program.ALL) {
            var words = new ArrayList<String>();
            words.add(tree.program(program).toString());
            words.addAll(user);
            if (program.name().equals("dummy-ups")) {
                words.addAll(List.of("-a", UPS, "-F"));
                driver = stage.start(program.name(), words);
            } else if (program.name().equals("upsd")) {
                words.add("-F");
                upsd = stage.start(program.name(), words);
            }
        }
        stage.awaitData(required(upsd));
        var words = trainer(Cache.TOOLS, Program.Kind.TOOL, stage);
        words.addAll(List.of(UPS, "localhost:" + stage.port(), Stage.USER, Stage.PASSWORD));
        Process tools = stage.start("tools", words);
        if (!tools.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || tools.exitValue() != 0) {
            throw new IOException("the tools' rehearsal failed:\n" + stage.log("tools"));
        }
        stage.stop(required(upsd));
        stage.stop(required(driver));
    }

    private static Process required(@Nullable Process process) throws IOException {
        if (process == null) {
            throw new IOException("dummy-ups and upsd are needed to train the tools");
        }
        return process;
    }

    private List<String> trainer(Cache cache, Program.Kind kind, Stage stage) {
        var words = java(kind);
        words.addAll(List.of("-Xshare:off", "-XX:DumpLoadedClassList=" + classList(cache, stage)));
        words.addAll(List.of("-cp", cache.classPath(tree.lib().toString())));
        words.addAll(List.of("-Dnut.home=" + tree.home(), cache.trainer));
        return words;
    }

    private void dump(Cache cache, Program.Kind kind, Stage stage) throws IOException, InterruptedException {
        var words = java(kind);
        words.addAll(List.of("-Xshare:dump", "-XX:+AOTClassLinking"));
        words.add("-XX:SharedClassListFile=" + classList(cache, stage));
        words.add("-XX:SharedArchiveFile=" + tree.cache(cache));
        words.addAll(List.of("-cp", cache.classPath(tree.lib().toString())));
        Command.run("java to make the cache " + cache.file(), words);
        if (!Files.exists(tree.cache(cache))) {
            throw new IOException("the JVM wrote no cache " + tree.cache(cache));
        }
    }

    private List<String> java(Program.Kind kind) {
        var words = new ArrayList<String>();
        words.add(tree.java().toString());
        words.addAll(kind.flags());
        return words;
    }

    private static File classList(Cache cache, Stage stage) {
        return stage.scratch().resolve(cache.label + ".classes").toFile();
    }
}
