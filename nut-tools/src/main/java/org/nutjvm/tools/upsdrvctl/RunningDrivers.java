package org.nutjvm.tools.upsdrvctl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nutjvm.tools.drivers.ManagedUps;

/// Drivers seen from outside, by their command lines. Good enough to decide whether waiting for one makes sense, not to
/// signal it: it may belong to another configuration.
final class RunningDrivers {
    private static final Path PROC = Path.of("/proc");
    private static final int MOST_BYTES = 65536;

    private RunningDrivers() {}

    /// Whether any process looks like the driver of that UPS.
    static boolean any(ManagedUps ups) {
        String argument = "\0-a\0" + ups.name() + "\0";
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                String line = commandLine(process);
                int end = line.indexOf('\0');
                if (end > 0
                        && line.contains(argument)
                        && base(line.substring(0, end)).equals(ups.driver())) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return false; // no /proc: nothing to see
        }
        return false;
    }

    private static String base(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String commandLine(Path process) {
        try (var in = Files.newInputStream(process.resolve("cmdline"))) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it has ended
        }
    }
}
