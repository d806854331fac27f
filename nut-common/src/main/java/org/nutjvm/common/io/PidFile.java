package org.nutjvm.common.io;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/// Pid files as NUT's programs keep and use them (common/common.c: writepid, parsepidfile, sendsignalfn,
/// sendsignalpid). Nothing here logs: the caller knows whether a missing file is news.
public final class PidFile {
    /// The signal that only asks whether a process is there.
    public static final String NONE = "0";

    private static final int MAX_LENGTH = 512;

    /// What became of a signal.
    ///
    /// @param code what upstream's function returns: 0 sent; -1 no such process, not allowed, or not one of ours;
    ///     -2 file without a pid; -3 no such file
    /// @param everyday whether this is what a first start looks like (no file, or nobody behind it) and not worth
    ///     a word unless somebody asked for the signal
    /// @param message the reason for people; empty if sent
    public record Outcome(int code, boolean everyday, String message) {
        private static final Outcome SENT = new Outcome(0, true, "");

        /// Whether the signal reached its process.
        public boolean sent() {
            return code == 0;
        }
    }

    private PidFile() {}

    /// Writes this process's number and a newline with mode 0644, whatever the umask.
    ///
    /// @throws IOException with a message that names the file and the reason; upstream goes on without the file
    ///     then and logs `writepid: fopen FILE: REASON`
    public static void write(Path file) throws IOException {
        write(file, ProcessHandle.current().pid());
    }

    /// As {@link #write(Path)}, for another process: who starts a daemon may do this for it. Where it cannot be
    /// written,
    /// on a full disk say, none is left: an empty one would be in the way of the next start.
    public static void write(Path file, long pid) throws IOException {
        try (OutputStream out = new FileOutputStream(file.toFile())) {
            out.write((pid + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            removeEmpty(file, e);
            throw e;
        }
        Files.setPosixFilePermissions(
                file,
                EnumSet.of(
                        PosixFilePermission.OWNER_READ,
                        PosixFilePermission.OWNER_WRITE,
                        PosixFilePermission.GROUP_READ,
                        PosixFilePermission.OTHERS_READ));
    }

    private static void removeEmpty(Path file, IOException reason) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) == 0) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /// Removes the file if it still names this process: a successor's file stays.
    ///
    /// @throws IOException if it is there and cannot be removed
    public static void remove(Path file) throws IOException {
        if (Files.exists(file)
                && pid(firstLine(file)) == ProcessHandle.current().pid()) {
            Files.deleteIfExists(file);
        }
    }

    /// The number at the beginning of a text, as `-P` and pid files have it, or -1 (upstream's strtol: blanks and
    /// a sign before it and anything after it are allowed; no number is 0).
    public static long pid(String text) {
        int at = 0;
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        boolean negative = text.startsWith("-", at);
        if (negative || text.startsWith("+", at)) {
            at++;
        }
        long number = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            number = number * 10 + (text.charAt(at++) - '0');
            if (number > Integer.MAX_VALUE) {
                return -1;
            }
        }
        return negative ? -number : number;
    }

    /// The number in a pid file, or what upstream's parsepidfile returns otherwise: -3 if there is no file or it cannot
    /// be read, -2 if it is empty, -1 if no process can have the number in it.
    public static long read(Path file) {
        try {
            String line = firstLine(file);
            long pid = pid(line);
            return line.isEmpty() ? -2 : pid > 0 ? pid : -1;
        } catch (IOException e) {
            return -3;
        }
    }

    /// Sends a signal (a name without `SIG`, such as `HUP`, or {@link #NONE}) to the process whose number is in
    /// the file, provided that is one of the given programs.
    public static Outcome send(Path file, String signal, List<String> programs, Map<String, String> env) {
        String line;
        try {
            line = firstLine(file);
        } catch (NoSuchFileException e) {
            return new Outcome(-3, true, "fopen " + file + ": No such file or directory");
        } catch (IOException e) {
            return new Outcome(-3, false, "fopen " + file + ": " + Reasons.of(e));
        }
        if (line.isEmpty()) {
            return new Outcome(-2, false, "Failed to read pid from " + file);
        }
        return send(pid(line), signal, programs, env);
    }

    /// Sends a signal to a process, provided it is one of the given programs. A process whose name cannot be
    /// found out is taken for one of them, as upstream does; `NUT_IGNORE_CHECKPROCNAME=true` leaves the question
    /// out.
    public static Outcome send(long pid, String signal, List<String> programs, Map<String, String> env) {
        if (pid < 2 || pid > Integer.MAX_VALUE) {
            return new Outcome(-1, false, "Ignoring invalid pid number " + pid);
        }
        if (!ProgramName.unchecked(env) && !programs.isEmpty()) {
            String name = ProgramName.of(pid);
            if (!name.isEmpty() && !ProgramName.isOneOf(name, programs)) {
                return new Outcome(
                        -1,
                        false,
                        "Tried to signal PID " + pid + " which exists but is not of expected program '"
                                + String.join("'/'", programs) + "'");
            }
        }
        String refusal = Kill.send(pid, signal);
        return refusal.isEmpty() ? Outcome.SENT : new Outcome(-1, true, "kill: " + refusal);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static String firstLine(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(MAX_LENGTH), StandardCharsets.ISO_8859_1);
            int end = text.indexOf('\n');
            return end < 0 ? text : text.substring(0, end + 1);
        }
    }
}
