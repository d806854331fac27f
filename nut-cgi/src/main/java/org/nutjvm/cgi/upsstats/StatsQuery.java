package org.nutjvm.cgi.upsstats;

import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.web.Form;
import org.nutjvm.cgi.web.Numbers;

/// What a page of upsstats is asked for (clients/upsstats.c: parsearg). Fields of more than 128 bytes count as not
/// given.
///
/// @param host the UPS, or null for all
/// @param refreshSeconds after which the page is to be loaded again; 0 or less for never
/// @param tree all variables as a table
/// @param json JSON instead of a page
/// @param single the template for one UPS
/// @param list the template for all
record StatsQuery(@Nullable String host, int refreshSeconds, boolean tree, boolean json, String single, String list) {
    static final String SINGLE = "upsstats-single.html";
    static final String LIST = "upsstats.html";
    private static final int LONGEST = 128;

    static StatsQuery of(Form form) {
        String host = null;
        int refresh = -1;
        boolean tree = false;
        boolean json = false;
        String single = SINGLE;
        String list = LIST;
        for (Form.Field field : form.fields()) {
            if (field.name().length() > LONGEST || field.value().length() > LONGEST) {
                continue;
            }
            switch (field.name()) {
                case "host" -> host = field.value();
                case "refresh" -> refresh = Numbers.whole(field.value());
                case "treemode" -> tree = true;
                case "json" -> json = true;
                case "template_single" -> single = field.value();
                case "template_list" -> list = field.value();
                default -> {}
            }
        }
        return new StatsQuery(host, refresh, tree, json, single, list);
    }

    /// The template that is asked for.
    String template() {
        return host == null ? list : single;
    }
}
