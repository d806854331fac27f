package org.nutjvm.packaging.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// The shell script a user starts. It finds its tree, also through symbolic links, and becomes the JVM
/// (`exec`), so that the process id and its signals are the program's. It forks only when a link has to be
/// resolved.
final class Launcher {
    private Launcher() {}

    /// The text of a program's launcher.
    static String text(Program program) throws IOException {
        return text("launcher.sh")
                .replace("@BEFORE@", before(program))
                .replace("@NAME@", program.name())
                .replace("@FLAGS@", String.join(" \\\n    ", program.kind().flags()))
                .replace("@CACHE@", program.kind().cache.file())
                .replace("@OWN-CACHE@", program.cache())
                .replace("@CLASSPATH@", program.classPath("$lib"))
                .replace("@MAIN@", program.mainClass());
    }

    /// What a program's shell does before it becomes the JVM: the text of `PROGRAM.before.sh`, if there is one.
    private static String before(Program program) throws IOException {
        String resource = program.name() + ".before.sh";
        return Launcher.class.getResource(resource) == null ? "" : text(resource);
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = Launcher.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is missing beside " + Launcher.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
