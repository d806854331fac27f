package org.nutjvm.drivers.core;

import org.jspecify.annotations.Nullable;

/// What `-c` can tell a running driver.
enum TwinCommand {
    RELOAD("reload", "driver.reload", "HUP"),
    RELOAD_OR_ERROR("reload-or-error", "driver.reload-or-error", ""),
    RELOAD_OR_EXIT("reload-or-exit", "driver.reload-or-exit", "USR1"),
    EXIT("exit", "driver.exit", "");

    private final String word;
    private final String instcmd;
    private final String signal;

    TwinCommand(String word, String instcmd, String signal) {
        this.word = word;
        this.instcmd = instcmd;
        this.signal = signal;
    }

    String word() {
        return word;
    }

    String instcmd() {
        return instcmd;
    }

    /// The signal that says the same, or empty if there is none.
    String signal() {
        return signal;
    }

    /// The command a word stands for, which may be shortened; null if it stands for none.
    static @Nullable TwinCommand of(String text) {
        if (text.isEmpty()) {
            return null;
        }
        for (var command : values()) {
            if (command.word.equals(text)) {
                return command;
            }
        }
        for (var command : new TwinCommand[] {RELOAD_OR_ERROR, EXIT, RELOAD, RELOAD_OR_EXIT}) {
            if (command.word.startsWith(text)) {
                return command;
            }
        }
        return null;
    }
}
