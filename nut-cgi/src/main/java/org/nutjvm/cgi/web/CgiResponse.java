package org.nutjvm.cgi.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a browser gets, and what the administrator finds in the web server's log.
///
/// @param status the code of HTTP
/// @param headers in order; neither names nor values have line breaks
/// @param body the page, one char a byte
/// @param notes lines for the log, without secrets
public record CgiResponse(int status, List<Header> headers, String body, List<String> notes) {
    /// A line before the page.
    public record Header(String name, String value) {
        public Header {
            if (breaks(name) || breaks(value)) {
                throw new IllegalArgumentException("a line break in a header");
            }
        }

        private static boolean breaks(String text) {
            return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
        }
    }

    /// A page or another answer that no cache keeps.
    ///
    /// @param type the media type
    /// @param body one char a byte
    public static CgiResponse of(int status, String type, String body) {
        return new CgiResponse(
                status,
                List.of(
                        new Header("Content-type", type),
                        new Header("Pragma", "no-cache"),
                        new Header("Cache-Control", "no-store"),
                        new Header("X-Content-Type-Options", "nosniff")),
                body,
                List.of());
    }

    /// The same with one more header.
    public CgiResponse with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new CgiResponse(status, List.copyOf(more), body, notes);
    }

    /// The same with one more line for the log.
    public CgiResponse note(String line) {
        return note(List.of(line));
    }

    /// The same with more lines for the log.
    public CgiResponse note(List<String> lines) {
        if (lines.isEmpty()) {
            return this;
        }
        var more = new ArrayList<>(notes);
        more.addAll(lines);
        return new CgiResponse(status, headers, body, List.copyOf(more));
    }

    /// The body as it is sent.
    public byte[] bytes() {
        return body.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// What HTTP calls the status.
    public String reason() {
        return switch (status) {
            case 200 -> "OK";
            case 302 -> "Found";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 415 -> "Unsupported Media Type";
            case 421 -> "Misdirected Request";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 503 -> "Service Unavailable";
            case 505 -> "HTTP Version Not Supported";
            default -> "Status " + status;
        };
    }
}
