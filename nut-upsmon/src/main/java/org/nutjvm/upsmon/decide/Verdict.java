package org.nutjvm.upsmon.decide;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.nutjvm.upsmon.decide.Happening.Level;
import org.nutjvm.upsmon.decide.Watched.Comm;

/// Whether a UPS can still be counted on (clients/upsmon.c: is_ups_critical, recalc), and why in one sentence
/// that names the rule, the reading and the ages.
///
/// @param rule which rule decided
/// @param why the sentence, without the name of the UPS
/// @param ups the state to go on with: waiting for OBLBDURATION begins and ends here
public record Verdict(Rule rule, String why, Watched ups) {

    /// What decided. The critical ones are those C knows.
    public enum Rule {
        /// Nothing speaks against it.
        HEALTHY(false),
        /// On battery and low, but something still has to pass.
        WAITING(false),
        /// It does not answer, and nothing bad was known of it.
        SILENT(false),
        FSD(true),
        OVER_AND_SILENT(true),
        ALARM_AND_SILENT(true),
        CAL_AND_SILENT(true),
        BYPASS_AND_SILENT(true),
        OFF_AND_SILENT(true),
        OFF_TOO_LONG(true),
        /// On battery when it fell silent for DEADTIME: taken as on battery and low, then as the next two.
        DEAD_ON_BATTERY(true),
        OB_LB(true),
        PRIMARY_IS_LATE(true);

        private final boolean critical;

        Rule(boolean critical) {
            this.critical = critical;
        }

        public boolean critical() {
            return critical;
        }
    }

    public boolean critical() {
        return rule.critical();
    }

    /// What holds before anything is known.
    public static Verdict none(Watched ups) {
        return new Verdict(Rule.HEALTHY, "", ups);
    }

    /// What the log should have of this, after the verdict before: a critical or waiting UPS once for each
    /// rule, and the end of a wait.
    public List<Happening> news(Verdict before) {
        if (rule == before.rule()) {
            return List.of();
        }
        if (critical() || rule == Rule.WAITING) {
            String is = critical() ? "] is critical: " : "] is not critical yet: ";
            return List.of(new Happening.Line(Level.WARNING, "UPS [" + ups.sys() + is + why + " [" + rule + "]"));
        }
        if (before.critical() || before.rule() == Rule.WAITING) {
            return List.of(new Happening.Line(Level.INFO, "UPS [" + ups.sys() + "] is no longer critical"));
        }
        return List.of();
    }

    /// The same verdict on a UPS that counts for another power value, or whose role has changed.
    public Verdict on(Watched changed) {
        return new Verdict(rule, why, changed);
    }

    /// Judges a UPS as it is known at a time.
    public static Verdict of(Watched ups, Duration now, Policy policy) {
        if (ups.was(Flag.FSD)) {
            return new Verdict(Rule.FSD, "its status has FSD" + age(ups, now), ups);
        }
        if (ups.comm() == Comm.LOST) {
            var silent = silent(ups, now, policy);
            if (silent.isPresent()) {
                return silent.get();
            }
        }
        if (ups.was(Flag.OFF)
                && policy.offduration().isPresent()
                && ups.offSince().isPresent()) {
            var off = now.minus(ups.offSince().get());
            var limit = policy.offduration().get();
            if (limit.isZero() || off.compareTo(limit) > 0) {
                return new Verdict(
                        Rule.OFF_TOO_LONG,
                        "it is OFF for " + seconds(off) + " (OFFDURATION " + seconds(limit) + ")",
                        ups);
            }
        }
        return onBattery(ups, now, policy);
    }

