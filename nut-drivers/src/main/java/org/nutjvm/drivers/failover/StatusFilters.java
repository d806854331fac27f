package org.nutjvm.drivers.failover;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which words of `ups.status` make a driver preferred (drivers/failover.c: ups_passes_status_filters).
///
/// @param haveAny one of them has to be there
/// @param haveAll all of them have to
/// @param nothaveAny none of them may
/// @param nothaveAll they may not all be there
record StatusFilters(List<String> haveAny, List<String> haveAll, List<String> nothaveAny, List<String> nothaveAll) {
    StatusFilters {
        haveAny = List.copyOf(haveAny);
        haveAll = List.copyOf(haveAll);
        nothaveAny = List.copyOf(nothaveAny);
        nothaveAll = List.copyOf(nothaveAll);
    }

    /// Whether there are filters and a status passes all of them.
    boolean pass(@Nullable String status) {
        if (status == null || status.isEmpty() || none()) {
            return false;
        }
        Set<String> words = new HashSet<>(words(status, ' '));
        return nothaveAny.stream().noneMatch(words::contains)
                && words.containsAll(haveAll)
                && (nothaveAll.isEmpty() || !words.containsAll(nothaveAll))
                && (haveAny.isEmpty() || haveAny.stream().anyMatch(words::contains));
    }

    private boolean none() {
        return haveAny.isEmpty() && haveAll.isEmpty() && nothaveAny.isEmpty() && nothaveAll.isEmpty();
    }

    /// The words of a text, trimmed; empty ones are left out.
    static List<String> words(String text, char between) {
        var words = new ArrayList<String>();
        int from = 0;
        while (from <= text.length()) {
            int at = text.indexOf(between, from);
            int to = at < 0 ? text.length() : at;
            String word = text.substring(from, to).strip();
            if (!word.isEmpty()) {
                words.add(word);
            }
            from = to + 1;
        }
        return words;
    }
}
