package org.nutjvm.drivers.snmp.mapping;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the codes of a device mean.
public final class ValueTable {
    private final Map<Long, String> texts;

    ValueTable(Map<Long, String> texts) {
        this.texts = new LinkedHashMap<>(texts);
    }

    /// The meaning of a code, or null when the table does not have it.
    public @Nullable String text(long code) {
        return texts.get(code);
    }

    /// The first code with a meaning, or null when nothing means that.
    public @Nullable Long code(String text) {
        for (var entry : texts.entrySet()) {
            if (entry.getValue().equals(text)) {
                return entry.getKey();
            }
        }
        return null;
    }

    /// All meanings in the order of the file, each once.
    public List<String> texts() {
        Set<String> each = new LinkedHashSet<>(texts.values());
        return List.copyOf(each);
    }
}
