package org.nutjvm.cgi.serve;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.board.Board;
import org.nutjvm.cgi.board.BoardUpses;
import org.nutjvm.cgi.http.Answers;
import org.nutjvm.cgi.http.HttpRequest;
import org.nutjvm.cgi.pages.ControlHandler;
import org.nutjvm.cgi.pages.Fault;
import org.nutjvm.cgi.pages.Pages;
import org.nutjvm.cgi.pages.Route;
import org.nutjvm.cgi.pages.Router;
import org.nutjvm.cgi.pages.Topic;
import org.nutjvm.cgi.ups.Control;
import org.nutjvm.cgi.ups.Guard;
import org.nutjvm.cgi.ups.Site;
import org.nutjvm.cgi.upsimage.UpsimageHandler;
import org.nutjvm.cgi.upsset.UpssetHandler;
import org.nutjvm.cgi.upsstats.UpsstatsHandler;
import org.nutjvm.cgi.web.CgiRequest;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.cgi.web.CgiResponse.Header;
import org.nutjvm.common.log.PlainLog;
import org.nutjvm.common.text.WallClock;

/// What is answered to whom: who may ask at all, then what the address means. Pages about the board are made once and
/// kept until it changes. The loop alone uses it.
final class Desk {
    private static final int PAGES = 256;

    /// A page is made anew after so many seconds, too: what may be changed stands in a file.
    private static final int PAGE_SECONDS = 10;

    private final Server server;
    private final Site site;
    private final Pages pages;
    private final Control control;
    private final ControlHandler controls;
    private final Readers readers;
    private final Names names;
    private final Attempts attempts;
    private final WallClock clock;
    private final PlainLog log;
    private final Viewers viewers;
    private final Map<Route.Page, CgiResponse> made = new HashMap<>();
    private Board board;
    private int age;

    Desk(
            Server server,
            Site site,
            Pages pages,
            Control control,
            ControlHandler controls,
            Readers readers,
            Names names,
            Attempts attempts,
            WallClock clock,
            PlainLog log) {
        this.server = server;
        this.site = site;
        this.pages = pages;
        this.control = control;
        this.controls = controls;
        this.readers = readers;
        this.names = names;
        this.attempts = attempts;
        this.clock = clock;
        this.log = log;
        this.viewers = new Viewers(pages, (viewer, bytes) -> server.send(viewer, bytes, false));
        this.board = server.board();
    }

    /// There is another board.
    void board(Board next) {
        board = next;
        made.clear();
        viewers.publish(next);
    }

    /// Once a second.
    void tick() {
        if (++age >= PAGE_SECONDS) {
            age = 0;
            made.clear();
        }
    }

    void drained(Connection viewer) {
        viewers.drained(viewer);
    }

    void remind(Connection viewer) {
        viewers.remind(viewer);
    }

    void gone(Connection connection) {
        viewers.leave(connection);
    }

    private static void reply(Server server, Connection to, HttpRequest request, CgiResponse response) {
        server.answer(to, response, request.keepAlive(), request.method().equals("HEAD"));
    }

    private void reply(Connection to, HttpRequest request, CgiResponse response) {
        reply(server, to, request, response);
    }

    /// Answers a request, now or later.
    void answer(Connection from, HttpRequest request) {
        boolean json = Router.wantsJson(request);
        if (!names.known(request.host())) {
            reply(
                    from,
                    request,
                    Fault.of(
                            json,
                            421,
                            "Another server is meant",
                            "This one is not called " + request.host() + ".",
                            "Whoever looks after it can say that it is: SERVERNAME in nut-cgi.conf."));
            return;
        }
        String given = request.header("authorization");
        if (readers.open() || readers.remembered(given)) {
            route(from, request);
        } else if (readers.tries(given)) {
            login(from, request, given);
        } else {
            reply(from, request, unknown(json));
        }
    }

    private static CgiResponse unknown(boolean json) {
        return Fault.of(json, 401, "Who are you?", "This page is for those with a name and a password.", "")
                .with("WWW-Authenticate", "Basic realm=\"UPS status\", charset=\"UTF-8\"");
    }

    private void login(Connection from, HttpRequest request, String given) {
        boolean json = Router.wantsJson(request);
        Guard guard = attempts.of(from.neighbour);
        if (!guard.enter()) {
            reply(from, request, tooMany(json));
            return;
        }
        var right = new AtomicReference<>(false);
        boolean taken = server.work(
                from,
                () -> {
                    boolean done = false;
                    try {
                        done = readers.right(given);
                        right.set(done);
                    } finally {
                        guard.leave(!done);
                    }
                },
                () -> {
                    if (right.get()) {
                        route(from, request);
                    } else {
                        log.notice("wrong name or password of a reader, from " + from.address);
                        reply(from, request, unknown(json));
                    }
                });
        if (!taken) {
            guard.leave(false);
            reply(from, request, busy(json));
        }
    }

