package org.nutjvm.tools.shared;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The terminal that controls this process, wherever standard input and output point. The JVM's own Console exists only
/// if both are that terminal; a password typed while output goes to a file must not be echoed either.
final class Tty {
    private static final File DEVICE = new File("/dev/tty");
    private static final long STTY_SECONDS = 5;

    private Tty() {}

    /// Null when there is no controlling terminal, or no stty to silence it.
    static @Nullable Tty open() {
        try (var device = new FileInputStream(DEVICE)) {
            return device.getFD().valid() && stty("-a") ? new Tty() : null;
        } catch (IOException e) {
            return null;
        }
    }

    /// Asks with echo switched off; whatever happens, it is on again afterwards.
    @Nullable
    String askSecret(String prompt) throws IOException {
        var restore = new Thread(Tty::echoOn);
        Runtime.getRuntime().addShutdownHook(restore);
        try (var in = new FileInputStream(DEVICE);
                var out = new FileOutputStream(DEVICE)) {
            if (!stty("-echo")) {
                throw new IOException("cannot switch the terminal's echo off");
            }
            try {
                out.write(prompt.getBytes(StandardCharsets.US_ASCII));
                return Terminal.readLine(in);
            } finally {
                echoOn();
                out.write('\n');
            }
        } finally {
            Runtime.getRuntime().removeShutdownHook(restore);
        }
    }

    private static void echoOn() {
        try {
            stty("echo");
        } catch (IOException e) {
            // The terminal is gone, and its settings with it.
        }
    }

    private static boolean stty(String setting) throws IOException {
        var stty = new ProcessBuilder("stty", setting)
                .redirectInput(DEVICE)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (stty.waitFor(STTY_SECONDS, TimeUnit.SECONDS)) {
                return stty.exitValue() == 0;
            }
            stty.destroyForcibly();
            return false;
        } catch (InterruptedException e) {
            stty.destroyForcibly();
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
