package org.nutjvm.cgi.web;

import java.util.Map;

/// What a browser asks, as CGI/1.1 (RFC 3875) hands it over. Texts have one char a byte, as they came.
///
/// @param method `GET`, `HEAD`, `POST`
/// @param query what stands after the question mark, still encoded; may be empty
/// @param body what was posted; empty for other methods
/// @param environment CGI's variables: `HTTP_HOST`, `HTTP_ORIGIN`, `CONTENT_TYPE` and so on
public record CgiRequest(String method, String query, String body, Map<String, String> environment) {
    /// The longest query that is looked at, in bytes. Names are bounded to 128 bytes each (upsstats.c: MAX_CGI_STRLEN).
    public static final int QUERY_LIMIT = 8 * 1024;

    /// The longest body that is looked at, in bytes: upsset takes 64 settings of 256 bytes, encoded.
    public static final int BODY_LIMIT = 128 * 1024;

    /// One of CGI's variables, or the empty string.
    public String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    /// Whether something was posted.
    public boolean post() {
        return method.equals("POST");
    }
}
