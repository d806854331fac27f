package org.nutjvm.cgi.pages;

import java.util.List;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.cgi.web.CgiResponse.Header;
import org.nutjvm.cgi.web.Html;
import org.nutjvm.common.NutVersion;

/// What all pages of the server have around their contents, and the headers that keep browsers from doing anything
/// else with them.
public final class Layout {
    /// A page loads styles, script, pictures and news from here, and nothing from elsewhere; nobody may frame it.
    static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
            + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// Seconds after which a browser without scripts loads a page again.
    private static final int REFRESH = 15;

    private Layout() {}

    /// A page that stays as it is.
    ///
    /// @param title plain text
    /// @param main markup, everything in it escaped already
    static CgiResponse page(int status, String title, String main) {
        return page(status, title, main, "");
    }

    /// A page that is kept up to date.
    ///
    /// @param live where its news come from, an address as it stands in an attribute; empty if there are none
    static CgiResponse page(int status, String title, String main, String live) {
        var page = new StringBuilder(2048 + main.length());
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
                .append(Html.text(title));
        page.append("</title>\n<link rel=\"icon\" href=\"")
                .append(Assets.ICON.address())
                .append("\">\n");
        page.append("<link rel=\"stylesheet\" href=\"")
                .append(Assets.STYLE.address())
                .append("\">\n");
        if (!live.isEmpty()) {
            page.append("<script src=\"").append(Assets.SCRIPT.address()).append("\" defer></script>\n");
            page.append("<noscript><meta http-equiv=\"refresh\" content=\"" + REFRESH + "\"></noscript>\n");
        }
        page.append("</head>\n<body>\n<header class=\"top\"><a class=\"home\" href=\"/\">UPS status</a>");
        if (!live.isEmpty()) {
            page.append("<span id=\"live\" class=\"dim\" role=\"status\"></span>");
        }
        page.append("</header>\n<main")
                .append(live.isEmpty() ? "" : " data-live=\"" + live + "\"")
                .append(">\n");
        page.append(main)
                .append("</main>\n<footer class=\"dim\">Network UPS Tools ")
                .append(NutVersion.VERSION);
        page.append("</footer>\n</body>\n</html>\n");
        return secured(status, "text/html; charset=utf-8", page.toString());
    }

    /// An answer with the headers all of ours have.
    static CgiResponse secured(int status, String type, String body) {
        return new CgiResponse(
                status,
                List.of(
                        new Header("Content-Type", type),
                        new Header("Cache-Control", "no-store"),
                        new Header("Content-Security-Policy", POLICY),
                        new Header("X-Content-Type-Options", "nosniff"),
                        new Header("X-Frame-Options", "DENY"),
                        new Header("Referrer-Policy", "same-origin"),
                        new Header("Cross-Origin-Opener-Policy", "same-origin"),
                        new Header("Cross-Origin-Resource-Policy", "same-origin"),
                        new Header("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
                        new Header("Vary", "Accept")),
                body,
                List.of());
    }

    /// JSON, with the same headers.
    static CgiResponse json(int status, StringBuilder json) {
        return secured(
                status, "application/json; charset=utf-8", json.append('\n').toString());
    }
}
