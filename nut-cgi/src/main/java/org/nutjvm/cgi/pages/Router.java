package org.nutjvm.cgi.pages;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.board.Board;
import org.nutjvm.cgi.board.Entry;
import org.nutjvm.cgi.http.HttpRequest;
import org.nutjvm.cgi.web.CgiResponse;

/// Which address is which.
public final class Router {
    private static final String[] PROGRAMS = {"upsstats.cgi", "upsset.cgi", "upsimage.cgi"};

    /// Where web servers usually have the programs.
    private static final String[] DIRECTORIES = {"/", "/cgi-bin/nut/", "/nut-cgi-bin/", "/cgi-bin/"};

    private static final String UPS = "/ups/";
    private static final String JSON = ".json";

    private Router() {}

    /// What is asked for.
    public static Route of(HttpRequest request, Board board) {
        String program = program(request.path());
        if (program != null) {
            return new Route.Program(program);
        }
        Route route = find(request, board);
        if (request.post() && !(route instanceof Route.Control)) {
            return new Route.Ready(Fault.of(wantsJson(request), 405, "Not that way", "This page is not posted to.", "")
                    .with("Allow", "GET, HEAD"));
        }
        return route;
    }

    private static @Nullable String program(String path) {
        for (String program : PROGRAMS) {
            for (String directory : DIRECTORIES) {
                if (path.length() == directory.length() + program.length()
                        && path.startsWith(directory)
                        && path.endsWith(program)) {
                    return program;
                }
            }
        }
        return null;
    }

    /// Whether JSON is to be sent where both can be had.
    public static boolean wantsJson(HttpRequest request) {
        String accept = request.header("accept").toLowerCase(Locale.ROOT);
        return request.path().endsWith(JSON) || (accept.contains("application/json") && !accept.contains("text/html"));
    }

    private static Route find(HttpRequest request, Board board) {
        String path = request.path();
        CgiResponse asset = Assets.at(path);
        if (asset != null) {
            return new Route.Ready(asset);
        }
        boolean json = wantsJson(request);
        if (board.fault() != null && !path.equals(OverviewPage.LIVE)) {
            return new Route.Ready(fault(board.fault(), json));
        }
        return switch (path) {
            case "/", "/index.html", "/index.json", "/cgi-bin/nut/", "/nut-cgi-bin/" ->
                new Route.Page(new Topic.Overview(), json ? Route.Form.JSON : Route.Form.HTML);
            case OverviewPage.LIVE -> new Route.Live(new Topic.Overview());
            case "/metrics" -> new Route.Page(new Topic.Overview(), Route.Form.METRICS);
            case "/robots.txt" ->
                new Route.Ready(Layout.secured(200, "text/plain; charset=utf-8", "User-agent: *\nDisallow: /\n"));
            default -> path.startsWith(UPS) ? ups(path.substring(UPS.length()), board, json) : missing(json);
        };
    }

    private static CgiResponse fault(CgiResponse page, boolean json) {
        return json
                ? Fault.of(
                        true,
                        page.status(),
                        "There is nothing to show",
                        "hosts.conf cannot be used.",
                        "See the overview.")
                : page;
    }

    private static Route missing(boolean json) {
        return new Route.Ready(Fault.of(json, 404, "No such page", "There is nothing at this address.", ""));
    }

    private static Route ups(String rest, Board board, boolean json) {
        for (Entry entry : board.entries()) {
            String ups = entry.host().ups();
            if (rest.equals(ups) || rest.equals(ups + JSON)) {
                return new Route.Page(new Topic.One(ups), json ? Route.Form.JSON : Route.Form.HTML);
            }
            if (rest.startsWith(ups + '/')) {
                Route route = below(rest.substring(ups.length() + 1), entry, json);
                return route == null ? missing(json) : route;
            }
        }
        return new Route.Ready(Fault.of(
                json,
                404,
                "No such UPS",
                "Only UPSes of hosts.conf are shown.",
                "Whoever looks after this server can add it: MONITOR ups@host \"description\" in hosts.conf."));
    }

    private static @Nullable Route below(String page, Entry entry, boolean json) {
        int slash = page.indexOf('/');
        if (slash >= 0) {
            String name = page.substring(slash + 1);
            return switch (page.substring(0, slash)) {
                case "commands" -> control(entry, true, name, json);
                case "settings" -> control(entry, false, name, json);
                default -> null;
            };
        }
        return switch (page) {
            case "live" -> new Route.Live(new Topic.One(entry.host().ups()));
            case "day", "day.json" -> new Route.Past(entry, false, json);
            case "week", "week.json" -> new Route.Past(entry, true, json);
            case "commands", "commands.json" -> control(entry, true, "", json);
            case "settings", "settings.json" -> control(entry, false, "", json);
            default -> null;
        };
    }

    private static Route control(Entry entry, boolean command, String name, boolean json) {
        return new Route.Control(new ControlHandler.Wanted(entry, command, name, json));
    }
}
