package org.nutjvm.common.io;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A daemon that starts detached. A JVM cannot fork, so the one that was started (the starter) starts itself
/// again and waits; a shell or upsdrvctl sees what it sees of a C daemon: the prompt returns when the daemon
/// serves, and a daemon that cannot start leaves its reason on standard error and a non-zero exit code
/// (common/common.c: background; drivers/main.c: background_pipefd).
///
/// - The starter runs its own command line again (/proc/self/cmdline), in a session of its own, with
///   `NUT_BACKGROUND_CHILD` set to the starter's pid. Only a process whose parent has that pid takes itself for
///   the daemon, so a daemon may start other daemons.
/// - The daemon's standard input is `/dev/null`; its standard output and error are pipes, and what comes there is
///   passed on until the daemon is ready.
/// - The daemon says it is ready by a zero byte on each pipe ({@link #ready}). The starter exits with 0. From
///   then on nobody reads the pipes, and what is written there is lost. (With `NUT_DEBUG_SYSLOG=stderr` standard
///   error is not a pipe but the starter's own, and stays.)
/// - If the daemon ends before that, the starter ends with its exit code, or 1 if that is 0. If the starter is
///   ended first, by Ctrl-C for instance, it takes the daemon with it.
public final class Background {
    /// In the environment of the daemon until it serves; not for what the daemon starts.
    public static final String CHILD = "NUT_BACKGROUND_CHILD";
    private static final List<String> SETSID = List.of("/usr/bin/setsid", "/bin/setsid");
    private static final File NOTHING = new File("/dev/null");
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private Background() {}

    /// Whether this process is the daemon that a starter waits for.
    public static boolean isDaemon(Map<String, String> env) {
        String starter = env.get(CHILD);
        return starter != null
                && ProcessHandle.current()
                        .parent()
                        .map(parent -> starter.equals(Long.toString(parent.pid())))
                        .orElse(false);
    }

    /// What the starter does instead of its work: starts the daemon and waits until it is ready or has failed.
    ///
    /// @return the exit code for this process
    public static int start(Map<String, String> env, PrintStream out, PrintStream err) {
        return start(env, out, err, "");
    }

    /// As above, with a umask for the daemon and what it starts (`0007`), or its starter's if that is empty.
    public static int start(Map<String, String> env, PrintStream out, PrintStream err, String umask) {
        try {
            var command = ownCommandLine();
            if (!umask.isEmpty()) {
                command.addAll(0, List.of("/bin/sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"));
            }
            return start(command, env, out, err);
        } catch (IOException e) {
            err.println("Unable to enter background: " + reason(e));
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /// What could not be opened or started, and why: Java says `Cannot run program "FILE"` of either.
    static String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains(NOTHING + " (")) {
            return NOTHING + ": " + Reasons.of(e)
                    + " (it has to be the device that everybody may read and write: mknod -m" + " 666 " + NOTHING
                    + " c 1 3; a file system mounted with nodev has no devices)";
        }
        int open = message.indexOf('"');
        int close = message.indexOf('"', open + 1);
        return message.startsWith("Cannot run program") && close > 0
                ? message.substring(open + 1, close) + ": " + Reasons.of(e)
                : Reasons.of(e);
    }

    /// As above, with the command to run.
    static int start(List<String> command, Map<String, String> env, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        var words = new ArrayList<String>(command.size() + 1);
        for (String setsid : SETSID) {
            if (words.isEmpty() && Files.isExecutable(Path.of(setsid))) {
                words.add(setsid);
            }
        }
        words.addAll(command);
        var builder = new ProcessBuilder(words).redirectInput(Redirect.from(NOTHING));
        builder.environment().clear();
        builder.environment().putAll(env);
        builder.environment().put(CHILD, Long.toString(ProcessHandle.current().pid()));
        if (keepsStderr(env)) {
            builder.redirectError(Redirect.INHERIT);
        }
        Process daemon = builder.start();
        var abandon = new Thread(daemon::destroy, "abandon");
        Runtime.getRuntime().addShutdownHook(abandon);
        var errors = new Thread(() -> pass(daemon.getErrorStream(), err), "errors");
        errors.setDaemon(true);
        errors.start();
        boolean ready = pass(daemon.getInputStream(), out);
        try {
            Runtime.getRuntime().removeShutdownHook(abandon);
        } catch (IllegalStateException e) {
            return 1; // this process is being ended, and the daemon with it
        }
        int code = ready ? 0 : daemon.waitFor();
        errors.join(LAST_WORDS);
        return ready || code != 0 ? code : 1;
    }

    /// What the daemon does when it serves: lets the starter go. Does nothing in any other process.
    ///
    /// @throws IOException if there is no way to leave the starter's session
    public static void ready(Map<String, String> env, PrintStream out, PrintStream err) throws IOException {
        if (!isDaemon(env)) {
            return;
        }
        if (!leadsSession()) {
            Posix.setsid(); // no setsid(1) on this system
        }
        if (!keepsStderr(env)) {
            err.write(0);
        }
        err.flush();
        out.write(0);
        out.flush();
    }

    private static boolean keepsStderr(Map<String, String> env) {
        return env.getOrDefault("NUT_DEBUG_SYSLOG", "").equals("stderr");
    }

    /// The fourth word after the program's name, which may hold anything, is the session.
    private static boolean leadsSession() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"), StandardCharsets.ISO_8859_1);
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5);
        return words[3].equals(Long.toString(ProcessHandle.current().pid()));
    }

    /// Passes on what comes, up to a zero byte.
    ///
    /// @return whether there was one
    private static boolean pass(InputStream from, PrintStream to) {
        try {
            byte[] bytes = new byte[1024];
            for (int count; (count = from.read(bytes)) >= 0; ) {
                for (int i = 0; i < count; i++) {
                    if (bytes[i] == 0) {
                        to.flush();
                        return true;
                    }
                    to.write(bytes[i]);
                }
                to.flush();
            }
        } catch (IOException e) {
            to.flush(); // the pipe is closed: the daemon has ended
        }
        return false;
    }

    /// The words this process was started with, its program as an absolute path.
    private static List<String> ownCommandLine() throws IOException {
        String[] words = new String(
                        Files.readAllBytes(Path.of("/proc/self/cmdline")),
                        Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")))
                .split("\0", -1);
        var command = new ArrayList<String>(words.length);
        command.add(Files.readSymbolicLink(Path.of("/proc/self/exe")).toString());
        for (int i = 1; i < words.length - 1; i++) {
            command.add(words[i]);
        }
        return command;
    }
}
