package org.nutjvm.cgi.board;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.ups.Reading;
import org.nutjvm.cgi.ups.StatusWord;
import org.nutjvm.common.conf.HostsConf.Host;

/// One UPS on the board.
///
/// @param reading what it said last, or why nothing is known; null before it was first asked
/// @param clients addresses of those who draw power from it and have said so; null if that is not known
/// @param server what the server says of itself: `server.info` and such
/// @param events the last ones first
public record Entry(
        Host host,
        @Nullable Reading reading,
        @Nullable List<String> clients,
        SequencedMap<String, String> server,
        List<Event> events) {
    /// Events kept of each UPS.
    public static final int EVENTS = 50;

    static Entry unseen(Host host) {
        return new Entry(host, null, null, new LinkedHashMap<>(), List.of());
    }

    /// The value of a variable, or null.
    public @Nullable String get(String name) {
        return reading == null ? null : reading.get(name);
    }

    /// The status as NUT has it, empty if it is not known.
    public String status() {
        String status = get("ups.status");
        return status == null ? "" : status;
    }

    /// How bad it is: 0 well, 1 worth a look, 2 trouble; without data it is 2, and 1 before it was first asked.
    public int severity() {
        return switch (reading) {
            case null -> 1;
            case Reading.Unknown _ -> 2;
            case Reading.Known _ -> StatusWord.severity(status());
        };
    }

    Entry now(Polled polled, Instant at) {
        var event = event(polled.reading(), at);
        var last = reading == null ? null : event(reading, at);
        return new Entry(
                host,
                polled.reading(),
                polled.clients(),
                polled.server(),
                event.equals(last) ? events : before(event, events));
    }

    private static Event event(Reading reading, Instant at) {
        return switch (reading) {
            case Reading.Known known -> {
                String status = known.get("ups.status");
                yield new Event(at, true, status == null ? "" : status);
            }
            case Reading.Unknown unknown ->
                new Event(at, false, unknown.trouble().getMessage());
        };
    }

    private static List<Event> before(Event event, List<Event> events) {
        var all = new ArrayList<Event>(events.size() + 1);
        all.add(event);
        all.addAll(events.subList(0, Math.min(events.size(), EVENTS - 1)));
        return List.copyOf(all);
    }

    boolean shows(Polled polled) {
        return same(polled.reading(), reading)
                && Objects.equals(polled.clients(), clients)
                && polled.server().equals(server);
    }

    private static boolean same(Reading one, @Nullable Reading other) {
        if (one instanceof Reading.Unknown a && other instanceof Reading.Unknown b) {
            return a.trouble().kind() == b.trouble().kind()
                    && a.trouble().getMessage().equals(b.trouble().getMessage());
        }
        return one.equals(other);
    }
}
