package org.nutjvm.upsmon.run;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Programs as processes of the system.
public final class Processes implements CommandRunner {
    private static final Logger LOG = LoggerFactory.getLogger("upsmon");

    private final Map<String, String> base;
    private final Redirect output;

    /// @param base the environment they start from
    /// @param foreground whether what they print goes where this process's does, else nowhere
    public Processes(Map<String, String> base, boolean foreground) {
        this.base = Map.copyOf(base);
        this.output = foreground ? Redirect.INHERIT : Redirect.DISCARD;
    }

    @Override
    public void start(List<String> argv, Map<String, String> env, String stdin, Runnable ended) throws IOException {
        var builder = new ProcessBuilder(argv).redirectOutput(output).redirectError(output);
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
}
