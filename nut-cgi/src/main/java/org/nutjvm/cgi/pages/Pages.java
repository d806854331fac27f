package org.nutjvm.cgi.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.board.Board;
import org.nutjvm.cgi.board.BoardUpses;
import org.nutjvm.cgi.board.Entry;
import org.nutjvm.cgi.metrics.Metrics;
import org.nutjvm.cgi.ups.Site;
import org.nutjvm.cgi.ups.UpsSample;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.HostsConf.Host;

/// Pages about what is on the board.
public final class Pages {
    private final Site site;
    private final ZoneId zone;
    private final @Nullable Past past;

    /// @param zone where the readers live
    /// @param past null if nothing is kept
    public Pages(Site site, ZoneId zone, @Nullable Past past) {
        this.site = site;
        this.zone = zone;
        this.past = past;
    }

    /// A page.
    public CgiResponse page(Route.Page wanted, Board board) {
        if (wanted.topic() instanceof Topic.One(var ups)) {
            Optional<Entry> entry = board.entry(ups);
            return entry.isEmpty()
                    ? Fault.of(wanted.form() == Route.Form.JSON, 404, "No such UPS", "It is not in hosts.conf.", "")
                    : wanted.form() == Route.Form.JSON
                            ? BoardJson.one(entry.get())
                            : UpsPage.of(entry.get(), zone, changeable(), past != null);
        }
        return switch (wanted.form()) {
            case HTML -> OverviewPage.of(board);
            case JSON -> BoardJson.overview(board);
            case METRICS -> Layout.secured(200, Metrics.TYPE, Metrics.text(hosts(board), new BoardUpses(board)));
        };
    }

    private static List<Host> hosts(Board board) {
        var hosts = new ArrayList<Host>(board.entries().size());
        for (Entry entry : board.entries()) {
            hosts.add(entry.host());
        }
        return hosts;
    }

    /// What UPSes said in the last days.
    public interface Past {
        /// In the order of time; empty if nothing is known.
        List<UpsSample> range(String ups, Instant from, Instant to);
    }

    /// A page about the last day or week. What is kept is read for it.
    public CgiResponse past(Route.Past wanted, Instant now) {
        if (past == null) {
            return Fault.of(
                    wanted.json(), 404, "No history", "No values are kept here.", "See HISTORY in nut-cgi.conf.");
        }
        Instant from = now.minus(Duration.ofDays(wanted.week() ? 7 : 1));
        List<UpsSample> samples = past.range(wanted.entry().host().ups(), from, now);
        return wanted.json() ? PastPage.json(wanted, samples) : PastPage.of(wanted, samples, from, now, zone);
    }

    /// The parts of a page that change; without any if what it is about is gone.
    public Optional<Parts> parts(Topic topic, Board board) {
        return switch (topic) {
            case Topic.Overview() -> Optional.of(OverviewPage.parts(board));
            case Topic.One(var ups) -> board.entry(ups).map(entry -> UpsPage.parts(entry, zone));
        };
    }

    /// What may be changed by those who have a password: nothing, before upsset.conf says that it may.
    public boolean changeable() {
        try {
            return site.upsset().secured();
        } catch (ConfException e) {
            return false; // no such file: nothing
        }
    }

    /// The answer where nothing may be changed.
    public static CgiResponse closed(boolean json) {
        return Fault.of(
                json,
                403,
                "Nothing can be changed here",
                "upsset.conf does not permit it.",
                "See that only those reach this server who may try passwords, then take the ### away from"
                        + " I_HAVE_SECURED_MY_CGI_DIRECTORY in upsset.conf.");
    }
}
