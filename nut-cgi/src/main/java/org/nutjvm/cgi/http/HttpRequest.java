package org.nutjvm.cgi.http;

import java.util.Locale;
import java.util.Map;

/// One request, taken apart. Texts have one char a byte, as they came.
///
/// @param method `GET`, `HEAD`, `POST`
/// @param path decoded, beginning with a slash, without `.`, `..` and empty parts
/// @param query what stands after the question mark, still encoded; may be empty
/// @param headers names in small letters; several of one name are joined by commas
/// @param body what was posted; may be empty
/// @param keepAlive whether another request may follow on the connection
public record HttpRequest(
        String method, String path, String query, Map<String, String> headers, String body, boolean keepAlive) {
    /// A header, or the empty string.
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    public boolean post() {
        return method.equals("POST");
    }

    /// The name the browser knows this server by, in small letters and without the port; empty if it said none.
    public String host() {
        String host = header("host").toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            int close = host.indexOf(']');
            return close < 0 ? host : host.substring(0, close + 1);
        }
        int colon = host.indexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }
}
