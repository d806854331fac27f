package org.nutjvm.cgi.run;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.nutjvm.cgi.upsset.UpssetHandler;
import org.nutjvm.common.io.NutPaths;

/// upsset.cgi: settings and commands of UPSes.
public final class Upsset {
    /// The file's name, as web servers start it.
    public static final String PROGRAM = "upsset.cgi";

    /// What it is for.
    public static final String SUMMARY = "Makes pages that change settings of UPSes and run commands.";

    private Upsset() {}

    public static void main(String[] args) {
        Map<String, String> env =
                ByHand.environment(PROGRAM, SUMMARY, List.of(args), System.getenv(), System.out, System.err);
        if (env != null) {
            run(env, System.in, System.out, System.err);
        }
    }

    /// One request.
    public static void run(Map<String, String> env, InputStream in, PrintStream out, PrintStream err) {
        var site = new FileSite(NutPaths.of(env));
        new Gateway("upsset", env, in, out, err)
                .serve(new UpssetHandler(site, new LiveControl(env, new Keyring(env, err)), new FileGuard()));
    }
}
