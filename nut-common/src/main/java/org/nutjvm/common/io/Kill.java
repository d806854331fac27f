package org.nutjvm.common.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// kill(2) without native calls: the question whether a process may be signalled is answered from /proc, and a
/// signal is sent by the shell's own `kill`, so that nothing need be installed. A few milliseconds, where the
/// first native call would take some 50 and keep megabytes.
final class Kill {
    private static final int TIMEOUT_SECONDS = 10;

    private Kill() {}

    /// Sends the signal.
    ///
    /// @return the reason in strerror's words, or empty if it was sent
    static String send(long pid, String signal) {
        String refusal = refusal(pid);
        if (!refusal.isEmpty() || signal.equals(PidFile.NONE)) {
            return refusal;
        }
        try {
            Process shell = new ProcessBuilder("/bin/sh", "-c", "kill -s \"$1\" \"$2\"", "kill", signal, "" + pid)
                    .redirectErrorStream(true)
                    .start();
            shell.getOutputStream().close();
            return result(shell);
        } catch (IOException e) {
            return Reasons.of(e);
        }
    }

    private static String result(Process shell) throws IOException {
        try (InputStream output = shell.getInputStream()) {
            String said = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!shell.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
                return "no answer from /bin/sh";
            }
            if (shell.exitValue() == 0) {
                return "";
            }
            return said.isEmpty()
                    ? "exit code " + shell.exitValue()
                    : said.substring(said.lastIndexOf(": ") + 1).strip();
        } catch (InterruptedException e) {
            shell.destroyForcibly();
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /// What kill(pid, 0) would complain about: no such process, or neither root nor its user.
    private static String refusal(long pid) {
        String target;
        String self;
        try {
            target = uids(Long.toString(pid));
        } catch (IOException e) {
            return "No such process";
        }
        try {
            self = uids("self");
        } catch (IOException e) {
            return ""; // the attempt will tell
        }
        String[] theirs = target.split("\t", -1);
        String[] ours = self.split("\t", -1);
        boolean allowed = ours[1].equals("0")
                || ours[0].equals(theirs[0])
                || ours[0].equals(theirs[2])
                || ours[1].equals(theirs[0])
                || ours[1].equals(theirs[2]);
        return allowed ? "" : "Operation not permitted";
    }

    /// Real, effective, saved and file system user.
    private static String uids(String process) throws IOException {
        String status = Files.readString(Path.of("/proc", process, "status"), StandardCharsets.ISO_8859_1);
        int start = status.indexOf("\nUid:\t");
        if (start < 0) {
            throw new IOException("no Uid in /proc/" + process + "/status");
        }
        return status.substring(start + 6, status.indexOf('\n', start + 6));
    }
}
