package org.nutjvm.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Types what a page tells its readers to type, on a machine made of namespaces. Needs root, who alone can make one.
final class Typist {
    /// For a whole page on a machine that others use, too.
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private Typist() {}

    /// Runs a script in `sh` on a new machine, with the image at /opt/nut.
    ///
    /// @param user whom to be: `root` or `nobody`
    static Result type(Sandbox box, String name, List<String> script, String user) throws IOException {
        Maker.OURS.program("upsd");
        assumeTrue(Sandbox.root(), "only root can make a machine of its own for the commands of " + name);
        var can = box.run("unshare", List.of("unshare", "--mount", "--net", "--pid", "--fork", "--mount-proc", "true"));
        assumeTrue(can.exit() == 0, () -> "no namespaces here: " + can.err());
        Path stage = box.dir().resolve("stage.sh");
        Files.writeString(stage, resource("stage.sh"));
        Path work = Files.createDirectory(box.dir().resolve("machine"));
        Path file = box.script("page.sh", String.join("\n", script) + "\n");
        var command = new ArrayList<>(List.of(
                "env -i LC_ALL=C unshare --mount --net --pid --fork --kill-child --mount-proc sh".split(" ", -1)));
        command.addAll(List.of(stage.toString(), Maker.image().toString(), work.toString(), file.toString(), user));
        var typing = box.start(name, command);
        int exit = typing.awaitExit(LIMIT);
        return new Result(exit, typing.out(), typing.err());
    }

    /// A file of the resources beside stage.sh.
    static String resource(String name) throws IOException {
        try (InputStream in = Typist.class.getResourceAsStream("/docs/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