    private static CgiResponse tooMany(boolean json) {
        return Fault.of(
                        json,
                        429,
                        "Too many wrong passwords",
                        "From your address came several wrong ones, so none is tried for a while.",
                        "Try again in a minute.")
                .with("Retry-After", "60");
    }

    private static CgiResponse busy(boolean json) {
        return Fault.of(json, 503, "Too much to do", "Others are being served.", "Try again in a few seconds.")
                .with("Retry-After", "5");
    }

    private void route(Connection from, HttpRequest request) {
        switch (Router.of(request, board)) {
            case Route.Ready(CgiResponse response) -> reply(from, request, response);
            case Route.Page page -> reply(from, request, page(page));
            case Route.Live(Topic topic) -> live(from, request, topic);
            case Route.Program(String program) -> {
                Board shown = board;
                later(from, request, () -> program(program, cgi(from, request), shown, from.neighbour));
            }
            case Route.Control(ControlHandler.Wanted wanted) ->
                later(
                        from,
                        request,
                        () -> pages.changeable()
                                ? controls.handle(wanted, request, cgi(from, request), attempts.of(from.neighbour))
                                : Pages.closed(wanted.json()));
            case Route.Past past -> later(from, request, () -> pages.past(past, Instant.now()));
        }
    }

    private CgiResponse page(Route.Page wanted) {
        CgiResponse page = made.get(wanted);
        if (page == null) {
            page = pages.page(wanted, board);
            if (made.size() < PAGES) {
                made.put(wanted, page);
            }
        }
        return page;
    }

    private void live(Connection from, HttpRequest request, Topic topic) {
        if (viewers.count() >= Server.VIEWERS) {
            reply(from, request, busy(false));
            return;
        }
        var head = new CgiResponse(
                200,
                List.of(
                        new Header("Content-Type", "text/event-stream"),
                        new Header("Cache-Control", "no-store"),
                        new Header("X-Content-Type-Options", "nosniff"),
                        new Header("X-Accel-Buffering", "no")),
                "retry: 2000\n\n",
                List.of());
        byte[] first = viewers.join(from, topic, request.query(), board);
        byte[] begin = Answers.endless(head, server.date());
        byte[] all = new byte[begin.length + first.length];
        System.arraycopy(begin, 0, all, 0, begin.length);
        System.arraycopy(first, 0, all, begin.length, first.length);
        from.last = from.topic == null;
        server.send(from, all, true);
    }

    /// Has it answered elsewhere.
    private void later(Connection from, HttpRequest request, Supplier<CgiResponse> work) {
        var answer = new AtomicReference<@Nullable CgiResponse>();
        boolean taken = server.work(
                from,
                () -> {
                    try {
                        answer.set(work.get());
                    } catch (RuntimeException | Error e) {
                        log.error("a mistake of this program at " + request.path() + ": " + e);
                        throw e;
                    }
                },
                () -> {
                    CgiResponse response = answer.get();
                    reply(
                            from,
                            request,
                            response != null
                                    ? response
                                    : Fault.of(
                                            Router.wantsJson(request),
                                            500,
                                            "Something went wrong",
                                            "This is a mistake in the program, not yours.",
                                            "The log says more; please report it."));
                });
        if (!taken) {
            reply(from, request, busy(Router.wantsJson(request)));
        }
    }

    private CgiResponse program(String program, CgiRequest request, Board shown, String neighbour) {
        var upses = new BoardUpses(shown);
        return switch (program) {
            case "upsstats.cgi" -> new UpsstatsHandler(site, upses, clock).handle(request);
            case "upsimage.cgi" -> new UpsimageHandler(site, upses).handle(request);
            default -> new UpssetHandler(site, control, attempts.of(neighbour)).handle(request);
        };
    }

    /// The request as a web server would hand it to a program.
    private static CgiRequest cgi(Connection from, HttpRequest request) {
        var env = new HashMap<String, String>();
        env.put("REMOTE_ADDR", from.address);
        env.put("CONTENT_TYPE", request.header("content-type"));
        for (String name : List.of("host", "origin", "referer", "sec-fetch-site", "x-forwarded-host")) {
            String value = request.header(name);
            if (!value.isEmpty()) {
                env.put("HTTP_" + name.toUpperCase(Locale.ROOT).replace('-', '_'), value);
            }
        }
        return new CgiRequest(request.method(), request.query(), request.body(), env);
    }
}
