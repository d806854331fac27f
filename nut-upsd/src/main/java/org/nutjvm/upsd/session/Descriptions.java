package org.nutjvm.upsd.session;

import org.jspecify.annotations.Nullable;

/// One sentence about each standard variable and command (server/desc.c).
public interface Descriptions {
    @Nullable
    String var(String name);

    @Nullable
    String cmd(String name);

    /// For a server without that file.
    Descriptions NONE = new Descriptions() {
        @Override
        public @Nullable String var(String name) {
            return null;
        }

        @Override
        public @Nullable String cmd(String name) {
            return null;
        }
    };
}
