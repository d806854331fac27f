package org.nutjvm.cgi.upsstats;

import java.util.Map;
import org.nutjvm.cgi.ups.Reading;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.cgi.web.Html;
import org.nutjvm.cgi.web.Page;
import org.nutjvm.common.conf.HostsConf.Host;

/// What `treemode` in a query asks for: all variables of a UPS as a table.
final class TreePage {
    private TreePage() {}

    static CgiResponse of(Host host, Reading reading) {
        if (reading instanceof Reading.Unknown unknown) {
            return Page.error(
                    503,
                    "No data of " + host.ups(),
                    unknown.trouble().getMessage() + '.',
                    unknown.trouble().cure());
        }
        var main = new StringBuilder(8192);
        main.append("<h1>").append(Html.textWithEntities(host.description())).append("</h1>\n<p class=\"dim\">");
        main.append(Html.text(host.ups())).append("</p>\n<table>\n");
        main.append("<thead><tr><th scope=\"col\">Variable</th><th scope=\"col\">Value</th></tr></thead>\n<tbody>\n");
        if (reading instanceof Reading.Known known) {
            for (Map.Entry<String, String> variable : known.vars().entrySet()) {
                main.append("<tr><td>").append(Html.text(variable.getKey())).append("</td><td>");
                main.append(Html.text(variable.getValue())).append("</td></tr>\n");
            }
        }
        return Page.of(
                200,
                "Data of " + host.ups(),
                main.append("</tbody>\n</table>\n").toString());
    }
}
