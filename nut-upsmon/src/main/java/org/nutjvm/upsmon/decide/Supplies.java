package org.nutjvm.upsmon.decide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.nutjvm.upsmon.decide.Happening.Level;

/// Whether this machine still has enough power (clients/upsmon.c: recalc).
///
/// @param ups all UPSes, with the waits their verdicts began or ended
/// @param healthy sum of the power values of those that are not critical
/// @param shutdown whether that is less than MINSUPPLIES
/// @param said sentences for the log: why a UPS is critical, what is waited for
public record Supplies(List<Watched> ups, int healthy, boolean shutdown, List<Happening> said) {
    public Supplies {
        ups = List.copyOf(ups);
        said = List.copyOf(said);
    }

    /// Judges all UPSes as they are known at a time.
    public static Supplies of(List<Watched> watched, Duration now, Policy policy) {
        var after = new ArrayList<Watched>();
        var said = new ArrayList<Happening>();
        int healthy = 0;
        for (var ups : watched) {
            var verdict = Verdict.of(ups, now, policy);
            after.add(verdict.ups());
            if (!verdict.critical()) {
                healthy += ups.powervalue();
            }
            if (verdict.critical() || verdict.rule() == Verdict.Rule.WAITING) {
                String is = verdict.critical() ? "] is critical: " : "] is not critical yet: ";
                said.add(new Happening.Line(
                        Level.WARNING, "UPS [" + ups.sys() + is + verdict.why() + " [" + verdict.rule() + "]"));
            } else if (ups.oblbSince().isPresent() && verdict.ups().oblbSince().isEmpty()) {
                said.add(new Happening.Line(
                        Level.WARNING,
                        "UPS [" + ups.sys() + "] is no longer on battery and low after "
                                + now.minus(ups.oblbSince().get()).toSeconds() + " s"));
            }
        }
        boolean shutdown = healthy < policy.minsupplies();
        if (shutdown) {
            said.add(new Happening.Line(
                    Level.WARNING,
                    "Too few UPS(es) are healthy (" + healthy + "<" + policy.minsupplies()
                            + "), initiating forced shutdown"));
        }
        return new Supplies(after, healthy, shutdown, said);
    }
}