    /// Rules that need no waiting once a UPS has fallen silent.
    private static Optional<Verdict> silent(Watched ups, Duration now, Policy policy) {
        if (ups.was(Flag.OVER) && policy.overduration().isPresent()) {
            var limit = policy.overduration().get();
            var over = ups.overSince().map(now::minus).orElse(limit);
            if (over.compareTo(limit) >= 0) {
                return lost(
                        Rule.OVER_AND_SILENT,
                        "overloaded for " + seconds(over) + " (OVERDURATION " + seconds(limit) + ")",
                        ups,
                        now);
            }
        }
        if (ups.was(Flag.ALARM) && policy.alarmcritical()) {
            return lost(Rule.ALARM_AND_SILENT, "in alarm (ALARMCRITICAL 1)", ups, now);
        }
        if (ups.was(Flag.CAL)) {
            return lost(Rule.CAL_AND_SILENT, "calibrating", ups, now);
        }
        if (ups.was(Flag.BYPASS)) {
            return lost(Rule.BYPASS_AND_SILENT, "on bypass", ups, now);
        }
        if (ups.was(Flag.OFF) && policy.offduration().isPresent()) {
            return lost(Rule.OFF_AND_SILENT, "OFF", ups, now);
        }
        return Optional.empty();
    }

    private static Optional<Verdict> lost(Rule rule, String known, Watched ups, Duration now) {
        return Optional.of(
                new Verdict(rule, "it was last known to be " + known + " and does not answer" + age(ups, now), ups));
    }

    private static Verdict onBattery(Watched ups, Duration now, Policy policy) {
        // While it answers, its age is only the time since the last poll, however rare those are.
        boolean dead = ups.was(Flag.ONBATT)
                && ups.comm() == Comm.LOST
                && now.minus(ups.lastAnswer().orElse(Duration.ZERO)).compareTo(policy.deadtime()) > 0;
        if (!ups.was(Flag.ONBATT) || (!ups.was(Flag.LOWBATT) && !dead)) {
            var calm = ups.oblbSince().isPresent() ? ups.withOblbSince(Optional.empty()) : ups;
            if (ups.comm() != Comm.LOST) {
                return new Verdict(Rule.HEALTHY, "", calm);
            }
            return ups.was(Flag.ONBATT)
                    ? new Verdict(
                            Rule.WAITING,
                            "it was on battery and does not answer" + age(ups, now)
                                    + "; it counts as empty after DEADTIME " + seconds(policy.deadtime()),
                            calm)
                    : new Verdict(Rule.SILENT, "it does not answer" + age(ups, now), calm);
        }
        if (ups.was(Flag.CAL)) {
            return new Verdict(Rule.WAITING, "it is on battery and low, but calibrating", ups);
        }
        if (policy.oblbduration().isPositive()) {
            if (ups.oblbSince().isEmpty()) {
                return new Verdict(
                        Rule.WAITING,
                        "it is on battery and low; waiting for OBLBDURATION " + seconds(policy.oblbduration()),
                        ups.withOblbSince(Optional.of(now)));
            }
            var oblb = now.minus(ups.oblbSince().get());
            if (oblb.compareTo(policy.oblbduration()) < 0) {
                return new Verdict(
                        Rule.WAITING,
                        "it is on battery and low for " + seconds(oblb) + " of OBLBDURATION "
                                + seconds(policy.oblbduration()),
                        ups);
            }
        }
        boolean toldLow = ups.was(Flag.LOWBATT);
        String what = toldLow
                ? "it is on battery and low" + age(ups, now)
                : "it was on battery and does not answer" + age(ups, now) + " (DEADTIME " + seconds(policy.deadtime())
                        + ")";
        if (ups.primary()) {
            return new Verdict(toldLow ? Rule.OB_LB : Rule.DEAD_ON_BATTERY, what, ups);
        }
        var late = now.minus(ups.lastNonCritical().orElse(Duration.ZERO));
        if (late.compareTo(policy.hostsync()) > 0) {
            return new Verdict(
                    Rule.PRIMARY_IS_LATE,
                    what + ", and its primary has not set FSD for " + seconds(late) + " (HOSTSYNC "
                            + seconds(policy.hostsync()) + ")",
                    ups);
        }
        return new Verdict(
                Rule.WAITING,
                what + "; waiting for its primary, " + seconds(late) + " of HOSTSYNC " + seconds(policy.hostsync()),
                ups);
    }

    private static String age(Watched ups, Duration now) {
        return ups.lastAnswer()
                .map(t -> " (last answer " + seconds(now.minus(t)) + " ago)")
                .orElse(" (it never did)");
    }

    private static String seconds(Duration d) {
        return d.toSeconds() + " s";
    }
}
