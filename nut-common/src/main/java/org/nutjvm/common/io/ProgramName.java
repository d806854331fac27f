package org.nutjvm.common.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Which program a process runs (common/common.c: getprocname, compareprocnames).
///
/// A C program is known by its executable. A program of ours may run under a copy of the JVM's launcher that has
/// the program's name, and then it is known the same way, to C programs as well; or its executable is `java`, and
/// then the option `-Dnut.program=NAME` on its command line tells.
final class ProgramName {
    private static final String PROGRAM_OPTION = "-Dnut.program=";
    private static final String DELETED = " (deleted)";
    private static final int MAX_LENGTH = 65536;

    private ProgramName() {}

    /// Whether the environment says to leave such checks out (`NUT_IGNORE_CHECKPROCNAME`: true, on, yes or 1).
    static boolean unchecked(Map<String, String> env) {
        return switch (env.getOrDefault("NUT_IGNORE_CHECKPROCNAME", "").toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "1" -> true;
            default -> false;
        };
    }

    /// The name or path of the program, or empty if there is no such process or the system does not tell.
    static String of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        String commandLine = text(process.resolve("cmdline"));
        String executable = executable(process, commandLine);
        if (base(executable).equals("java")) {
            for (String word : commandLine.split("\0", -1)) {
                if (word.startsWith(PROGRAM_OPTION)) {
                    return word.substring(PROGRAM_OPTION.length());
                }
            }
        }
        return executable;
    }

    /// Whether a name or path stands for one of the programs: the same as given, or the same without directories.
    static boolean isOneOf(String name, List<String> programs) {
        String own = base(name.endsWith(DELETED) ? name.substring(0, name.length() - DELETED.length()) : name);
        for (String program : programs) {
            if (own.equals(base(program))) {
                return true;
            }
        }
        return false;
    }

    /// The link is readable for the process's own user and root; the command line and the 15 letters of `comm`
    /// for all.
    private static String executable(Path process, String commandLine) {
        try {
            return Files.readSymbolicLink(process.resolve("exe")).toString();
        } catch (IOException e) {
            int end = commandLine.indexOf('\0');
            return end > 0
                    ? commandLine.substring(0, end)
                    : text(process.resolve("comm")).strip();
        }
    }

    private static String text(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_LENGTH), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // gone, or hidden by hidepid: not known
        }
    }

    private static String base(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
