package org.nutjvm.cgi.upsset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.ups.Command;
import org.nutjvm.cgi.ups.Control;
import org.nutjvm.cgi.ups.Control.Change;
import org.nutjvm.cgi.ups.Control.Wish;
import org.nutjvm.cgi.ups.Guard;
import org.nutjvm.cgi.ups.Login;
import org.nutjvm.cgi.ups.Setting;
import org.nutjvm.cgi.ups.Site;
import org.nutjvm.cgi.ups.UpsTrouble;
import org.nutjvm.cgi.web.CgiRequest;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.cgi.web.ConfTrouble;
import org.nutjvm.cgi.web.Form;
import org.nutjvm.cgi.web.Handler;
import org.nutjvm.cgi.web.Html;
import org.nutjvm.cgi.web.Page;
import org.nutjvm.cgi.web.SameSite;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.HostsConf;
import org.nutjvm.common.conf.HostsConf.Host;

/// upsset.cgi: settings and commands of UPSes, for those who have a user in upsd.users. It works only when upsset.conf
/// says that the web server keeps strangers out, takes forms only by POST and only from pages of this site, and asks
/// only
/// UPSes of hosts.conf. Neither a page nor the log ever shows a password as text.
public final class UpssetHandler implements Handler {
    /// Settings of one form (upsset.c: HARD_UPSVAR_LIMIT_NUM).
    static final int MOST_SETTINGS = 64;

    /// Bytes of a value, of a user's name, of a password.
    static final int LONGEST = 256;

    private static final String SETTING = "UPSVAR_";
    private static final String FORM_TYPE = "application/x-www-form-urlencoded";

    private final Site site;
    private final Control control;
    private final Guard guard;

    public UpssetHandler(Site site, Control control, Guard guard) {
        this.site = site;
        this.control = control;
        this.guard = guard;
    }

    @Override
    public CgiResponse handle(CgiRequest request) {
        CgiResponse closed = closed();
        if (closed != null) {
            return closed;
        }
        if (!request.post()) {
            return request.method().equals("GET") || request.method().equals("HEAD")
                    ? Page.of(200, "upsset: Login", SetPages.login())
                    : Page.error(405, "Not that way", "Forms come by POST.", "").with("Allow", "GET, HEAD, POST");
        }
        if (!SameSite.of(request)) {
            return Page.error(
                            403,
                            "The form comes from another site",
                            "Your browser says that a page of another site sent it.",
                            "Begin at the login page here. If a proxy changes the name of this site, have it set"
                                    + " X-Forwarded-Host.")
                    .note("a form from another site, for " + request.variable("REMOTE_ADDR"));
        }
        String type = request.variable("CONTENT_TYPE").toLowerCase(Locale.ROOT);
        if (!type.isEmpty() && !type.startsWith(FORM_TYPE)) {
            return Page.error(415, "No form", "What was posted is no " + FORM_TYPE + ".", "Begin at the login page.");
        }
        Form form = Form.of(request.body());
        if (form.fault().isPresent()) {
            return Page.error(
                    400, "The form is malformed", "It has " + form.fault().get() + ".", "Begin again.");
        }
        String user = form.last("username");
        String password = form.last("password");
        String function = form.last("function");
        if (user == null || password == null || function == null || user.isEmpty()) {
            return Page.of(200, "upsset: Login", SetPages.login());
        }
        if (user.length() > LONGEST || password.length() > LONGEST) {
            return Page.error(400, "Form error", "User and password have at most " + LONGEST + " bytes.", "");
        }
        return request(form, new Login(user, password), function, request.variable("REMOTE_ADDR"));
    }

    /// Why it does not work at all, or null.
    private @Nullable CgiResponse closed() {
        try {
            if (site.upsset().secured()) {
                return null;
            }
            return Page.error(
                            403,
                            "Error: Secure mode has not been enabled in upsset.conf",
                            "Refusing to start until this is fixed.",
                            "Have the web server let in only those who may switch UPSes, then take the ### away from"
                                    + " I_HAVE_SECURED_MY_CGI_DIRECTORY in upsset.conf.")
                    .note("upsset.conf does not permit execution");
        } catch (ConfException e) {
            return ConfTrouble.page("upsset.conf", e).note("upsset.conf does not exist to permit execution");
        }
    }

    private CgiResponse request(Form form, Login login, String function, String client) {
        HostsConf hosts;
        try {
            hosts = site.hosts();
        } catch (ConfException e) {
            return ConfTrouble.page("hosts.conf", e);
        }
        String ups = form.last("monups");
        if (function.equals("pickups") || ups == null) {
            return Page.of(
                    200,
                    "upsset: Select a UPS",
                    SetPages.heading("Select a UPS") + SetPages.pickups(hosts.hosts(), login, null, ""));
        }
        Optional<Host> host = hosts.host(ups);
        if (host.isEmpty()) {
            return error(403, "Access denied", "Access to that host is not authorized", "", hosts, login, null, "");
        }
        var turn = new Turn(hosts, host.get(), login, form, client);
        return switch (function) {
            case "showsettings" -> turn.showSettings();
            case "savesettings" -> turn.saveSettings();
            case "showcmds" -> turn.showCommands();
            case "askcmd" -> turn.askCommand();
            case "docmd" -> turn.doCommand();
            default ->
                error(
                        400,
                        "Form error",
                        "Error: Unhandled function name [" + function + "]",
                        "",
                        hosts,
                        login,
                        ups,
                        "");
        };
    }

