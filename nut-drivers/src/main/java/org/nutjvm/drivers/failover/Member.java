package org.nutjvm.drivers.failover;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.log.Priority;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.upstream.Upstream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One of the drivers followed: its connection, made anew when it breaks, and what an
/// administrator has ordered.
final class Member {
    private static final Logger LOG = LoggerFactory.getLogger(Member.class);

    private final FailoverSettings settings;
    private final Upstream upstream;
    private final TimedOrder ignore = new TimedOrder();
    private final TimedOrder primary = new TimedOrder();
    private int failures;
    private long failedAt;
    private @Nullable Long loggedAt;

    Member(String socket, Device device, FailoverSettings settings) throws IOException {
        this.settings = settings;
        upstream = new Upstream(socket, device, settings.deadtime());
    }

    String name() {
        return upstream.name();
    }

    Upstream upstream() {
        return upstream;
    }

    void ignore(int seconds, long now) {
        ignore.set(seconds, now);
    }

    void prefer(int seconds, long now) {
        primary.set(seconds, now);
    }

    /// Connects if need be, and takes in what there is.
    void follow(long now) {
        if (!upstream.connected() && !connect(now)) {
            return;
        }
        try {
            upstream.read();
        } catch (IOException e) {
            LOG.warn("[{}]: connection to UPS driver was lost ({})", name(), Reasons.of(e));
        }
    }

    /// Whether it is connected now.
    boolean connect(long now) {
        if (failures > settings.maxconnfails()
                && now - failedAt <= settings.coolofftime().toNanos()) {
            return false;
        }
        try {
            upstream.connect();
            LOG.info(Priority.NOTICE, "[{}]: connection is now established", name());
            failures = 0;
            loggedAt = null;
            return true;
        } catch (IOException e) {
            failures++;
            failedAt = now;
            if (loggedAt == null || now - loggedAt > settings.relogtime().toNanos()) {
                loggedAt = now;
                LOG.error("[{}]: failed to establish connection: {}", name(), Reasons.of(e));
            }
            return false;
        }
    }

    Election.Candidate candidate(long now) {
        var order = Election.Order.NONE;
        if (ignore.holds(now)) {
            order = Election.Order.IGNORE;
        } else if (primary.holds(now)) {
            order = Election.Order.PRIMARY;
        }
        return new Election.Candidate(
                upstream.dumped(),
                order,
                upstream.dataOk(),
                status(),
                number("battery.runtime"),
                number("battery.runtime.low"));
    }

    @Nullable
    String status() {
        return upstream.tree().value("ups.status");
    }

    boolean online(long now) {
        return upstream.connected() && candidate(now).online();
    }

    private int number(String name) {
        String value = upstream.tree().value(name);
        if (value == null) {
            return -1;
        }
        try {
            return Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
