package org.nutjvm.cgi.web;

import java.util.Locale;

/// Whether a posted form comes from a page of this site. Browsers say with each POST where it comes from, and no page
/// can
/// make them say otherwise; what is no browser says nothing, and cannot be misused by a page either.
public final class SameSite {
    private SameSite() {}

    /// Whether it does, as far as is known.
    public static boolean of(CgiRequest request) {
        String site = request.variable("HTTP_SEC_FETCH_SITE");
        if (!site.isEmpty()) {
            return site.equals("same-origin") || site.equals("none");
        }
        String origin = request.variable("HTTP_ORIGIN");
        String from = origin.isEmpty() ? request.variable("HTTP_REFERER") : origin;
        return from.isEmpty() || isHere(server(from), request);
    }

    /// A proxy may have another name for this site, and then tells the one the browser knows. No page of another site
    /// can have a browser send that header along.
    private static boolean isHere(String server, CgiRequest request) {
        if (server.isEmpty()) {
            return false;
        }
        if (server.equals(request.variable("HTTP_HOST").toLowerCase(Locale.ROOT))) {
            return true;
        }
        for (String name : request.variable("HTTP_X_FORWARDED_HOST").split(",", -1)) {
            if (server.equals(name.strip().toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    /// `host:port` of an address, or nothing.
    private static String server(String address) {
        int start = address.indexOf("://");
        if (start < 0) {
            return "";
        }
        int end = address.indexOf('/', start + 3);
        return address.substring(start + 3, end < 0 ? address.length() : end).toLowerCase(Locale.ROOT);
    }
}
