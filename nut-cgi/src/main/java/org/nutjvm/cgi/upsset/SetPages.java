package org.nutjvm.cgi.upsset;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.ups.Command;
import org.nutjvm.cgi.ups.Login;
import org.nutjvm.cgi.ups.Setting;
import org.nutjvm.cgi.web.Html;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.conf.HostsConf.Host;
import org.nutjvm.common.state.Range;

/// The markup of upsset's pages. Names of fields are upstream's. User and password travel along in hidden fields, as
/// there: nothing of them is kept on the server, or in a cookie that other pages could use.
final class SetPages {
    static final String ACTION = "upsset.cgi";

    private static final String FORM = "<form method=\"post\" action=\"" + ACTION + "\">\n";

    private SetPages() {}

    static String login() {
        return heading("Login") + FORM
                + "<label for=\"username\">Username</label>\n"
                + "<input id=\"username\" name=\"username\" autocomplete=\"username\" required maxlength=\"256\">\n"
                + "<label for=\"password\">Password</label>\n"
                + "<input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"current-password\" maxlength=\"256\">\n"
                + hidden("function", "pickups") + "<p><button>Login</button></p>\n</form>\n";
    }

    static String heading(String title) {
        return "<p class=\"dim\">Network UPS Tools upsset " + NutVersion.VERSION + "</p>\n<h1>" + Html.text(title)
                + "</h1>\n";
    }

    private static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"" + name + "\" value=\"" + Html.text(value) + "\">\n";
    }

    private static String hidden(Login login) {
        return hidden("username", login.user()) + hidden("password", login.password());
    }

    /// The choice of UPS and function.
    static String pickups(List<Host> hosts, Login login, @Nullable String ups, String function) {
        var form = new StringBuilder(1024);
        form.append(FORM).append("<label for=\"monups\">Select UPS and function:</label>\n");
        form.append("<select id=\"monups\" name=\"monups\">\n");
        for (Host host : hosts) {
            option(
                    form,
                    host.ups(),
                    Html.textWithEntities(host.description()),
                    host.ups().equals(ups));
        }
        form.append("</select>\n<select name=\"function\" aria-label=\"function\">\n");
        option(form, "showsettings", "Settings", function.equals("showsettings"));
        option(form, "showcmds", "Commands", function.equals("showcmds"));
        form.append("</select>\n").append(hidden(login));
        return form.append("<button>View</button>\n</form>\n").toString();
    }

    private static void option(StringBuilder to, String value, String markup, boolean selected) {
        to.append("<option value=\"").append(Html.text(value)).append(selected ? "\" selected>" : "\">");
        to.append(markup).append("</option>\n");
    }

    static String settings(Host host, Login login, List<Setting> settings) {
        var form = new StringBuilder(4096);
        form.append(heading("Current settings")).append("<h2>").append(Html.textWithEntities(host.description()));
        form.append("</h2>\n").append(FORM).append("<table>\n<thead><tr><th scope=\"col\">Setting</th>");
        form.append("<th scope=\"col\">Value</th></tr></thead>\n<tbody>\n");
        for (Setting setting : settings) {
            String id = Html.text("UPSVAR_" + setting.name());
            form.append("<tr><td><label for=\"").append(id).append("\">");
            form.append(Html.text(setting.description().isEmpty() ? setting.name() : setting.description()));
            form.append("</label><span class=\"dim\">")
                    .append(Html.text(setting.name()))
                    .append("</span></td>\n<td>");
            field(form, id, setting);
            form.append("</td></tr>\n");
        }
        form.append("</tbody>\n</table>\n").append(hidden(login)).append(hidden("function", "savesettings"));
        form.append(hidden("monups", host.ups()));
        form.append("<p><button>Save changes</button></p>\n</form>\n");
        return form.toString();
    }

    private static void field(StringBuilder to, String id, Setting setting) {
        String named = "id=\"" + id + "\" name=\"" + id + "\"";
        if (setting.kind() instanceof Setting.Kind.Choice choice) {
            to.append("<select ").append(named).append(">\n");
            if (!choice.values().contains(setting.value())) {
                // Else the browser would choose the first, and saving another setting would change this one.
                option(to, setting.value(), Html.text(setting.value()), true);
            }
            for (String value : choice.values()) {
                option(to, value, Html.text(value), value.equals(setting.value()));
            }
            to.append("</select>");
            return;
        }
        to.append("<input ").append(named).append(" value=\"").append(Html.text(setting.value()));
        if (setting.kind() instanceof Setting.Kind.Numeric number) {
            to.append("\" inputmode=\"decimal\" size=\"20\" maxlength=\"256\">");
            for (Range range : number.ranges()) {
                to.append(" <span class=\"dim\">")
                        .append(range.min())
                        .append(" to ")
                        .append(range.max());
                to.append("</span>");
            }
        } else if (setting.kind() instanceof Setting.Kind.Text text) {
            to.append("\" size=\"").append(Math.min(text.longest(), 40));
            to.append("\" maxlength=\"").append(text.longest()).append("\">");
        }
    }

    static String commands(Host host, Login login, List<Command> commands) {
        var form = new StringBuilder(4096);
        form.append(heading("Instant commands")).append("<h2>").append(Html.textWithEntities(host.description()));
        form.append("</h2>\n").append(FORM).append("<label for=\"upscommand\">Instant commands</label>\n");
        form.append("<select id=\"upscommand\" name=\"upscommand\">\n<option value=\"\" selected></option>\n");
        for (Command command : commands) {
            String text = command.description().isEmpty() ? command.name() : command.description();
            option(form, command.name(), Html.text(text), false);
        }
        form.append("</select>\n").append(hidden(login)).append(hidden("function", "askcmd"));
        form.append(hidden("monups", host.ups()));
        return form.append("<p><button>Issue command</button></p>\n</form>\n").toString();
    }

    /// Asks once more before a command that may cut power.
    static String confirmation(Host host, Login login, String command) {
        return heading("Issue " + command + "?") + "<p>Machines behind " + Html.textWithEntities(host.description())
                + " (" + Html.text(host.ups()) + ") may lose power by it.</p>\n" + FORM + hidden(login)
                + hidden("function", "docmd") + hidden("monups", host.ups()) + hidden("upscommand", command)
                + "<p><button>Issue " + Html.text(command) + "</button></p>\n</form>\n";
    }
}
