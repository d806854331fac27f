package org.nutjvm.upsmon.run;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Programs as processes of the system.
public final class Processes implements CommandRunner {
    private static final Logger LOG = LoggerFactory.getLogger("upsmon");

    private static final String STANDARD_PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

    private final Map<String, String> base;
    private final Redirect output;

    /// @param base the environment they start from
    /// @param foreground whether what they print goes where this process's does, else nowhere
    public Processes(Map<String, String> base, boolean foreground) {
        var own = new HashMap<>(base);
        own.remove("NOTIFY_SOCKET"); // what they say to systemd would be taken for this process's words
        own.remove("WATCHDOG_USEC");
        own.remove("NUT_BACKGROUND_CHILD");
        this.base = Map.copyOf(own);
        this.output = foreground ? Redirect.INHERIT : Redirect.DISCARD;
    }

    @Override
    public void start(List<String> argv, Map<String, String> env, String stdin, Runnable ended) throws IOException {
        var words = new ArrayList<>(argv);
        words.set(0, find(argv.getFirst()));
        var builder = new ProcessBuilder(words).redirectOutput(output).redirectError(output);
        builder.environment().clear();
        builder.environment().putAll(base);
        builder.environment().putAll(env);
        var process = builder.start();
        var _ = process.onExit().thenRun(ended);
        try (var to = process.getOutputStream()) {
            to.write(stdin.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debug("{} did not read what it was given: {}", argv.getFirst(), e.getMessage());
        }
    }

    /// A program by the PATH of the given environment, which need not be this process's.
    private String find(String program) throws IOException {
        if (program.indexOf('/') >= 0) {
            return program;
        }
        for (String place : base.getOrDefault("PATH", STANDARD_PATH).split(":", -1)) {
            Path file = Path.of(place.isEmpty() ? "." : place, program);
            if (Files.isExecutable(file) && !Files.isDirectory(file)) {
                return file.toString();
            }
        }
        throw new NoSuchFileException(program);
    }
}
