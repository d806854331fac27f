package org.nutjvm.cgi.pages;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.board.Entry;
import org.nutjvm.cgi.http.HttpRequest;
import org.nutjvm.cgi.ups.Command;
import org.nutjvm.cgi.ups.Control;
import org.nutjvm.cgi.ups.Guard;
import org.nutjvm.cgi.ups.Login;
import org.nutjvm.cgi.ups.Setting;
import org.nutjvm.cgi.ups.UpsTrouble;
import org.nutjvm.cgi.web.CgiRequest;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.cgi.web.Form;
import org.nutjvm.cgi.web.SameSite;

/// Commands and settings of one UPS: lists of them, a page that asks once more and for user and password, and what
/// came of it. Something is changed by POST only, from a form that was given out to the same browser, and the password
/// is kept nowhere.
public final class ControlHandler {
    private static final String COOKIE = "nut-form";
    private static final int LONGEST = 256;
    private static final String FORM_TYPE = "application/x-www-form-urlencoded";

    private final Control control;
    private final Seal seal;
    private final boolean encrypted;

    /// @param encrypted whether browsers come by TLS, so that cookies need not go any other way
    public ControlHandler(Control control, Seal seal, boolean encrypted) {
        this.control = control;
        this.seal = seal;
        this.encrypted = encrypted;
    }

    /// What is asked for: `commands`, `settings`, or one of them.
    ///
    /// @param name the command or variable; empty for the list
    public record Wanted(Entry entry, boolean command, String name, boolean json) {
        String purpose() {
            return (command ? "command " : "setting ")
                    + name
                    + ' '
                    + entry.host().ups();
        }

        String address() {
            return UpsPage.address(entry) + (command ? "/commands" : "/settings");
        }
    }

    /// The answer. It may take seconds: servers are asked.
    ///
    /// @param guard for whoever sent this
    public CgiResponse handle(Wanted wanted, HttpRequest request, CgiRequest cgi, Guard guard) {
        try {
            if (wanted.name().isEmpty()) {
                return request.post() ? notThatWay(wanted, "GET, HEAD") : list(wanted);
            }
            return request.post() ? change(wanted, request, cgi, guard) : form(wanted, request, "");
        } catch (UpsTrouble e) {
            return trouble(wanted, e);
        }
    }

    private CgiResponse notThatWay(Wanted wanted, String methods) {
        return Fault.of(wanted.json(), 405, "Not that way", "This page is not posted to.", "")
                .with("Allow", methods);
    }

    private CgiResponse list(Wanted wanted) throws UpsTrouble {
        String ups = wanted.entry().host().ups();
        if (wanted.command()) {
            List<Command> commands = control.commands(ups);
            return wanted.json()
                    ? BoardJson.commands(wanted.entry(), commands)
                    : ControlPages.commands(wanted, commands);
        }
        List<Setting> settings = control.settings(ups);
        return wanted.json() ? BoardJson.settings(wanted.entry(), settings) : ControlPages.settings(wanted, settings);
    }

    private static CgiResponse trouble(Wanted wanted, UpsTrouble e) {
        int status = switch (e.kind()) {
            case ACCESS -> 403;
            case UNKNOWN_UPS, NAME -> 404;
            case REFUSED -> 409;
            case SERVER, DRIVER -> 503;
        };
        return Fault.of(wanted.json(), status, "It was not done", e.getMessage(), e.cure());
    }

    private @Nullable Command command(Wanted wanted) throws UpsTrouble {
        for (Command command : control.commands(wanted.entry().host().ups())) {
            if (command.name().equals(wanted.name())) {
                return command;
            }
        }
        return null;
    }

    private @Nullable Setting setting(Wanted wanted) throws UpsTrouble {
        for (Setting setting : control.settings(wanted.entry().host().ups())) {
            if (setting.name().equals(wanted.name())) {
                return setting;
            }
        }
        return null;
    }

    private static CgiResponse nothing(Wanted wanted) {
        return Fault.of(
                wanted.json(),
                404,
                wanted.command() ? "No such command" : "No such setting",
                "This UPS has no " + wanted.name() + (wanted.command() ? " among its commands." : " that can be set."),
                "");
    }

