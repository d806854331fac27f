package org.nutjvm.cgi.pages;

import java.util.List;
import org.nutjvm.cgi.pages.ControlHandler.Wanted;
import org.nutjvm.cgi.ups.Command;
import org.nutjvm.cgi.ups.Control;
import org.nutjvm.cgi.ups.Setting;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.cgi.web.Html;
import org.nutjvm.common.state.Range;

/// The markup of pages about commands and settings.
final class ControlPages {
    private ControlPages() {}

    private static StringBuilder begin(Wanted wanted, String title) {
        return new StringBuilder(2048)
                .append("<h1>")
                .append(Html.text(title))
                .append("</h1>\n<p><a href=\"")
                .append(UpsPage.address(wanted.entry()))
                .append("\">")
                .append(OverviewPage.name(wanted.entry()))
                .append("</a> <span class=\"dim\">")
                .append(Html.text(wanted.entry().host().ups()))
                .append("</span></p>\n");
    }

    private static CgiResponse page(int status, Wanted wanted, String title, StringBuilder main) {
        return Layout.page(status, title + " - " + wanted.entry().host().ups(), main.toString());
    }

    static CgiResponse commands(Wanted wanted, List<Command> commands) {
        StringBuilder main = begin(wanted, "Commands");
        if (commands.isEmpty()) {
            main.append("<p>This UPS has none.</p>\n");
        } else {
            main.append("<section aria-label=\"Commands\"><table><thead><tr><th scope=\"col\">Command</th>");
            main.append("<th scope=\"col\">What it does</th></tr></thead><tbody>\n");
            for (Command command : commands) {
                main.append("<tr><td><a href=\"")
                        .append(wanted.address())
                        .append('/')
                        .append(part(command.name()))
                        .append("\">");
                main.append(Html.name(command.name())).append("</a></td><td>").append(Html.text(command.description()));
                main.append(command.grave() ? " <span class=\"badge bad\">may cut power</span>" : "")
                        .append("</td></tr>\n");
            }
            main.append("</tbody></table></section>\n");
        }
        return page(200, wanted, "Commands", main);
    }

    private static String part(String name) {
        return Html.query(name).replace("/", "%2F");
    }

    static CgiResponse settings(Wanted wanted, List<Setting> settings) {
        StringBuilder main = begin(wanted, "Settings");
        if (settings.isEmpty()) {
            main.append("<p>Nothing of this UPS can be set.</p>\n");
        } else {
            main.append(
                    "<section aria-label=\"Settings\"><div class=\"scroll\"><table><thead><tr><th scope=\"col\">Setting</th>");
            main.append("<th scope=\"col\">Value</th></tr></thead><tbody>\n");
            for (Setting setting : settings) {
                main.append("<tr><td><a href=\"")
                        .append(wanted.address())
                        .append('/')
                        .append(part(setting.name()))
                        .append("\">");
                main.append(Html.name(setting.name())).append("</a><br><span class=\"dim\">");
                main.append(Html.text(setting.description())).append("</span></td><td>");
                main.append(Html.text(setting.value())).append("</td></tr>\n");
            }
            main.append("</tbody></table></div></section>\n");
        }
        return page(200, wanted, "Settings", main);
    }

    private static void openForm(StringBuilder main, Wanted wanted, String mark, String complaint) {
        if (!complaint.isEmpty()) {
            main.append("<p class=\"bad\" role=\"alert\">")
                    .append(Html.text(complaint))
                    .append("</p>\n");
        }
        main.append("<form method=\"post\" action=\"")
                .append(wanted.address())
                .append('/')
                .append(part(wanted.name()));
        main.append("\">\n<input type=\"hidden\" name=\"mark\" value=\"")
                .append(Html.text(mark))
                .append("\">\n");
    }

    private static void closeForm(StringBuilder main, Wanted wanted, String button, boolean grave) {
        main.append("<label for=\"username\">User of upsd.users</label>\n<input id=\"username\" name=\"username\" ");
        main.append(
                "autocomplete=\"username\" required maxlength=\"256\">\n<label for=\"password\">Password</label>\n");
        main.append("<input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"current-password\" ");
        main.append("required maxlength=\"256\">\n<p><button").append(grave ? " class=\"grave\">" : ">");
        main.append(Html.text(button))
                .append("</button></p>\n</form>\n<p><a href=\"")
                .append(wanted.address());
        main.append("\">Leave it as it is</a></p>\n");
    }

