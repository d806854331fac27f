package org.nutjvm.upsmon.run;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Starts other programs.
public interface CommandRunner {
    /// Starts a program and does not wait for it.
    ///
    /// @param argv the program and its arguments
    /// @param env what its environment has beside this process's
    /// @param stdin what it reads; small enough for a pipe
    /// @param ended called when it has ended, in any thread, exactly once unless this throws
    /// @throws IOException if it cannot be started, with the system's reason
    void start(List<String> argv, Map<String, String> env, String stdin, Runnable ended) throws IOException;
}
