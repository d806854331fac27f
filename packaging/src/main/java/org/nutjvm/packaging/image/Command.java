package org.nutjvm.packaging.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program of the JDK, run to its end. Its output is shown only if it fails.
final class Command {
    private static final int LIMIT_MINUTES = 5;

    private Command() {}

    /// @param what the program in words, for the message if it cannot be run
    /// @throws IOException if it cannot be started, fails, or takes longer than five minutes
    static void run(String what, List<String> words) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(words).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IOException("cannot run " + what + ": " + e.getMessage(), e);
        }
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(what + " does not end: " + output);
        }
        if (process.exitValue() != 0) {
            throw new IOException(what + " failed with " + process.exitValue() + ": " + output);
        }
    }
}
