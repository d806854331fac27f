package org.nutjvm.cgi.pages;

import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.cgi.web.Html;
import org.nutjvm.cgi.web.Json;

/// Answers that say what is wrong and what to do, in the form that was asked for.
public final class Fault {
    private Fault() {}

    /// The answer.
    ///
    /// @param json whether JSON was asked for
    /// @param title plain text, what is wrong in a few words
    /// @param what plain text, a sentence or two
    /// @param cure plain text, what to do; may be empty
    public static CgiResponse of(boolean json, int status, String title, String what, String cure) {
        if (json) {
            var text = new StringBuilder("{");
            Json.field(text, "error", title).append(", ");
            Json.field(text, "reason", what).append(", ");
            return Layout.json(status, Json.field(text, "cure", cure).append('}'));
        }
        return Layout.page(
                status,
                title,
                "<h1>" + Html.text(title) + "</h1>\n<p>" + Html.text(what) + "</p>\n"
                        + (cure.isEmpty() ? "" : "<p class=\"dim\">" + Html.text(cure) + "</p>\n")
                        + "<p><a href=\"/\">All UPSes</a></p>\n");
    }
}
