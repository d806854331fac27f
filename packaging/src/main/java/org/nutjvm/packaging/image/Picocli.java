package org.nutjvm.packaging.image;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// picocli, compiled anew. Its published jar holds classes of Java 5's format, which an AOT cache leaves out, so that
/// each start would parse and verify them: 36 ms. Its published sources compile for today's format as they are.
final class Picocli {
    static final String ARTIFACT = "picocli";

    private Picocli() {}

    /// Makes the jar from the sources on the class path.
    static void compile(Tree tree) throws IOException, InterruptedException {
        Path sources = sources();
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        Path scratch = Files.createTempDirectory("picocli");
        try {
            Path unpacked = Files.createDirectories(scratch.resolve("sources"));
            Path classes = Files.createDirectories(scratch.resolve("classes"));
            Command.run(
                    "jar",
                    List.of(
                            bin.resolve("jar").toString(),
                            "--extract",
                            "--file",
                            sources.toString(),
                            "--dir",
                            unpacked.toString()));
            Command.run(
                    "javac",
                    List.of(
                            bin.resolve("javac").toString(),
                            "-nowarn",
                            "-Xlint:none",
                            "-proc:none",
                            "-g:source,lines",
                            "-XDstringConcat=inline",
                            "--release",
                            "25",
                            "-d",
                            classes.toString(),
                            "-sourcepath",
                            unpacked.toString(),
                            unpacked.resolve("picocli/CommandLine.java").toString()));
            Path notice = Files.createDirectories(classes.resolve("META-INF")).resolve("NOTICE");
            Files.writeString(notice, """
                    picocli, copyright Remko Popma, https://picocli.info
                    Licensed under the Apache License, Version 2.0: https://www.apache.org/licenses/LICENSE-2.0
                    These classes were compiled, unchanged, from the sources published as %s.
                    """.formatted(sources.getFileName()));
            Command.run(
                    "jar",
                    List.of(
                            bin.resolve("jar").toString(),
                            "--create",
                            "--file",
                            tree.jar(ARTIFACT).toString(),
                            "-C",
                            classes.toString(),
                            "."));
        } finally {
            Tree.delete(scratch);
        }
    }

    private static Path sources() throws IOException {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            String name = Path.of(entry).getFileName().toString();
            if (name.startsWith(ARTIFACT + "-") && name.endsWith("-sources.jar")) {
                return Path.of(entry);
            }
        }
        throw new IOException("no sources of picocli on the class path: the image is made by `mvn package`");
    }
}