    static CgiResponse askCommand(int status, Wanted wanted, Command command, String mark, String complaint) {
        StringBuilder main = begin(wanted, "Run " + command.name() + "?");
        main.append("<p>").append(Html.text(command.description())).append("</p>\n");
        openForm(main, wanted, mark, complaint);
        if (command.grave()) {
            main.append("<p class=\"bad\">Machines behind this UPS may lose power by it.</p>\n<label class=\"check\">");
            main.append("<input type=\"checkbox\" name=\"sure\" value=\"yes\" required> I am sure</label>\n");
        }
        closeForm(main, wanted, "Run " + command.name(), command.grave());
        return page(status, wanted, "Run " + command.name(), main);
    }

    static CgiResponse askSetting(int status, Wanted wanted, Setting setting, String mark, String complaint) {
        StringBuilder main = begin(wanted, "Change " + setting.name());
        main.append("<p>").append(Html.text(setting.description())).append("</p>\n<p>It is now <strong>");
        main.append(Html.text(setting.value())).append("</strong>.</p>\n");
        openForm(main, wanted, mark, complaint);
        main.append("<label for=\"value\">New value</label>\n");
        field(main, setting);
        closeForm(main, wanted, "Change " + setting.name(), false);
        return page(status, wanted, "Change " + setting.name(), main);
    }

    private static void field(StringBuilder to, Setting setting) {
        if (setting.kind() instanceof Setting.Kind.Choice choice) {
            to.append("<select id=\"value\" name=\"value\">\n");
            if (!choice.values().contains(setting.value())) {
                option(to, setting.value(), true);
            }
            for (String value : choice.values()) {
                option(to, value, value.equals(setting.value()));
            }
            to.append("</select>\n");
            return;
        }
        int longest = setting.kind() instanceof Setting.Kind.Text text ? text.longest() : 256;
        boolean number = setting.kind() instanceof Setting.Kind.Numeric;
        to.append("<input id=\"value\" name=\"value\" value=\"").append(Html.text(setting.value()));
        to.append("\" maxlength=\"")
                .append(longest)
                .append(number ? "\" inputmode=\"decimal" : "")
                .append("\">\n");
        if (setting.kind() instanceof Setting.Kind.Numeric(List<Range> ranges)) {
            for (Range range : ranges) {
                to.append("<span class=\"dim\">")
                        .append(range.min())
                        .append(" to ")
                        .append(range.max())
                        .append("</span>\n");
            }
        }
    }

    private static void option(StringBuilder to, String value, boolean selected) {
        String text = Html.text(value);
        to.append("<option value=\"")
                .append(text)
                .append(selected ? "\" selected>" : "\">")
                .append(text)
                .append("</option>\n");
    }

    static CgiResponse done(Wanted wanted, String answer) {
        StringBuilder main = begin(wanted, wanted.name());
        main.append("<p role=\"status\">The server answers: <strong>")
                .append(Html.text(answer))
                .append("</strong></p>\n");
        return page(200, wanted, wanted.name(), main);
    }

    static CgiResponse changed(Wanted wanted, String value, List<Control.Change> changes) {
        StringBuilder main = begin(wanted, wanted.name());
        int status = 200;
        if (changes.isEmpty()) {
            main.append("<p role=\"status\">It is <strong>")
                    .append(Html.text(value))
                    .append("</strong> already.</p>\n");
        }
        for (Control.Change change : changes) {
            if (change.done()) {
                main.append("<p role=\"status\">Changed from <strong>").append(Html.text(change.before()));
                main.append("</strong> to <strong>")
                        .append(Html.text(change.value()))
                        .append("</strong>.</p>\n");
            } else {
                status = 409;
                main.append("<p class=\"bad\" role=\"alert\">It was not changed: ")
                        .append(Html.text(change.answer()))
                        .append("</p>\n");
            }
        }
        return page(status, wanted, wanted.name(), main);
    }
}
