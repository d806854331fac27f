package org.nutjvm.tools;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.nutjvm.tools.upsc.Upsc;
import org.nutjvm.tools.upscmd.Upscmd;
import org.nutjvm.tools.upsrw.Upsrw;

/// What a run of a program left behind.
record Ran(int exitCode, String out, String err) {
    /// Runs a program in this process.
    static Ran of(Map<String, String> env, String in, String program, List<String> args) {
        var input = new ByteArrayInputStream(in.getBytes(StandardCharsets.ISO_8859_1));
        var outBytes = new ByteArrayOutputStream();
        var errBytes = new ByteArrayOutputStream();
        var out = new PrintStream(outBytes, false, StandardCharsets.ISO_8859_1);
        var err = new PrintStream(errBytes, false, StandardCharsets.ISO_8859_1);
        int exitCode = switch (program) {
            case "upsc" -> new Upsc(env, input, out, err).run(args);
            case "upscmd" -> new Upscmd(env, input, out, err).run(args);
            case "upsrw" -> new Upsrw(env, input, out, err).run(args);
            default -> throw new IllegalArgumentException(program);
        };
        out.flush();
        err.flush();
        return new Ran(
                exitCode,
                outBytes.toString(StandardCharsets.ISO_8859_1),
                errBytes.toString(StandardCharsets.ISO_8859_1));
    }

    static Ran of(String program, String... args) {
        return of(Map.of(), "", program, List.of(args));
    }

    String firstErrLine() {
        return err.lines().findFirst().orElse("");
    }
}
