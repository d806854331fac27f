package org.nutjvm.cgi.pages;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nutjvm.cgi.board.Entry;
import org.nutjvm.cgi.board.Event;
import org.nutjvm.cgi.ups.Reading;
import org.nutjvm.cgi.ups.StatusWord;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.cgi.web.Html;
import org.nutjvm.cgi.web.Numbers;

/// One UPS: its state, dials, what happened, who is fed by it, and everything it tells.
final class UpsPage {
    private static final String[][] FACTS = {
        {"Manufacturer", "device.mfr", "ups.mfr"},
        {"Model", "device.model", "ups.model"},
        {"Serial number", "device.serial", "ups.serial"},
        {"Firmware", "ups.firmware", ""},
        {"Battery made", "battery.mfr.date", "battery.date"},
        {"Last test", "ups.test.result", ""},
        {"Beeper", "ups.beeper.status", ""},
        {"Driver", "driver.name", ""}
    };

    private UpsPage() {}

    /// The address of a UPS's page, as it stands in an attribute.
    static String address(Entry entry) {
        return "/ups/" + Html.query(entry.host().ups()).replace("/", "%2F");
    }

    static CgiResponse of(Entry entry, ZoneId zone, boolean changeable, boolean history) {
        Parts parts = parts(entry, zone);
        Map<String, String> markup = parts.markup();
        String address = address(entry);
        var main = new StringBuilder(8192);
        main.append("<h1>").append(OverviewPage.name(entry)).append("</h1>\n<p class=\"dim\">");
        main.append(Html.text(entry.host().ups())).append("</p>\n");
        main.append("<div id=\"state\" role=\"status\">")
                .append(markup.get("state"))
                .append("</div>\n");
        main.append("<nav aria-label=\"More about this UPS\"><ul>");
        if (history) {
            main.append("<li><a href=\"").append(address).append("/day\">Last day</a></li>");
            main.append("<li><a href=\"").append(address).append("/week\">Last week</a></li>");
        }
        if (changeable) {
            main.append("<li><a href=\"").append(address).append("/commands\">Commands</a></li>");
            main.append("<li><a href=\"").append(address).append("/settings\">Settings</a></li>");
        }
        main.append("<li><a href=\"").append(address).append(".json\">JSON</a></li></ul></nav>\n");
        section(main, "Now", "<div id=\"now\">" + markup.get("now") + "</div>");
        section(main, "Events", "<div id=\"events\">" + markup.get("events") + "</div>");
        section(main, "Clients", "<div id=\"clients\">" + markup.get("clients") + "</div>");
        section(main, "Device", "<div id=\"facts\">" + markup.get("facts") + "</div>");
        main.append(
                "<section aria-label=\"All variables\"><details><summary>All variables</summary><div id=\"vars\" class=\"scroll\">");
        main.append(table(entry, true)).append("</div></details></section>\n");
        return Layout.page(200, title(entry), main.toString(), address + "/live?" + parts.frame());
    }

    private static String title(Entry entry) {
        return Status.words(entry.status()) + " - " + entry.host().ups();
    }

    private static void section(StringBuilder to, String title, String markup) {
        String id = "h-" + title.toLowerCase(Locale.ROOT);
        to.append("<section aria-labelledby=\"")
                .append(id)
                .append("\"><h2 id=\"")
                .append(id)
                .append("\">");
        to.append(title).append("</h2>\n").append(markup).append("</section>\n");
    }

    static Parts parts(Entry entry, ZoneId zone) {
        var markup = new LinkedHashMap<String, String>();
        markup.put("state", state(entry));
        markup.put("now", now(entry));
        markup.put("events", events(entry, zone));
        markup.put("clients", clients(entry));
        markup.put("facts", facts(entry));
        // Where names came or went, the table comes first, and after it all values.
        markup.put(Parts.TABLE, table(entry, false));
        if (entry.reading() instanceof Reading.Known known) {
            int i = 0;
            for (String value : known.vars().values()) {
                markup.put("v" + i++, Html.text(value));
            }
        }
        return Parts.within(entry.host().ups() + '\n' + entry.host().description(), markup);
    }