    private static CgiResponse error(
            int status,
            String title,
            String what,
            String cure,
            HostsConf hosts,
            Login login,
            @Nullable String ups,
            String next) {
        return Page.of(
                status,
                "upsset: " + title,
                SetPages.heading(title) + "<p class=\"bad\">" + Html.text(what) + "</p>\n<p class=\"dim\">"
                        + Html.text(cure) + "</p>\n" + SetPages.pickups(hosts.hosts(), login, ups, next));
    }

    /// One request about one UPS.
    private final class Turn {
        private final HostsConf hosts;
        private final Host host;
        private final Login login;
        private final Form form;
        private final String client;

        Turn(HostsConf hosts, Host host, Login login, Form form, String client) {
            this.hosts = hosts;
            this.host = host;
            this.login = login;
            this.form = form;
            this.client = client;
        }

        private CgiResponse page(String title, String main, String next) {
            return Page.of(200, "upsset: " + title, main + SetPages.pickups(hosts.hosts(), login, host.ups(), next));
        }

        private CgiResponse error(int status, String title, String what, String cure, String next) {
            return UpssetHandler.error(status, title, what, cure, hosts, login, host.ups(), next);
        }

        private CgiResponse trouble(UpsTrouble trouble, String next) {
            int status = switch (trouble.kind()) {
                case NAME, SERVER, DRIVER -> 503;
                case UNKNOWN_UPS -> 404;
                case ACCESS -> 403;
                case REFUSED -> 400;
            };
            boolean offline = trouble.kind() == UpsTrouble.Kind.SERVER;
            String what = offline
                    ? "Unable to connect to " + host.ups() + ": " + trouble.getMessage()
                    : "Error: " + trouble.getMessage();
            CgiResponse answer = error(status, offline ? "Connect failure" : "Refused", what, trouble.cure(), next);
            return trouble.kind() == UpsTrouble.Kind.ACCESS
                    ? answer.note("access denied for " + client + " at " + host.ups())
                    : answer;
        }

        CgiResponse showSettings() {
            try {
                List<Setting> settings = control.settings(host.ups());
                return page("Current settings", SetPages.settings(host, login, settings), "showsettings");
            } catch (UpsTrouble e) {
                return trouble(e, "showsettings");
            }
        }

        CgiResponse showCommands() {
            try {
                List<Command> commands = control.commands(host.ups());
                return commands.isEmpty()
                        ? error(
                                200,
                                "No instant commands supported",
                                "This UPS doesn't support any instant commands.",
                                "",
                                "showcmds")
                        : page("Instant commands", SetPages.commands(host, login, commands), "showcmds");
            } catch (UpsTrouble e) {
                return trouble(e, "showcmds");
            }
        }

        private CgiResponse noCommand() {
            return error(400, "Form error", "No instant command selected", "", "showcmds");
        }

        CgiResponse askCommand() {
            String command = form.last("upscommand");
            if (command == null || command.isEmpty()) {
                return noCommand();
            }
            return new Command(command, "").grave()
                    ? page("Issue " + command + "?", SetPages.confirmation(host, login, command), "showcmds")
                    : doCommand();
        }

        CgiResponse doCommand() {
            String command = form.last("upscommand");
            if (command == null || command.isEmpty()) {
                return noCommand();
            }
            return guarded("showcmds", () -> {
                String answer = control.instcmd(host.ups(), login, command);
                return page(
                        "Issuing command",
                        SetPages.heading("Issuing command") + "<pre>\nSending command: " + Html.text(command)
                                + "\nResponse: " + Html.text(answer) + "\n</pre>\n",
                        "showcmds");
            });
        }

        CgiResponse saveSettings() {
            var wishes = new ArrayList<Wish>();
            for (Form.Field field : form.fields()) {
                if (field.name().startsWith(SETTING)
                        && field.value().length() <= LONGEST
                        && wishes.size() < MOST_SETTINGS) {
                    wishes.add(new Wish(field.name().substring(SETTING.length()), field.value()));
                }
            }
            return guarded("showsettings", () -> {
                List<Change> changes = control.set(host.ups(), login, wishes);
                return page("Saving settings", saved(changes), "showsettings");
            });
        }

        private static String saved(List<Change> changes) {
            var main = new StringBuilder(1024);
            main.append(SetPages.heading("Saving settings")).append("<pre>\n");
            int done = 0;
            for (Change change : changes) {
                main.append("set ").append(Html.text(change.name())).append(" to ");
                main.append(Html.text(change.value())).append(" (was ").append(Html.text(change.before()));
                main.append(")\n").append(change.done() ? "" : "Error: SET failed: ");
                main.append(Html.text(change.answer())).append('\n');
                done += change.done() ? 1 : 0;
            }
            main.append(
                    done == 0
                            ? "No settings changed.\n"
                            : "Updated " + done + " setting" + (done == 1 ? "" : "s") + ".\n");
            return main.append("</pre>\n").toString();
        }

        private interface Work {
            CgiResponse done() throws UpsTrouble;
        }

        /// Does what needs the password.
        private CgiResponse guarded(String next, Work work) {
            if (!guard.enter()) {
                return error(
                                429,
                                "Too many attempts",
                                "Others try passwords right now.",
                                "Wait a moment, then try again.",
                                next)
                        .note("too many attempts, this one by " + client);
            }
            boolean wrong = false;
            try {
                return work.done();
            } catch (UpsTrouble e) {
                wrong = e.kind() == UpsTrouble.Kind.ACCESS;
                return trouble(e, next);
            } finally {
                guard.leave(wrong);
            }
        }
    }
}
