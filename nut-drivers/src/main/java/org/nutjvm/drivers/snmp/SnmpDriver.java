package org.nutjvm.drivers.snmp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.snmp.agent.Fetcher;
import org.nutjvm.drivers.snmp.agent.SnmpAgent;
import org.nutjvm.drivers.snmp.agent.TrapListener;
import org.nutjvm.drivers.snmp.engine.Answers;
import org.nutjvm.drivers.snmp.engine.Detection;
import org.nutjvm.drivers.snmp.engine.Evaluation;
import org.nutjvm.drivers.snmp.engine.Quirks;
import org.nutjvm.drivers.snmp.engine.Report;
import org.nutjvm.drivers.snmp.engine.SnmpValue;
import org.nutjvm.drivers.snmp.mapping.Catalogue;
import org.nutjvm.drivers.snmp.mapping.Entry;
import org.nutjvm.drivers.snmp.mapping.Mapping;
import org.nutjvm.drivers.snmp.mapping.Oid;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A device with an SNMP agent (drivers/snmp-ups.c: upsdrv_initinfo, upsdrv_updateinfo, upsdrv_shutdown).
///
/// A poll asks for what changes and for who the device is. Each so many polls everything is asked again, what was not
/// there included; so it is after trouble, and when the device has become another.
final class SnmpDriver implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(SnmpDriver.class);
    /// What powers the load off, the best first: off for good only where nothing brings the load back, so what the
    /// device may have without telling goes before that, too. An agent that has it not says so.
    private static final List<String> SHUTDOWN =
            List.of("shutdown.return", "shutdown.reboot", "load.off.delay", "shutdown.stayoff");

    private static final long SECOND = 1_000_000_000L;
    private static final int ROUNDS = 64;
    private static final int TRAP_POLLS = 2;
    private static final int POLLFREQ = 30;
    private static final int SEMISTATICFREQ = 10;

    /// Looking whether a lost device is back does not keep others waiting: it is asked once.
    private static final int LOST_RETRY_SECONDS = 5;

    private final Device device;
    private final SnmpAgent agent;
    private final String host;
    private final Catalogue catalogue;
    private final Quirks quirks;
    private final String mibs;
    private final long pollNanos;
    private final int semistaticfreq;
    private final Publisher publisher;
    private final Writer writer;
    private final Set<Oid> seen = new HashSet<>();
    private Fetcher fetcher;
    private Answers answers = new Answers();
    private @Nullable Mapping mapping;
    private boolean exact;
    private @Nullable SnmpValue identity;
    private long uptime = -1;
    private @Nullable Report report;
    private long polledAt;
    private boolean polled;
    private int soon;
    private @Nullable TrapListener listener;
    private boolean justDetected;
    private boolean delaysSet;
    private @Nullable Report lastTold;
    private boolean saidMute;
    private int untilFull;
    private @Nullable IOException trouble;

    SnmpDriver(Device device, SnmpAgent agent, String host, Catalogue catalogue) throws DriverException {
        this.device = device;
        this.agent = agent;
        this.host = host;
        this.catalogue = catalogue;
        fetcher = new Fetcher(agent);
        quirks = new Quirks(device.testvar("notransferoids"), device.testvar("symmetrathreephase"));
        String named = device.getval("mibs");
        mibs = named == null ? Detection.AUTO : named;
        pollNanos = seconds("pollfreq", POLLFREQ) * SECOND;
        semistaticfreq = Math.max(1, seconds("semistaticfreq", SEMISTATICFREQ));
        publisher = new Publisher(device.dstate());
        writer = new Writer(agent, seconds("offdelay", -1), seconds("ondelay", -1));
    }

    private int seconds(String option, int standard) throws DriverException {
        String given = device.getval(option);
        if (given == null) {
            return standard;
        }
        try {
            int number = Integer.parseInt(given.strip());
            if (number >= 0 && number <= 86_400) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new DriverException(option + " = " + given + ": a whole number from 0 to 86400 is expected");
    }

    /// Finds the mapping that fits.
    ///
    /// @throws DriverException when none does
    /// @throws IOException when the device does not answer
    void detect() throws IOException, DriverException {
        if (!mibs.equals(Detection.AUTO) && catalogue.heads().stream().noneMatch(head -> head.called(mibs))) {
            throw new DriverException("Unknown 'mibs' value which is neither \"auto\" nor a valid name in the mapping "
                    + "table: " + mibs + "\nRun 'snmp-ups -x mibs=--list' for what there is");
        }
        var fresh = new Answers();
        var choice = choose(fresh);
        var head = choice.head();
        if (head == null) {
            throw new DriverException(choice.reason() + "\nNo supported device detected at [" + device.upsname()
                    + "] (host " + host + ")");
        }
        take(head, choice, fresh);
        justDetected = true;
    }

    private Detection.Choice choose(Answers fresh) throws IOException {
        var choice = Detection.among(catalogue.heads(), mibs, fresh);
        while (choice.head() == null && !choice.missing().isEmpty()) {
            fetcher.fetch(choice.missing(), fresh);
            choice = Detection.among(catalogue.heads(), mibs, fresh);
        }
        return choice;
    }

    private void take(Mapping.Head head, Detection.Choice choice, Answers fresh) throws IOException {
        var loaded = catalogue.load(head);
        mapping = loaded;
        exact = choice.exact();
        identity = fresh.get(Detection.SYS_OBJECT_ID);
        uptime = -1;
        seen.clear();
        lastTold = null;
        answers = fresh;
        report = null;
        var model = head.probes().isEmpty() ? null : fresh.get(head.probes().getFirst());
        LOG.info(
                "Detected {} on host {} (mib: {} {}): {}",
                model instanceof SnmpValue.Text(var octets) ? octets.strip() : "a device",
                host,
                head.name(),
                head.version(),
                choice.reason());
        device.dstate().setinfo("driver.version.data", head.name() + " MIB " + head.version());
    }

    @Override
    public void initinfo(Dstate dstate) throws IOException {
        poll();
    }

    @Override
    public void updateinfo(Dstate dstate) throws IOException {
        long now = device.nanoTime().getAsLong();
        var lost = trouble;
        boolean waits = soon == 0;
        soon = Math.max(0, soon - 1);
        if (lost != null) {
            if (waits && now - polledAt < Math.min(pollNanos, LOST_RETRY_SECONDS * SECOND)) {
                throw lost;
            }
            lookAgain(lost);
        } else if (waits && polled && now - polledAt < pollNanos) {
            return;
        }
        poll();
    }

    /// Asks a lost device once.
    private void lookAgain(IOException lost) throws IOException {
        try {
            agent.get(List.of(Detection.SYS_OBJECT_ID), false);
            fetcher = new Fetcher(agent); // what comes back may be able to do more, or less
        } catch (SnmpAgent.Silent e) {
            polledAt = device.nanoTime().getAsLong();
            throw lost;
        }
    }

    private void poll() throws IOException {
        try {
            var fresh = read();
            var told = lastTold;
            if (told != null && fresh.lostStatusSince(told)) {
                throw new IOException(host + " answers, but does not tell its state any more");
            }
            if (fresh.withoutStatus() && !saidMute) {
                saidMute = true;
                LOG.warn("{} does not tell its state: ups.status stays empty", host);
            }
            lastTold = fresh;
            report = fresh;
            trouble = null;
            publisher.publish(fresh, writer.locals());
            publisher.commands(fresh.commands().keySet());
            setDelays(fresh);
        } catch (IOException e) {
            trouble = e;
            untilFull = 0;
            throw e;
        } finally {
            polled = true;
            polledAt = device.nanoTime().getAsLong();
        }
    }

    private Report read() throws IOException {
        var before = report;
        if (justDetected) {
            justDetected = false;
            untilFull = semistaticfreq;
        } else if (before == null || untilFull <= 0) {
            everythingAnew();
            untilFull = semistaticfreq;
        } else {
            untilFull--;
            changing(before);
        }
        return evaluate();
    }

    /// Asks again who it is, and forgets the rest. A device that said itself what it is stays that as long as it does
    /// not say otherwise: an agent that starts, or is in trouble, answers but a part, and what
    /// another mapping would make of that part is no news of the power.
    private void everythingAnew() throws IOException {
        var fresh = new Answers();
        var choice = choose(fresh);
        var head = choice.head();
        var now = mapping;
        if (head == null) {
            throw new IOException(host + ": " + choice.reason());
        }
        var says = fresh.get(Detection.SYS_OBJECT_ID);
        boolean same = now != null && head.equals(now.head());
        if (!same
                && now != null
                && exact
                && !choice.exact()
                && (says == null || says instanceof SnmpValue.Absent || says.equals(identity))) {
            throw new IOException(host + " answers, but not as a device of mapping "
                    + now.head().name() + " does");
        }
        if (same) {
            var before = report;
            seen.retainAll(before == null ? Set.of() : before.statusSources());
            answers = fresh;
        } else {
            take(head, choice, fresh);
        }
    }

    /// Asks for what is asked at each poll, what was there and may come back, and whether it is the same device.
    private void changing(Report before) throws IOException {
        var wanted = new ArrayList<Oid>();
        wanted.add(Detection.SYS_OBJECT_ID);
        if (!(answers.get(Detection.SYS_UP_TIME) instanceof SnmpValue.Absent)) {
            wanted.add(Detection.SYS_UP_TIME);
        }
        for (var asked : before.asked().entrySet()) {
            var oid = asked.getKey();
            boolean there = !(answers.get(oid) instanceof SnmpValue.Absent) || seen.contains(oid);
            if (asked.getValue() == Entry.Often.ALWAYS && there) {
                seen.add(oid);
                wanted.add(oid);
            }
        }
        var was = answers.get(Detection.SYS_OBJECT_ID);
        answers.forgetWalks();
        fetcher.fetch(wanted, answers);
        if (was != null && !was.equals(answers.get(Detection.SYS_OBJECT_ID))) {
            LOG.warn("The device at {} has become another: reading all of it anew", host);
            fetcher = new Fetcher(agent);
            everythingAnew();
        } else if (restarted()) {
            LOG.debug("the agent at {} was restarted: reading all of it anew", host);
            everythingAnew();
            untilFull = semistaticfreq;
        }
    }

    /// Whether the agent's clock has gone back: it was restarted, or is another one of the same kind.
    private boolean restarted() {
        long was = uptime;
        uptime = answers.get(Detection.SYS_UP_TIME) instanceof SnmpValue.Whole(var ticks, var _) ? ticks : -1;
        return uptime >= 0 && uptime < was;
    }

    private Report evaluate() throws IOException {
        var known = mapping;
        if (known == null) {
            throw new IOException(host + ": no mapping fits");
        }
        for (int round = 0; round < ROUNDS; round++) {
            var result = Evaluation.of(known, answers, quirks);
            if (result.complete()) {
                return result;
            }
            fetcher.fetch(result.missing(), answers);
            for (var walk : result.missingWalks()) {
                fetcher.walk(walk, answers);
            }
        }
        throw new IOException(host + " names new objects without end");
    }

    /// Writes the delays the administrator set, once.
    private void setDelays(Report known) throws IOException {
        if (delaysSet) {
            return;
        }
        delaysSet = true;
        for (var delay : writer.wantedDelays().entrySet()) {
            if (known.variables().containsKey(delay.getKey())) {
                Outcome outcome = setvar(delay.getKey(), Integer.toString(delay.getValue()));
                if (outcome != Outcome.HANDLED) {
                    LOG.warn("Cannot set {} to {}", delay.getKey(), delay.getValue());
                }
            }
        }
    }

    @Override
    public Outcome instcmd(String cmd, Optional<String> param) throws IOException {
        var known = report;
        var steps = known == null ? null : known.commands().get(cmd);
        if (known == null) {
            return Outcome.UNKNOWN;
        }
        if (steps == null) {
            steps = known.attempts().get(cmd);
        }
        if (steps == null) {
            return Outcome.UNKNOWN;
        }
        Outcome outcome = writer.instcmd(cmd, steps, param, known, answers);
        pollNext();
        return outcome;
    }

    @Override
    public Outcome setvar(String name, String value) throws IOException {
        var known = report;
        var variable = known == null ? null : known.variables().get(name);
        var entry = variable == null ? null : variable.entry();
        if (variable == null || entry == null) {
            return Outcome.UNKNOWN;
        }
        if (!entry.rw()) {
            return Outcome.INVALID;
        }
        Outcome outcome = writer.setvar(name, value, entry, variable.oid(), answers);
        if (outcome == Outcome.HANDLED) {
            device.dstate().setinfo(name, value);
            pollNext();
        }
        return outcome;
    }

    /// The device sent a trap, or somebody in its name: what it is about is asked for at once, and at the next turn
    /// again, as an agent may tell of news before it shows them. No word of it becomes a status.
    ///
    /// @param name which trap, or null when that is not known
    void heard(@Nullable Oid name) {
        var known = mapping;
        String means = known == null || name == null ? null : known.traps().get(name);
        if (means == null) {
            LOG.debug("trap {} of {}", name, host);
        } else {
            LOG.info("{} says: {}", host, means);
        }
        soon = TRAP_POLLS;
    }

    /// Closes this with the driver.
    void closes(TrapListener with) {
        listener = with;
    }

    /// What was written shows at the next poll, which need not wait for pollfreq.
    private void pollNext() {
        polled = false;
    }

    @Override
    public Outcome shutdown() throws IOException {
        if (report == null) {
            poll();
        }
        for (String cmd : SHUTDOWN) {
            if (instcmd(cmd, Optional.empty()) == Outcome.HANDLED) {
                LOG.info("Shutdown successful with '{}'", cmd);
                return Outcome.HANDLED;
            }
        }
        var known = report;
        LOG.error(
                "Shutdown failed! The device has none of the commands for it; it has: {}",
                known == null
                        ? ""
                        : String.join(", ", new TreeSet<>(known.commands().keySet())));
        return Outcome.FAILED;
    }

    @Override
    public void close() {
        var traps = listener;
        if (traps != null) {
            traps.close();
        }
        agent.close();
    }
}
