package org.nutjvm.tools.upsdrvctl;

import org.jspecify.annotations.Nullable;

/// What `-c` can tell a running driver, by signal or by socket (drivers/upsdrvctl.c: main).
enum DriverCommand {
    RELOAD_OR_ERROR("reload-or-error", ""),
    EXIT("exit", ""),
    DUMP("dump", "URG"),
    DATA_DUMP("data-dump", "URG"),
    RELOAD("reload", "HUP"),
    RELOAD_OR_EXIT("reload-or-exit", "USR1");

    private final String word;
    private final String signal;

    DriverCommand(String word, String signal) {
        this.word = word;
        this.signal = signal;
    }

    String word() {
        return word;
    }

    /// The signal's name without SIG; empty if only the socket can carry it.
    String signal() {
        return signal;
    }

    /// The command a word stands for, or null. It may be shortened: the full word counts first, then upstream's order.
    static @Nullable DriverCommand of(String text) {
        for (DriverCommand command : values()) {
            if (command.word.equals(text)) {
                return command;
            }
        }
        for (DriverCommand command : values()) {
            if (!text.isEmpty() && command.word.startsWith(text)) {
                return command;
            }
        }
        return null;
    }
}
