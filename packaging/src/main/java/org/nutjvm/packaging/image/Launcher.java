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
        return template()
                .replace("@NAME@", program.name())
                .replace("@FLAGS@", String.join(" \\\n    ", program.kind().flags()))
                .replace("@CACHE@", program.kind().cache.file())
                .replace("@OWN-CACHE@", program.cache())
                .replace("@CLASSPATH@", program.classPath("$lib"))
                .replace("@MAIN@", program.mainClass());
    }

    private static String template() throws IOException {
        try (InputStream in = Launcher.class.getResourceAsStream("launcher.sh")) {
            if (in == null) {
                throw new IOException("launcher.sh is missing beside " + Launcher.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
