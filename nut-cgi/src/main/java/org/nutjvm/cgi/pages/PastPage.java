package org.nutjvm.cgi.pages;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.nutjvm.cgi.board.Entry;
import org.nutjvm.cgi.plot.Plot;
import org.nutjvm.cgi.ups.UpsSample;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.cgi.web.Html;
import org.nutjvm.cgi.web.Json;
import org.nutjvm.cgi.web.Numbers;

/// What a UPS said in the last day or week, as curves.
final class PastPage {
    private PastPage() {}

    static CgiResponse of(Route.Past wanted, List<UpsSample> samples, Instant from, Instant now, ZoneId zone) {
        Entry entry = wanted.entry();
        String address = UpsPage.address(entry);
        String title = wanted.week() ? "The last week" : "The last day";
        var main = new StringBuilder(16_384);
        main.append("<h1>")
                .append(title)
                .append("</h1>\n<p><a href=\"")
                .append(address)
                .append("\">");
        main.append(OverviewPage.name(entry)).append("</a> <span class=\"dim\">");
        main.append(Html.text(entry.host().ups())).append("</span></p>\n<nav aria-label=\"Other times\"><ul>");
        main.append("<li><a href=\"").append(address).append(wanted.week() ? "/day\">Last day" : "/week\">Last week");
        main.append("</a></li><li><a href=\"").append(address).append(wanted.week() ? "/week" : "/day");
        main.append(".json\">JSON</a></li></ul></nav>\n");
        boolean any = false;
        main.append("<div class=\"plots\">\n");
        for (Plot.Kind kind : Plot.Kind.values()) {
            if (kind.in(samples)) {
                any = true;
                main.append("<section><h2>").append(kind.title()).append("</h2>\n");
                main.append(Plot.svg(kind, entry.host().ups(), samples, from, now, zone))
                        .append("</section>\n");
            }
        }
        main.append("</div>\n");
        if (!any) {
            main.append("<p>Nothing is known of this time yet.</p>\n");
        }
        return Layout.page(200, title + " - " + entry.host().ups(), main.toString());
    }

    static CgiResponse json(Route.Past wanted, List<UpsSample> samples) {
        var json = new StringBuilder(64 * (samples.size() + 1));
        Json.field(json.append('{'), "ups", wanted.entry().host().ups()).append(", \"samples\": [");
        String comma = "\n";
        for (UpsSample sample : samples) {
            Json.field(json.append(comma).append('{'), "time", sample.at().toString())
                    .append(", \"status\": \"");
            String blank = "";
            for (UpsSample.Flag flag : UpsSample.Flag.values()) {
                if (sample.is(flag)) {
                    json.append(blank).append(flag.name());
                    blank = " ";
                }
            }
            json.append('"');
            number(json, "charge", sample.charge());
            number(json, "load", sample.load());
            number(json, "inputLow", sample.inputLow());
            number(json, "inputHigh", sample.inputHigh());
            number(json, "output", sample.output());
            number(json, "battery", sample.battery());
            number(json, "runtime", sample.runtimeSeconds());
            number(json, "temperature", sample.temperature());
            number(json, "frequency", sample.frequency());
            json.append('}');
            comma = ",\n";
        }
        return Layout.json(200, json.append("\n]}"));
    }

    /// Those that are not known are left out.
    private static void number(StringBuilder json, String name, double value) {
        if (Double.isFinite(value)) {
            json.append(", \"").append(name).append("\": ").append(Numbers.tenths(value));
        }
    }
}
