package org.nutjvm.common.io;

/// How a program of ours ends.
public final class Exit {
    private Exit() {}

    /// Ends the process, without what `System.exit` does besides: that asks the platform's loggers whether the exit
    /// should be mentioned, and a hundred classes are loaded for the answer. For programs that have put away
    /// everything themselves and count on no shutdown hook.
    public static void now(int code) {
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }
}
