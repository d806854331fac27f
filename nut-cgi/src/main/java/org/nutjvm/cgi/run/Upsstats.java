package org.nutjvm.cgi.run;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.nutjvm.cgi.upsstats.UpsstatsHandler;
import org.nutjvm.common.io.LocalClock;
import org.nutjvm.common.io.NutPaths;

/// upsstats.cgi: pages about UPSes.
public final class Upsstats {
    /// The file's name, as web servers start it.
    public static final String PROGRAM = "upsstats.cgi";

    /// What it is for.
    public static final String SUMMARY = "Makes pages about UPSes of templates.";

    private Upsstats() {}

    public static void main(String[] args) {
        Map<String, String> env =
                ByHand.environment(PROGRAM, SUMMARY, List.of(args), System.getenv(), System.out, System.err);
        if (env != null) {
            run(env, System.in, System.out, System.err);
        }
    }

    /// One request.
    public static void run(Map<String, String> env, InputStream in, PrintStream out, PrintStream err) {
        try (var upses = new LiveUpses(env, new Keyring(env, err))) {
            var site = new FileSite(NutPaths.of(env));
            new Gateway("upsstats", env, in, out, err).serve(new UpsstatsHandler(site, upses, new LocalClock(env)));
        }
    }
}
