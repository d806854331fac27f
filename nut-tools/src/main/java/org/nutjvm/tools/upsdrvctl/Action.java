package org.nutjvm.tools.upsdrvctl;

import org.jspecify.annotations.Nullable;

/// What upsdrvctl can be told to do.
enum Action {
    START("start"),
    STOP("stop"),
    SHUTDOWN("shutdown"),
    LIST("list"),
    STATUS("status"),
    /// `-c`: tells running drivers something.
    COMMAND("signal");

    private final String word;

    Action(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /// The action a word on the command line stands for, or null.
    static @Nullable Action of(String word) {
        for (Action action : values()) {
            if (action != COMMAND && action.word.equals(word)) {
                return action;
            }
        }
        return null;
    }

    /// Whether it shows something and changes nothing.
    boolean reports() {
        return this == LIST || this == STATUS;
    }
}