    private static String state(Entry entry) {
        String alarm = entry.get("ups.alarm");
        return "<p>" + Status.badge(entry) + "</p>\n" + Status.trouble(entry)
                + (alarm == null || alarm.isBlank() ? "" : "<p class=\"bad\">" + Html.text(alarm) + "</p>\n");
    }

    private static String now(Entry entry) {
        String dials = Dial.all(entry);
        String runtime = entry.get("battery.runtime");
        String text = runtime == null || !Numbers.begins(runtime)
                ? ""
                : "<p>Runtime on battery: <strong>" + Status.duration(runtime) + "</strong></p>\n";
        return dials.isEmpty() && text.isEmpty()
                ? "<p class=\"dim\">Nothing is known at the moment.</p>\n"
                : "<div class=\"dials\">\n" + dials + "</div>\n" + text;
    }

    private static String events(Entry entry, ZoneId zone) {
        if (entry.events().isEmpty()) {
            return "<p class=\"dim\">None yet.</p>\n";
        }
        var table = new StringBuilder(1024);
        table.append(
                "<table><thead><tr><th scope=\"col\">Since</th><th scope=\"col\">State</th></tr></thead><tbody>\n");
        for (Event event : entry.events()) {
            table.append("<tr><td class=\"when\">")
                    .append(Status.time(event.at(), zone))
                    .append("</td><td><span class=\"badge ");
            table.append(Status.style(event.known() ? StatusWord.severity(event.text()) : 2))
                    .append("\">");
            table.append(event.known() ? Html.text(Status.words(event.text())) : "No data")
                    .append("</span>");
            table.append(event.known() ? "" : " " + Html.text(event.text())).append("</td></tr>\n");
        }
        return table.append("</tbody></table>\n").toString();
    }

    private static String clients(Entry entry) {
        List<String> clients = entry.clients();
        if (clients == null) {
            return "<p class=\"dim\">The server does not tell.</p>\n";
        }
        if (clients.isEmpty()) {
            return "<p>No machine is logged in: none would be shut down with this UPS.</p>\n";
        }
        var list = new StringBuilder("<ul>");
        for (String client : clients) {
            list.append("<li>").append(Html.text(client)).append("</li>");
        }
        return list.append("</ul>\n").toString();
    }

    private static String facts(Entry entry) {
        var list = new ArrayList<String>();
        for (String[] fact : FACTS) {
            String value = entry.get(fact[1]);
            if (value == null && !fact[2].isEmpty()) {
                value = entry.get(fact[2]);
            }
            if (value != null && !value.isBlank()) {
                list.add("<dt>" + fact[0] + "</dt><dd>" + Html.text(value) + "</dd>");
            }
        }
        for (Map.Entry<String, String> of : entry.server().entrySet()) {
            list.add("<dt>Server</dt><dd>" + Html.text(of.getValue()) + "</dd>");
            break; // server.info has name and version
        }
        return list.isEmpty()
                ? "<p class=\"dim\">Nothing is known at the moment.</p>\n"
                : "<dl>" + String.join("", list) + "</dl>\n";
    }

    private static String table(Entry entry, boolean values) {
        if (!(entry.reading() instanceof Reading.Known known)) {
            return "<p class=\"dim\">Nothing is known at the moment.</p>\n";
        }
        var table = new StringBuilder(4096);
        table.append(
                "<table><thead><tr><th scope=\"col\">Variable</th><th scope=\"col\">Value</th></tr></thead><tbody>\n");
        int i = 0;
        for (Map.Entry<String, String> variable : known.vars().entrySet()) {
            table.append("<tr><th scope=\"row\">")
                    .append(Html.name(variable.getKey()))
                    .append("</th><td id=\"v");
            table.append(i++)
                    .append("\">")
                    .append(values ? Html.text(variable.getValue()) : "")
                    .append("</td></tr>\n");
        }
        return table.append("</tbody></table>\n").toString();
    }
}
