package org.nutjvm.drivers.failover;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is to be the primary (drivers/failover.c: get_primary_candidate).
///
/// @param filters preferences of ups.conf
/// @param strict whether only those who pass the filters, or are forced, may be elected
/// @param checkRuntime what parts equals who are not on line power: 0 their order, 1 run time, 2
/// its lower limit, 3
/// both
record Election(StatusFilters filters, boolean strict, int checkRuntime) {
    /// What an administrator has ordered.
    enum Order {
        NONE,
        IGNORE,
        PRIMARY
    }

    /// One who may be elected.
    ///
    /// @param dumped there, and has told everything once
    /// @param dataOk says its data are good
    /// @param status its `ups.status`, or null
    /// @param runtime its `battery.runtime`, -1 if not known
    /// @param runtimeLow its `battery.runtime.low`, -1 if not known
    record Candidate(
            boolean dumped,
            Order order,
            boolean dataOk,
            @Nullable String status,
            int runtime,
            int runtimeLow) {
        boolean online() {
            return status != null && StatusFilters.words(status, ' ').contains("OL");
        }
    }

    Suitability priority(Candidate of) {
        if (!of.dumped() || of.order() == Order.IGNORE) {
            return Suitability.SKIPPED;
        }
        if (of.order() == Order.PRIMARY) {
            return Suitability.FORCED;
        }
        if (filters.pass(of.status())) {
            return Suitability.STATUS_FILTERS;
        }
        if (strict) {
            return Suitability.SKIPPED;
        }
        if (!of.dataOk()) {
            return Suitability.STALE;
        }
        return of.online() ? Suitability.ONLINE : Suitability.BATTERY;
    }

    /// The place of the best in the list, -1 if there is none.
    int best(List<Candidate> candidates) {
        int best = -1;
        for (int i = 0; i < candidates.size(); i++) {
            if (priority(candidates.get(i)) != Suitability.SKIPPED
                    && (best < 0 || better(candidates.get(i), candidates.get(best)))) {
                best = i;
            }
        }
        return best;
    }

    private boolean better(Candidate one, Candidate than) {
        Suitability priority = priority(one);
        int difference = priority.number() - priority(than).number();
        if (difference != 0) {
            return difference < 0;
        }
        if (priority.number() < Suitability.BATTERY.number()) {
            return false;
        }
        boolean longer = one.runtime() > than.runtime();
        boolean higher = one.runtimeLow() > than.runtimeLow();
        return switch (checkRuntime) {
            case 1 -> longer;
            case 2 -> higher;
            case 3 -> longer && higher;
            default -> false;
        };
    }
}
