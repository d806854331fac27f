package org.nutjvm.cgi.ups;

import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What a UPS says at one moment: all of it, or why it is not known.
public sealed interface Reading {
    /// All variables in the server's order, one char a byte.
    record Known(SequencedMap<String, String> vars) implements Reading {
        @Override
        public @Nullable String get(String name) {
            String value = vars.get(name);
            if (value == null) {
                for (Map.Entry<String, String> entry : vars.entrySet()) { // a server takes names in any case
                    if (entry.getKey().equalsIgnoreCase(name)) {
                        return entry.getValue();
                    }
                }
            }
            return value;
        }
    }

    /// Nothing is known.
    record Unknown(UpsTrouble trouble) implements Reading {
        @Override
        public @Nullable String get(String name) {
            return null;
        }
    }

    /// A variable's value, or null if there is none.
    @Nullable
    String get(String name);
}
