package org.nutjvm.tools.enumerator;

import java.io.PrintStream;

/// What is said meanwhile, on standard error: standard output is for whoever asks.
public record Log(PrintStream err, boolean debugs) {
    void debug(String text) {
        if (debugs) {
            say("DEBUG", text);
        }
    }

    void info(String text) {
        say("INFO", text);
    }

    void warn(String text) {
        say("WARNING", text);
    }

    void error(String text) {
        say("ERROR", text);
    }

    private void say(String level, String text) {
        err.print("[" + level + "] " + text + "\n");
        err.flush();
    }
}
