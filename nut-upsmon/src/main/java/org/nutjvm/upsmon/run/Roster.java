package org.nutjvm.upsmon.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.nutjvm.common.conf.UpsmonConf.Monitor;
import org.nutjvm.common.log.Priority;
import org.nutjvm.upsmon.decide.Watched;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The UPSes that are watched, as the MONITOR lines have them now (clients/upsmon.c: addups, redefine_ups,
/// delete_ups), and their pollers. Only the loop's thread uses it.
final class Roster {
    private static final Logger LOG = LoggerFactory.getLogger("upsmon");

    private final Map<String, Ups> upses = new LinkedHashMap<>();
    private final Network network;
    private final Consumer<Event> events;
    private int leaving;

    /// @param events where pollers post what they hear
    Roster(Network network, Consumer<Event> events) {
        this.network = network;
        this.events = events;
    }

    Collection<Ups> all() {
        return upses.values();
    }

    /// The UPS of a poller, unless it was removed meanwhile.
    Optional<Ups> of(Poller poller) {
        for (var ups : upses.values()) {
            if (ups.poller == poller) {
                return Optional.of(ups);
            }
        }
        return Optional.empty();
    }

    /// Begins to watch a UPS.
    void add(Monitor monitor) {
        if (monitor.powervalue() > 0) {
            LOG.info(
                    "UPS: {} ({}) (power value {})",
                    monitor.sys(),
                    monitor.primary() ? "primary" : "secondary",
                    monitor.powervalue());
        } else {
            LOG.info("UPS: {} (monitoring only)", monitor.sys());
        }
        var ups = new Ups(monitor, new Poller(monitor, network, events));
        upses.put(monitor.sys(), ups);
        ups.poller.start();
    }

    /// Watches what these lines say from now on, and no other.
    void redefine(List<Monitor> monitors) {
        var kept = new ArrayList<String>();
        for (var monitor : monitors) {
            kept.add(monitor.sys());
            var known = upses.get(monitor.sys());
            if (known == null) {
                add(monitor);
            } else {
                redefine(known, monitor);
            }
        }
        for (var sys : List.copyOf(upses.keySet())) {
            if (!kept.contains(sys)) {
                LOG.info(Priority.NOTICE, "No longer monitoring UPS [{}]", sys);
                var gone = upses.remove(sys);
                if (gone != null) {
                    leaving++;
                    gone.poller.leave();
                }
            }
        }
    }

    private static void redefine(Ups ups, Monitor next) {
        var now = ups.monitor;
        String sys = now.sys();
        boolean anew = false;
        if (next.powervalue() != now.powervalue()) {
            LOG.info("UPS [{}]: redefined power value to {}", sys, next.powervalue());
        }
        boolean user = !next.user().equals(now.user());
        boolean password = !next.password().equals(now.password());
        if (user) {
            LOG.info("UPS [{}]: redefined username", sys);
        }
        if (password) {
            LOG.info("UPS [{}]: redefined password", sys);
        }
        if ((user || password) && (!ups.refusal.isEmpty() || ups.known.comm() != Watched.Comm.UP)) {
            LOG.info("UPS [{}]: retrying connection", sys);
            anew = true;
        }
        if (next.primary() != now.primary()) {
            LOG.info("UPS [{}]: redefined as a {}", sys, next.primary() ? "primary" : "secondary");
            anew |= next.primary(); // to ask for the rights of one
        }
        ups.monitor = next;
        ups.known = ups.known.redefined(next.powervalue(), next.primary());
        ups.verdict = ups.verdict.on(ups.known);
        ups.poller.redefine(next, anew);
        if (anew) {
            ups.refusalTold = Optional.empty();
            ups.polled = Optional.empty();
        }
    }

    /// Asks all pollers to log out.
    void askToLeave() {
        for (var ups : upses.values()) {
            leaving++;
            ups.poller.leave();
        }
    }

    /// One has.
    void left() {
        leaving--;
    }

    /// How many were asked to log out and have not yet.
    int leaving() {
        return leaving;
    }

    /// Ends all connections without a word.
    void abort() {
        for (var ups : upses.values()) {
            ups.poller.abort();
        }
    }
}
