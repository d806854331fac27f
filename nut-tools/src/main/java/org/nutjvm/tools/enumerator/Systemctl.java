package org.nutjvm.tools.enumerator;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// systemctl(1), with a limit of time for each call: it can hang.
public final class Systemctl {
    /// systemd's own limit for starting and stopping.
    private static final int LIMIT_SECONDS = 90;

    /// What a call gave.
    ///
    /// @param code its exit code, -1 if it was ended or could not be started
    /// @param out its standard output
    public record Result(int code, String out) {
        public boolean succeeded() {
            return code == 0;
        }
    }

    private final List<String> before;

    private Systemctl(List<String> before) {
        this.before = before;
    }

    /// As the environment has it: `TIMEOUT_CMD` with `TIMEOUT_ARGS` is put before the call, as upstream's scripts do.
    public static Systemctl of(Map<String, String> env) {
        return limitedBy(env.getOrDefault("TIMEOUT_CMD", ""), env.getOrDefault("TIMEOUT_ARGS", ""));
    }

    /// With another program put before each call.
    ///
    /// @param program a program that limits another's time, such as `timeout`; may be empty
    /// @param arguments what it takes before that other, in words
    public static Systemctl limitedBy(String program, String arguments) {
        var before = new ArrayList<String>();
        if (!program.isEmpty()) {
            before.add(program);
            for (String word : arguments.split(" ", -1)) {
                if (!word.isEmpty()) {
                    before.add(word);
                }
            }
        }
        return new Systemctl(before);
    }

    /// The words of a call.
    public List<String> words(String... arguments) {
        var words = new ArrayList<>(before);
        words.add("systemctl");
        words.addAll(List.of(arguments));
        return words;
    }

    /// Calls it and waits. Its complaints go where this program's do.
    public Result run(String... arguments) {
        Process process;
        try {
            process = new ProcessBuilder(words(arguments))
                    .redirectInput(Redirect.from(new File("/dev/null")))
                    .redirectError(Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            return new Result(-1, "");
        }
        var output = CompletableFuture.supplyAsync(() -> read(process));
        try {
            String text = output.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)
                    ? new Result(process.exitValue(), text)
                    : ended(process);
        } catch (TimeoutException | ExecutionException e) {
            return ended(process);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ended(process);
        }
    }

    private static String read(Process process) {
        try (var in = process.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static Result ended(Process process) {
        process.destroyForcibly();
        return new Result(-1, "");
    }
}
