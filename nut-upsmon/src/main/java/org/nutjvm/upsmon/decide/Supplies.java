package org.nutjvm.upsmon.decide;

import java.util.List;
import org.nutjvm.upsmon.decide.Happening.Level;

/// Whether this machine still has enough power (clients/upsmon.c: recalc).
///
/// @param healthy sum of the power values of those that are not critical
/// @param minsupplies what it has to be at least
public record Supplies(int healthy, int minsupplies) {

    /// Adds up what is left. A UPS that was never heard of counts as healthy, as in C.
    public static Supplies of(Iterable<Verdict> verdicts, Policy policy) {
        int healthy = 0;
        for (var verdict : verdicts) {
            if (!verdict.critical()) {
                healthy += verdict.ups().powervalue();
            }
        }
        return new Supplies(healthy, policy.minsupplies());
    }

    /// Whether the machine has to go down.
    public boolean shutdown() {
        return healthy < minsupplies;
    }

    /// What the log has of it then.
    public List<Happening> said() {
        return shutdown()
                ? List.of(new Happening.Line(
                        Level.WARNING,
                        "Too few UPS(es) are healthy (" + healthy + "<" + minsupplies
                                + "), initiating forced shutdown"))
                : List.of();
    }
}
