package org.nutjvm.cgi.pages;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.board.Board;
import org.nutjvm.cgi.board.Entry;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.cgi.web.Html;
import org.nutjvm.cgi.web.Numbers;

/// All UPSes at a glance: a card for each.
final class OverviewPage {
    static final String LIVE = "/live";

    private OverviewPage() {}

    static CgiResponse of(Board board) {
        Parts parts = parts(board);
        var main = new StringBuilder(4096);
        main.append("<h1>UPSes</h1>\n<p id=\"sum\" role=\"status\">")
                .append(parts.markup().get("sum"))
                .append("</p>\n");
        main.append("<ul class=\"cards\">\n");
        for (int i = 0; i < board.entries().size(); i++) {
            Entry entry = board.entries().get(i);
            main.append("<li class=\"card\"><h2><a href=\"")
                    .append(UpsPage.address(entry))
                    .append("\">");
            main.append(name(entry))
                    .append("</a></h2>\n<p class=\"dim\">")
                    .append(Html.text(entry.host().ups()));
            main.append("</p>\n<div id=\"u")
                    .append(i)
                    .append("\">")
                    .append(parts.markup().get("u" + i));
            main.append("</div></li>\n");
        }
        main.append("</ul>\n<nav aria-label=\"Other forms\"><ul><li><a href=\"/index.json\">JSON</a></li>");
        main.append("<li><a href=\"/metrics\">Metrics</a></li></ul></nav>\n");
        return Layout.page(200, title(board), main.toString(), LIVE + "?" + parts.frame());
    }

    static Parts parts(Board board) {
        var markup = new LinkedHashMap<String, String>();
        var frame = new StringBuilder();
        markup.put("sum", summary(board));
        for (int i = 0; i < board.entries().size(); i++) {
            Entry entry = board.entries().get(i);
            frame.append(entry.host().ups())
                    .append('\n')
                    .append(entry.host().description())
                    .append('\n');
            markup.put("u" + i, card(entry));
        }
        return Parts.within(frame.toString(), markup);
    }

    /// What a UPS is called, as markup.
    static String name(Entry entry) {
        String description = entry.host().description();
        return description.isBlank() ? Html.text(entry.host().ups()) : Html.textWithEntities(description);
    }

    private static String title(Board board) {
        int worst = 0;
        for (Entry entry : board.entries()) {
            worst = Math.max(worst, entry.severity());
        }
        return worst == 2 ? "Trouble - UPS status" : "UPS status";
    }

    private static String summary(Board board) {
        int[] count = new int[3];
        for (Entry entry : board.entries()) {
            count[entry.severity()]++;
        }
        int all = board.entries().size();
        if (count[0] == all) {
            return all == 1 ? "It is well." : "All " + all + " are well.";
        }
        var text = new StringBuilder();
        text.append(count[0]).append(" of ").append(all).append(all == 1 ? " is well" : " are well");
        if (count[1] > 0) {
            text.append(", ").append(count[1]).append(count[1] == 1 ? " is worth a look" : " are worth a look");
        }
        if (count[2] > 0) {
            text.append(", <strong>")
                    .append(count[2])
                    .append(count[2] == 1 ? " is" : " are")
                    .append(" in trouble</strong>");
        }
        return text.append('.').toString();
    }

    private static String card(Entry entry) {
        var card = new StringBuilder(512);
        card.append(Status.badge(entry)).append('\n').append(Status.trouble(entry));
        String alarm = entry.get("ups.alarm");
        if (alarm != null && !alarm.isBlank()) {
            card.append("<p class=\"bad\">").append(Html.text(alarm)).append("</p>\n");
        }
        card.append("<dl>");
        percent(card, "Charge", entry.get("battery.charge"), "low=\"21\" high=\"50\" optimum=\"100\"");
        percent(card, "Load", entry.get("ups.load"), "low=\"80\" high=\"100\" optimum=\"0\"");
        String runtime = entry.get("battery.runtime");
        if (runtime != null && Numbers.begins(runtime)) {
            card.append("<dt>Runtime</dt><dd>").append(Status.duration(runtime)).append("</dd>");
        }
        String input = entry.get("input.voltage");
        if (input != null) {
            card.append("<dt>Input</dt><dd>").append(Html.text(input)).append(" V</dd>");
        }
        card.append("</dl>");
        if (card.indexOf("<dt>") < 0) {
            card.setLength(card.length() - "<dl></dl>".length());
        }
        return card.toString();
    }

    private static void percent(StringBuilder to, String title, @Nullable String value, String limits) {
        if (value != null && Numbers.begins(value)) {
            to.append("<dt>")
                    .append(title)
                    .append("</dt><dd>")
                    .append(Html.text(value))
                    .append("% <meter min=\"0\" max=\"100\" ");
            to.append(limits).append(" value=\"").append(Numbers.tenths(Math.clamp(Numbers.real(value), 0, 100)));
            to.append("\" aria-label=\"").append(title).append("\"></meter></dd>");
        }
    }
}
