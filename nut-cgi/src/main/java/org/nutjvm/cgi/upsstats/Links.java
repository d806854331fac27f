package org.nutjvm.cgi.upsstats;

import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.upsimage.Gauge;
import org.nutjvm.cgi.upsimage.ImageArgument;
import org.nutjvm.cgi.web.Html;
import org.nutjvm.common.conf.HostsConf.Host;

/// Links and pictures of a page. What the template itself says in them is taken as it is: whoever may write templates
/// may write markup.
final class Links {
    private final StatsQuery query;
    private String statsPath = "upsstats.cgi";
    private String imagePath = "upsimage.cgi";

    Links(StatsQuery query) {
        this.query = query;
    }

    void statsPath(String path) {
        statsPath = path.isEmpty() ? statsPath : path;
    }

    void imagePath(String path) {
        imagePath = path.isEmpty() ? imagePath : path;
    }

    /// Has the browser load the page again, if it asked for that.
    String refresh() {
        return query.refreshSeconds() > 0
                ? "<META HTTP-EQUIV=\"Refresh\" CONTENT=\"" + query.refreshSeconds() + "\">"
                : "";
    }

    /// A link to a page of this UPS that looks like this one.
    ///
    /// @param mode another field of the query, or nothing
    /// @param text markup
    String stats(Host host, String mode, String text) {
        var link = new StringBuilder(128);
        link.append("<a href=\"").append(statsPath).append("?host=").append(Html.query(host.ups()));
        link.append(mode);
        if (!query.single().equals(StatsQuery.SINGLE)) {
            link.append("&amp;template_single=").append(Html.query(query.single()));
        }
        if (!query.list().equals(StatsQuery.LIST)) {
            link.append("&amp;template_list=").append(Html.query(query.list()));
        }
        if (query.refreshSeconds() > 0) {
            link.append("&amp;refresh=").append(query.refreshSeconds());
        }
        return link.append("\">").append(text).append("</a>").toString();
    }

    /// What a picture of this variable shows, in words; null if there is none.
    static @Nullable String alternative(String variable) {
        Gauge gauge = Gauge.of(variable);
        return gauge == null ? null : gauge.text();
    }

    /// A picture of a variable.
    ///
    /// @param options `name=value` and so on; others than {@link ImageArgument} are left out
    String image(Host host, String variable, String options, String alternative, String value) {
        var tag = new StringBuilder(160);
        tag.append("<IMG SRC=\"").append(imagePath).append("?host=").append(Html.query(host.ups()));
        tag.append("&amp;display=").append(variable);
        for (String option : options.length() < 3 ? new String[0] : options.split(" ", -1)) {
            int equals = option.indexOf('=');
            if (equals > 0 && ImageArgument.of(option.substring(0, equals)) != null) {
                tag.append("&amp;").append(option);
            }
        }
        tag.append("\" ALT=\"").append(alternative).append(": ").append(Html.text(value));
        return tag.append("\">").toString();
    }
}
