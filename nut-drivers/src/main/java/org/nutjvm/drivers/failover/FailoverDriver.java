package org.nutjvm.drivers.failover;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.log.Priority;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Several drivers' devices as one: shows the best of them and passes commands on to it
/// (drivers/failover.c).
final class FailoverDriver implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(FailoverDriver.class);

    /// How long the primary's driver may take to say what became of a command.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration AT_START = Duration.ofSeconds(2);

    /// How long an alarm is shown before the data become stale, so that everybody sees it.
    private static final Duration ALARM_SHOWN = Duration.ofSeconds(15);

    private static final String NOBODY = "none of the tracked UPS drivers are suitable primaries";

    private final Device device;
    private final FailoverSettings settings;
    private final List<Member> members = new ArrayList<>();
    private final Exhibition exhibition = new Exhibition();
    private @Nullable Member primary;
    private boolean settled;
    private boolean gaveUp;
    private long startedAt;
    private @Nullable Long goneSince;

    FailoverDriver(Device device, FailoverSettings settings) throws DriverException {
        this.device = device;
        this.settings = settings;
        for (String socket : settings.sockets()) {
            try {
                members.add(new Member(socket, device, settings));
            } catch (IOException e) {
                throw new DriverException(Reasons.of(e) + " ('port' of section [" + device.upsname() + "])");
            }
        }
    }

    @Override
    public void initinfo(Dstate dstate) {
        startedAt = now();
        boolean any = false;
        for (Member member : members) {
            any |= member.connect(now());
            dstate.addcmd(member.name() + ".force.ignore");
            dstate.addcmd(member.name() + ".force.primary");
        }
        if (!any) {
            LOG.warn("none of the tracked UPS drivers were connectable");
        }
        dstate.statusInit();
        dstate.statusSet("WAIT");
        dstate.statusCommit();
        awaitFirst();
        dstate.dataok();
    }

    /// Drivers that run answer at once; their choice is better made when all have.
    private void awaitFirst() {
        long end = System.nanoTime() + AT_START.toNanos();
        for (Member member : members) {
            long left = end - System.nanoTime();
            if (member.upstream().connected() && left > 0) {
                try {
                    member.upstream().awaitDump(Duration.ofNanos(left));
                } catch (IOException e) {
                    LOG.debug("[{}]: {}", member.name(), e.getMessage());
                }
            }
        }
    }

    private long now() {
        return device.nanoTime().getAsLong();
    }

    @Override
    public void updateinfo(Dstate dstate) throws IOException {
        long now = now();
        for (Member member : members) {
            member.follow(now);
        }
        var candidates = members.stream().map(member -> member.candidate(now)).toList();
        int best = settings.election().best(candidates);
        Member elected = best < 0 ? null : members.get(best);
        try {
            if (elected == null) {
                withoutPrimary(dstate, now);
            } else {
                settled = true;
                goneSince = null;
                show(dstate, elected, settings.election().priority(candidates.get(best)));
            }
        } finally {
            publish(dstate, candidates);
        }
    }

    private void show(Dstate dstate, Member elected, Suitability priority) throws IOException {
        if (elected != primary) {
            if (primary != null) {
                tellDemotion(primary);
            }
            primary = elected;
            LOG.info(
                    Priority.NOTICE,
                    "[{}]: was promoted to primary with status [{}] and priority [{}]",
                    elected.name(),
                    elected.status(),
                    priority.number());
        } else if (gaveUp) {
            LOG.info(Priority.NOTICE, "[{}] was declared to be a suitable primary (again)", elected.name());
        }
        gaveUp = false;
        exhibition.show(dstate, elected.upstream().tree());
        if (!elected.upstream().dataOk()) {
            throw new IOException(
                    "the driver [" + elected.name() + "] says its data are stale, and no other is better");
        }
    }

    private static void tellDemotion(Member member) {
        LOG.info(
                Priority.NOTICE,
                "[{}]: is no longer primary with (last known) status [{}]",
                member.name(),
                member.status());
    }

    private void withoutPrimary(Dstate dstate, long now) throws IOException {
        if (!settled && now - startedAt <= settings.inittime().toNanos()) {
            LOG.debug("still waiting for the first primary to emerge");
            return;
        }
        settled = true;
        Long since = goneSince;
        if (since == null) {
            since = now;
            goneSince = now;
            LOG.warn(
                    "No suitable primaries, waiting for one to emerge... ({}s max)",
                    settings.noprimarytime().toSeconds());
        }
        Member last = primary;
        if (last != null && settings.fsdmode() > 0) {
            tellDemotion(last);
            primary = null;
            exhibition.clear(dstate);
        }
        long elapsed = now - since;
        if (elapsed <= settings.noprimarytime().toNanos()) {
            return;
        }
        if (!gaveUp) {
            LOG.warn("{}; 'fsdmode' is [{}]", NOBODY, settings.fsdmode());
        }
        gaveUp = true;
        if (settings.fsdmode() == 0) {
            throw new IOException(NOBODY);
        }
        alarm(dstate);
        if (settings.fsdmode() == 1
                && elapsed >= settings.noprimarytime().plus(ALARM_SHOWN).toNanos()) {
            throw new IOException(NOBODY);
        }
    }

    private void alarm(Dstate dstate) {
        dstate.alarmInit();
        dstate.alarmSet("No suitable primaries for failover");
        dstate.alarmCommit();
        dstate.statusInit();
        if (settings.fsdmode() == 2) {
            dstate.statusSet("FSD");
        }
        dstate.statusCommit();
    }

    private void publish(Dstate dstate, List<Election.Candidate> candidates) {
        long now = now();
        long suitable = candidates.stream()
                .filter(one -> settings.election().priority(one) != Suitability.SKIPPED)
                .count();
        dstate.setinfo(
                "driver.stats.alive_drivers",
                members.stream().filter(one -> one.upstream().connected()).count());
        dstate.setinfo(
                "driver.stats.online_drivers",
                members.stream().filter(one -> one.online(now)).count());
        dstate.setinfo("driver.stats.primary_drivers", suitable);
        dstate.setinfo("driver.stats.total_drivers", members.size());
        Member shown = primary;
        if (shown == null) {
            for (String name : List.of("socketname", "priority", "stats.cmds", "stats.vars")) {
                dstate.delinfo("driver.primary." + name);
            }
            return;
        }
        var tree = shown.upstream().tree();
        dstate.setinfo("driver.primary.socketname", shown.name());
        dstate.setinfo(
                "driver.primary.priority",
                settings.election()
                        .priority(candidates.get(members.indexOf(shown)))
                        .number());
        dstate.setinfo("driver.primary.stats.cmds", tree.cmds().size());
        dstate.setinfo("driver.primary.stats.vars", tree.vars().size());
    }

    @Override
    public Outcome instcmd(String cmd, Optional<String> param) throws IOException {
        for (Member member : members) {
            if (cmd.equals(member.name() + ".force.ignore") || cmd.equals(member.name() + ".force.primary")) {
                return force(member, cmd.endsWith(".ignore"), param.orElse("0"));
            }
        }
        Member to = primary;
        if (to == null) {
            LOG.error("received [{}], but there is currently no elected primary able to handle it", cmd);
            return Outcome.FAILED;
        }
        String there = Exhibition.there(cmd);
        if (!cmd.startsWith(Exhibition.UPSTREAM) || !to.upstream().tree().hasCmd(there)) {
            return Outcome.UNKNOWN;
        }
        return told(to, cmd, to.upstream().instcmd(there, param, PATIENCE));
    }

    private Outcome force(Member member, boolean ignore, String text) {
        int seconds;
        try {
            seconds = Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return Outcome.CONVERSION_FAILED;
        }
        if (ignore) {
            member.ignore(seconds, now());
        } else {
            member.prefer(seconds, now());
        }
        LOG.info(
                Priority.NOTICE,
                "set [{}] to [{}] on [{}]",
                ignore ? "force_ignore" : "force_primary",
                seconds,
                member.name());
        device.pollSoon();
        return Outcome.HANDLED;
    }

    @Override
    public Outcome setvar(String var, String value) throws IOException {
        Member to = primary;
        if (to == null) {
            LOG.error("received [{}], but there is currently no elected primary able to handle it", var);
            return Outcome.FAILED;
        }
        String there = Exhibition.there(var);
        boolean own = there.startsWith("driver.");
        if (own != var.startsWith(Exhibition.UPSTREAM) || to.upstream().tree().var(there) == null) {
            return Outcome.UNKNOWN;
        }
        return told(to, var, to.upstream().setvar(there, value, PATIENCE));
    }

    private static Outcome told(Member by, String what, Optional<Outcome> outcome) {
        if (outcome.isEmpty()) {
            LOG.error("sent [{}] to [{}], received no response code", what, by.name());
            return Outcome.FAILED;
        }
        LOG.info(
                Priority.NOTICE,
                "sent [{}] to [{}], received response code: [{}]",
                what,
                by.name(),
                outcome.get().code());
        return outcome.get();
    }

    @Override
    public Outcome shutdown() {
        LOG.error("Shutdown is not supported by this proxying driver. Drivers it follows may do it: call them, or"
                + " upsdrvctl for them");
        return Outcome.FAILED;
    }

    @Override
    public void close() {
        for (Member member : members) {
            member.upstream().close();
        }
    }
}
