package org.nutjvm.cgi.board;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.common.conf.HostsConf.Host;

/// All UPSes of hosts.conf at one moment. It never changes; something new makes a new one.
///
/// @param version another number for each that differs
/// @param at when something was last different
/// @param entries in the order of hosts.conf
/// @param fault a page that says why there are none; null while hosts.conf is in order
public record Board(
        long version,
        Instant at,
        List<Entry> entries,
        @Nullable CgiResponse fault) {
    /// Before anything is known.
    public static Board empty(Instant at) {
        return new Board(0, at, List.of(), null);
    }

    /// With these UPSes: what is known of those that stay is kept.
    public Board hosts(List<Host> hosts, @Nullable CgiResponse trouble, Instant now) {
        var known = new HashMap<String, Entry>();
        for (Entry entry : entries) {
            known.put(entry.host().ups(), entry);
        }
        var next = new ArrayList<Entry>(hosts.size());
        for (Host host : hosts) {
            Entry old = known.get(host.ups());
            next.add(
                    old == null
                            ? Entry.unseen(host)
                            : new Entry(host, old.reading(), old.clients(), old.server(), old.events()));
        }
        return new Board(version + 1, now, List.copyOf(next), trouble);
    }

    /// After some were asked. The same board if they say what they said before.
    ///
    /// @param answers by the name of the UPS in hosts.conf
    public Board heard(Map<String, Polled> answers, Instant now) {
        var next = new ArrayList<Entry>(entries.size());
        boolean same = true;
        for (Entry entry : entries) {
            Polled polled = answers.get(entry.host().ups());
            if (polled == null || entry.shows(polled)) {
                next.add(entry);
            } else {
                next.add(entry.now(polled, now));
                same = false;
            }
        }
        return same ? this : new Board(version + 1, now, List.copyOf(next), fault);
    }

    /// The UPS that hosts.conf calls so.
    public Optional<Entry> entry(String ups) {
        for (Entry entry : entries) {
            if (entry.host().ups().equals(ups)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }
}
