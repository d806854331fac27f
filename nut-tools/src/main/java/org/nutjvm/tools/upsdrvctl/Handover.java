package org.nutjvm.tools.upsdrvctl;

import java.util.List;

/// Becoming a driver. C's upsdrvctl replaces itself with the driver (`execv`) when it has one to start in the
/// foreground, and who started it counts on that: its process id and signals are the driver's then. A JVM cannot do
/// that, but the shell that starts it can: asked by {@link #ASKED}, this program says what to become and ends.
final class Handover {
    /// Set in the environment by the launcher: what it gets is a script for its shell, and nothing if there is nothing
    /// to become.
    static final String ASKED = "NUT_UPSDRVCTL_HANDOVER";

    private Handover() {}

    /// The script: prints what has to be printed and becomes the driver.
    ///
    /// @param banner a line for standard output, or empty
    static String script(String banner, List<String> words) {
        var script = new StringBuilder();
        if (!banner.isEmpty()) {
            script.append("printf '%s\\n' ");
            quote(script, banner);
            script.append('\n');
        }
        script.append("exec");
        for (String word : words) {
            script.append(' ');
            quote(script, word);
        }
        return script.append('\n').toString();
    }

    private static void quote(StringBuilder script, String word) {
        script.append('\'').append(word.replace("'", "'\\''")).append('\'');
    }
}