    /// The page that asks once more.
    ///
    /// @param complaint what was wrong with the last try; empty at the first
    private CgiResponse form(Wanted wanted, HttpRequest request, String complaint) throws UpsTrouble {
        String secret = secret(request);
        boolean fresh = secret.isEmpty();
        if (fresh) {
            secret = seal.secret();
        }
        String mark = seal.mark(secret, wanted.purpose());
        int status = complaint.isEmpty() ? 200 : 403;
        CgiResponse page;
        if (wanted.command()) {
            Command command = command(wanted);
            if (command == null) {
                return nothing(wanted);
            }
            page = ControlPages.askCommand(status, wanted, command, mark, complaint);
        } else {
            Setting setting = setting(wanted);
            if (setting == null) {
                return nothing(wanted);
            }
            page = ControlPages.askSetting(status, wanted, setting, mark, complaint);
        }
        return fresh
                ? page.with(
                        "Set-Cookie",
                        COOKIE + '=' + secret + "; Path=/; HttpOnly; SameSite=Strict" + (encrypted ? "; Secure" : ""))
                : page;
    }

    /// What this browser was given to keep; empty if nothing.
    private static String secret(HttpRequest request) {
        for (String pair : request.header("cookie").split(";", -1)) {
            String one = pair.strip();
            if (one.startsWith(COOKIE + '=') && one.length() <= 128) {
                return one.substring(COOKIE.length() + 1);
            }
        }
        return "";
    }

    private CgiResponse change(Wanted wanted, HttpRequest request, CgiRequest cgi, Guard guard) throws UpsTrouble {
        if (!SameSite.of(cgi)) {
            return Fault.of(
                            wanted.json(),
                            403,
                            "The form comes from another site",
                            "Your browser says that a page of another site sent it.",
                            "Begin at the overview.")
                    .note("a form from another site, for " + cgi.variable("REMOTE_ADDR"));
        }
        if (!request.header("content-type").toLowerCase(Locale.ROOT).startsWith(FORM_TYPE)) {
            return Fault.of(wanted.json(), 415, "No form", "What was posted is no " + FORM_TYPE + ".", "");
        }
        Form form = Form.of(request.body());
        if (form.fault().isPresent()) {
            return Fault.of(
                    wanted.json(),
                    400,
                    "The form is malformed",
                    "It has " + form.fault().get() + ".",
                    "");
        }
        if (!seal.genuine(text(form, "mark"), secret(request), wanted.purpose())) {
            return form(
                    wanted,
                    request,
                    "The form is too old, or your browser keeps no cookies of this site. Send it again.");
        }
        String user = text(form, "username");
        String password = text(form, "password");
        if (user.isEmpty() || user.length() > LONGEST || password.length() > LONGEST) {
            return form(wanted, request, "User and password are needed, of at most " + LONGEST + " letters.");
        }
        if (wanted.command()) {
            Command command = command(wanted);
            if (command == null) {
                return nothing(wanted);
            }
            if (command.grave() && !text(form, "sure").equals("yes")) {
                return form(wanted, request, "Say that you are sure.");
            }
        }
        return guarded(wanted, request, cgi, form, new Login(user, password), guard);
    }

    private static String text(Form form, String name) {
        String text = form.last(name);
        return text == null ? "" : text;
    }

    private CgiResponse guarded(Wanted wanted, HttpRequest request, CgiRequest cgi, Form form, Login login, Guard guard)
            throws UpsTrouble {
        if (!guard.enter()) {
            return Fault.of(
                            wanted.json(),
                            429,
                            "Too many wrong passwords",
                            "From your address came several wrong ones, so none is tried for a while.",
                            "Try again in a minute.")
                    .with("Retry-After", "60");
        }
        String ups = wanted.entry().host().ups();
        boolean wrong = false;
        String from = cgi.variable("REMOTE_ADDR");
        try {
            if (wanted.command()) {
                String answer = control.instcmd(ups, login, wanted.name());
                return ControlPages.done(wanted, answer)
                        .note("command " + wanted.name() + " for " + ups + " from " + from + ": " + answer);
            }
            String value = text(form, "value");
            List<Control.Change> changes = control.set(ups, login, List.of(new Control.Wish(wanted.name(), value)));
            return ControlPages.changed(wanted, value, changes)
                    .note("setting " + wanted.name() + " of " + ups + " from " + from + ": "
                            + (changes.isEmpty()
                                    ? "unchanged"
                                    : changes.getFirst().answer()));
        } catch (UpsTrouble e) {
            wrong = e.kind() == UpsTrouble.Kind.ACCESS;
            if (wrong) {
                return form(wanted, request, e.getMessage() + ". " + e.cure())
                        .note("access denied for " + from + " at " + ups);
            }
            throw e;
        } finally {
            guard.leave(wrong);
        }
    }
}
