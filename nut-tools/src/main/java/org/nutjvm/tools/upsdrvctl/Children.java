package org.nutjvm.tools.upsdrvctl;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;

/// How drivers are run.
interface Children {
    /// Runs a program.
    ///
    /// @throws IOException if the system will not
    Process start(List<String> words) throws IOException;

    /// With this process's own standard input, output and error, as a shell does.
    static Children inheriting() {
        return words -> new ProcessBuilder(words).inheritIO().start();
    }

    /// With nothing to read and nobody listening.
    static Children silent() {
        return words -> new ProcessBuilder(words)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
    }
}
