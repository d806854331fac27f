package org.nutjvm.upsmon.decide;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All that upsmon knows of one UPS it watches (clients/upsmon.h: utype_t without the connection). Times are durations
/// since upsmon started; empty means it never happened.
///
/// @param sys the UPS as MONITOR names it, `ups@host:port`
/// @param powervalue how many of this machine's supplies it feeds; 0 watches only
/// @param primary whether this machine manages it
/// @param comm whether it answers
/// @param seen flags of the last answer; they stay when it falls silent
/// @param lineKnown whether it was seen on line or on battery before (the first ONLINE is no news)
/// @param others status words that are nobody's
/// @param alarm text of the alarms last told of
/// @param lastAnswer last time it answered
/// @param lastNonCritical last time it answered with anything but OB and LB together without CAL
/// @param offSince since when it is OFF
/// @param overSince since when it is overloaded
/// @param oblbSince since when it is on battery and low, while OBLBDURATION is waited for
/// @param lastReplbatt last REPLBATT notice
/// @param lastNocomm last NOCOMM notice
/// @param fsdTold whether FSD was told of since the word appeared
/// @param pollfail what the last failing poll said and how often that was not logged; empty after a good one
public record Watched(
        String sys,
        int powervalue,
        boolean primary,
        Comm comm,
        Set<Flag> seen,
        boolean lineKnown,
        List<String> others,
        Optional<String> alarm,
        Optional<Duration> lastAnswer,
        Optional<Duration> lastNonCritical,
        Optional<Duration> offSince,
        Optional<Duration> overSince,
        Optional<Duration> oblbSince,
        Optional<Duration> lastReplbatt,
        Optional<Duration> lastNocomm,
        boolean fsdTold,
        Optional<Pollfail> pollfail) {

    /// Whether a UPS answers.
    public enum Comm {
        /// Not asked yet: the first answer is no news.
        UNKNOWN,
        UP,
        LOST
    }

    /// A failure that goes on.
    ///
    /// @param why what the poll said
    /// @param unlogged polls since it was last logged
    public record Pollfail(String why, int unlogged) {}

    public Watched {
        seen = copy(seen);
        others = List.copyOf(others);
    }

    /// A UPS nothing is known of yet.
    public static Watched unseen(String sys, int powervalue, boolean primary) {
        return new Watched(
                sys,
                powervalue,
                primary,
                Comm.UNKNOWN,
                Set.of(),
                false,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty());
    }

    /// The same UPS after a sleep or a jump of the clock: what was read before is no longer taken for a state, and it
    /// counts as having answered now, so that nothing is concluded from the gap.
    public Watched woken(Duration now) {
        var next = new Draft(this);
        next.seen.clear();
        next.alarm = Optional.empty();
        next.lastAnswer = Optional.of(now);
        next.lastNonCritical = Optional.of(now);
        next.offSince = Optional.empty();
        next.overSince = Optional.empty();
        next.oblbSince = Optional.empty();
        return next.done();
    }

    /// The same after a reload that may have changed its MONITOR line. What a poll failed with is logged anew.
    public Watched redefined(int newPowervalue, boolean nowPrimary) {
        var next = new Draft(this);
        next.powervalue = newPowervalue;
        next.primary = nowPrimary;
        next.pollfail = Optional.empty();
        return next.done();
    }

    /// The same, with FSD told of: the status word that follows is no news.
    public Watched withFsdTold() {
        var next = new Draft(this);
        next.fsdTold = true;
        return next.done();
    }

    /// The same, with the wait for OBLBDURATION begun or ended.
    Watched withOblbSince(Optional<Duration> since) {
        var next = new Draft(this);
        next.oblbSince = since;
        return next.done();
    }

    /// The next state in the making, from the one before.
    static final class Draft {
        private final String sys;
        private int powervalue;
        private boolean primary;
        Comm comm;
        final EnumSet<Flag> seen = EnumSet.noneOf(Flag.class);
        boolean lineKnown;
        List<String> others;
        Optional<String> alarm;
        Optional<Duration> lastAnswer;
        Optional<Duration> lastNonCritical;
        Optional<Duration> offSince;
        Optional<Duration> overSince;
        private Optional<Duration> oblbSince;
        Optional<Duration> lastReplbatt;
        Optional<Duration> lastNocomm;
        boolean fsdTold;
        Optional<Pollfail> pollfail;

        Draft(Watched from) {
            this.sys = from.sys;
            this.powervalue = from.powervalue;
            this.primary = from.primary;
            this.comm = from.comm;
            this.seen.addAll(from.seen);
            this.lineKnown = from.lineKnown;
            this.others = from.others;
            this.alarm = from.alarm;
            this.lastAnswer = from.lastAnswer;
            this.lastNonCritical = from.lastNonCritical;
            this.offSince = from.offSince;
            this.overSince = from.overSince;
            this.oblbSince = from.oblbSince;
            this.lastReplbatt = from.lastReplbatt;
            this.lastNocomm = from.lastNocomm;
            this.fsdTold = from.fsdTold;
            this.pollfail = from.pollfail;
        }

        Watched done() {
            return new Watched(
                    sys,
                    powervalue,
                    primary,
                    comm,
                    seen,
                    lineKnown,
                    others,
                    alarm,
                    lastAnswer,
                    lastNonCritical,
                    offSince,
                    overSince,
                    oblbSince,
                    lastReplbatt,
                    lastNocomm,
                    fsdTold,
                    pollfail);
        }
    }

    /// Whether it was in this state when it last answered.
    public boolean was(Flag flag) {
        return seen.contains(flag);
    }

    /// Whether it is to be polled at POLLFREQALERT (try_restore_pollfreq): any state from which it may vanish.
    public boolean alert() {
        return was(Flag.ONBATT)
                || was(Flag.OFF)
                || was(Flag.BYPASS)
                || was(Flag.ALARM)
                || was(Flag.CAL)
                || was(Flag.OVER)
                || was(Flag.TRIM)
                || was(Flag.BOOST)
                || oblbSince.isPresent();
    }

    private static Set<Flag> copy(Collection<Flag> flags) {
        return flags.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(flags));
    }
}
