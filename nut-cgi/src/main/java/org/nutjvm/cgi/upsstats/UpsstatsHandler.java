package org.nutjvm.cgi.upsstats;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nutjvm.cgi.ups.Site;
import org.nutjvm.cgi.ups.Upses;
import org.nutjvm.cgi.web.CgiRequest;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.cgi.web.ConfTrouble;
import org.nutjvm.cgi.web.Form;
import org.nutjvm.cgi.web.Handler;
import org.nutjvm.cgi.web.Page;
import org.nutjvm.common.conf.Complaint;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.HostsConf;
import org.nutjvm.common.conf.HostsConf.Host;
import org.nutjvm.common.text.WallClock;

/// upsstats.cgi: a page of all UPSes or of one, made of a template; or a table; or JSON.
public final class UpsstatsHandler implements Handler {
    private static final String MARK = "@NUT_UPSSTATS_TEMPLATE";

    private final Site site;
    private final Upses upses;
    private final WallClock clock;

    /// @param clock the time for the reader, asked for where a template wants it
    public UpsstatsHandler(Site site, Upses upses, WallClock clock) {
        this.site = site;
        this.upses = upses;
        this.clock = clock;
    }

    @Override
    public CgiResponse handle(CgiRequest request) {
        Form form = Form.of(request.query());
        if (form.fault().isPresent()) {
            return Page.error(
                    400, "The address is malformed", "It has " + form.fault().get() + ".", "Begin at the overview.");
        }
        StatsQuery query = StatsQuery.of(form);
        HostsConf hosts;
        try {
            hosts = site.hosts();
        } catch (ConfException e) {
            return query.json()
                    ? JsonPage.error(500, "can't open hosts.conf").note(e.getMessage())
                    : ConfTrouble.page("hosts.conf", e);
        }
        return page(query, hosts).note(notes(hosts));
    }

    private static List<String> notes(HostsConf hosts) {
        var notes = new ArrayList<String>();
        for (Complaint complaint : hosts.complaints()) {
            notes.add(complaint.text());
        }
        return notes;
    }

    private CgiResponse page(StatsQuery query, HostsConf hosts) {
        if (query.host() != null) {
            Optional<Host> host = hosts.host(query.host());
            if (host.isEmpty()) {
                return refused(query, query.host());
            }
            return query.json()
                    ? JsonPage.one(host.get(), upses)
                    : query.tree()
                            ? TreePage.of(host.get(), upses.read(host.get().ups()))
                            : template(query, hosts, List.of(host.get()));
        }
        if (hosts.hosts().isEmpty()) {
            return query.json()
                    ? JsonPage.error(500, "No hosts to monitor.").note("no hosts to monitor")
                    : Page.error(
                                    500,
                                    "No hosts to monitor",
                                    "hosts.conf names no UPS.",
                                    "Add a line for each to it: MONITOR ups@host \"description\".")
                            .note("no hosts to monitor");
        }
        var names = new ArrayList<String>();
        for (Host host : hosts.hosts()) {
            names.add(host.ups());
        }
        upses.expect(names);
        return query.json() ? JsonPage.all(hosts.hosts(), upses) : template(query, hosts, hosts.hosts());
    }

    private static CgiResponse refused(StatsQuery query, String host) {
        return query.json()
                ? JsonPage.error(403, "Access to host " + host + " is not authorized.")
                : Page.error(
                        403,
                        "Access denied",
                        "Access to that host [" + host + "] is not authorized.",
                        "Whoever looks after this server can allow it: MONITOR " + host
                                + " \"description\" in hosts.conf.");
    }

    private CgiResponse template(StatsQuery query, HostsConf hosts, List<Host> shown) {
        String name = query.template();
        boolean usual = name.equals(query.host() == null ? StatsQuery.LIST : StatsQuery.SINGLE);
        List<String> allowed = query.host() == null ? hosts.listTemplates() : hosts.singleTemplates();
        if (name.indexOf('/') >= 0
                || name.indexOf('\\') >= 0
                || !name.contains(".htm")
                || !(usual || allowed.contains(name))) {
            return Page.error(
                    403,
                    "Error: can't open template file (" + name + "): Not authorized",
                    "Only templates that hosts.conf names can be asked for.",
                    "Whoever looks after this server can allow it: "
                            + (query.host() == null ? "CUSTOM_TEMPLATE_LIST" : "CUSTOM_TEMPLATE_SINGLE")
                            + " with the name of a file beside hosts.conf that holds .htm.");
        }
        String text;
        try {
            text = site.template(name);
        } catch (NoSuchFileException e) {
            return noTemplate(name, "There is no such file in NUT's configuration directory.", e);
        } catch (IOException e) {
            return noTemplate(name, "It is there, but cannot be read: " + reason(e) + ".", e);
        }
        if (text.isEmpty()) {
            return Page.error(
                    500,
                    "Error: template file " + name + " seems to be empty",
                    "A template has at least one line.",
                    "Copy the sample that comes with NUT over it.");
        }
        // Templates from before 2.8.5 have no mark. The usual names need none: nobody else's file has them.
        if (!usual && !text.startsWith(MARK)) {
            return Page.error(
                    500,
                    "Error: template file " + name + " does not start with NUT_UPSSTATS_TEMPLATE command",
                    "So it is not sure that it is meant to be shown.",
                    "Make @NUT_UPSSTATS_TEMPLATE@ its first line.");
        }
        try {
            return CgiResponse.of(
                    200, "text/html", new Rendering(shown, query.host() != null, query, upses, clock).of(text));
        } catch (Rendering.Endless e) {
            return Page.error(
                            500,
                            "Error: template file " + name + " does not end",
                            "It goes through its lines again and again.",
                            "Look for an @ENDFOR@ with @FOREACHUPS@ behind it on the same line: each belongs on a line"
                                    + " of its own.")
                    .note("template " + name + " does not end: " + e.getMessage());
        }
    }

    private static CgiResponse noTemplate(String name, String what, IOException e) {
        return Page.error(
                        500,
                        "Error: can't open template file (" + name + ")",
                        what,
                        "Copy the sample that comes with NUT (etc/" + name
                                + ".sample) beside hosts.conf, and let the web server's user read it.")
                .note("Can't open template " + reason(e));
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
