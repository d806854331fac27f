package org.nutjvm.cgi.run;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.cli.NutCli;

/// A program for web servers that somebody starts at a shell, to see what it answers. A web server may give words of a
/// query as arguments; then none of them counts.
public final class ByHand {
    private ByHand() {}

    /// What the program is to work with.
    ///
    /// @return null if all that was asked for has been said
    public static @Nullable Map<String, String> environment(
            String program,
            String summary,
            List<String> args,
            Map<String, String> env,
            PrintStream out,
            PrintStream err) {
        if (args.isEmpty() || env.containsKey("GATEWAY_INTERFACE")) {
            return env;
        }
        var cli = new NutCli(program, summary)
                .usage("[-q <query>]")
                .value('q', "<query>", "answer to this query, as host=ups@localhost&treemode (default: an empty one)")
                .flag('V', "show the version")
                .flag('h', "show this help")
                .note("A web server runs it as a CGI program.");
        CommandLine line = cli.parse(args);
        if (cli.answer(line, out, err) >= 0) {
            return null;
        }
        var more = new HashMap<>(env);
        more.put("QUERY_STRING", line.last('q', ""));
        more.put("REQUEST_METHOD", "GET");
        return more;
    }
}
