package org.nutjvm.cgi.http;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes requests out of the bytes of a connection (RFC 9112), strictly: what two programs might read in two ways is
/// refused. Bodies come with their length; there are none in pieces.
public final class RequestReader {
    /// Bytes before the body.
    public static final int HEAD_LIMIT = 16 * 1024;

    /// Headers of one request.
    static final int HEADERS = 64;

    /// Bytes of the address.
    static final int TARGET_LIMIT = 8 * 1024;

    /// Bytes of the body: a form of upsset has 64 settings of 256 bytes, encoded.
    public static final int BODY_LIMIT = 128 * 1024;

    /// What the bytes so far are.
    public sealed interface Found {
        /// A part of a request.
        ///
        /// @param bytes how many there have to be before it is worth looking again
        /// @param scanned where the search for the end of the head may go on
        /// @param proceed whether the client waits to be told that its body is welcome
        record Part(int bytes, int scanned, boolean proceed) implements Found {}

        /// A request, which ends before that byte.
        record Whole(HttpRequest request, int next) implements Found {}

        /// Nothing that could be answered otherwise, and nothing after it can be understood.
        ///
        /// @param why for a page: a sentence
        record Refused(int status, String why) implements Found {}
    }

    private static final class Bad extends Exception {
        private static final long serialVersionUID = 1;
        private final int status;
        private final String why;

        Bad(int status, String why) {
            super(why, null, false, false);
            this.status = status;
            this.why = why;
        }
    }

    private RequestReader() {}

    /// Looks at the bytes of a connection from the beginning of a request.
    ///
    /// @param scanned what the last {@link Found.Part} of this request said, else 0
    public static Found read(byte[] bytes, int length, int scanned) {
        int start = 0;
        while (start + 1 < length && bytes[start] == '\r' && bytes[start + 1] == '\n' && start < 8) {
            start += 2; // some clients send an empty line after a form
        }
        int end = headEnd(bytes, Math.max(start, scanned - 4), Math.min(length, start + HEAD_LIMIT));
        if (end < 0) {
            return length - start >= HEAD_LIMIT
                    ? new Found.Refused(431, "Its headers have more than " + HEAD_LIMIT + " bytes.")
                    : new Found.Part(length + 1, length, false);
        }
        try {
            return whole(bytes, start, end, length);
        } catch (Bad e) {
            return new Found.Refused(e.status, e.why);
        }
    }

    /// Behind the empty line, or -1.
    private static int headEnd(byte[] bytes, int from, int to) {
        for (int i = from; i + 3 < to; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                return i + 4;
            }
        }
        return -1;
    }

    private static Found whole(byte[] bytes, int start, int end, int length) throws Bad {
        String head = new String(bytes, start, end - start - 4, StandardCharsets.ISO_8859_1);
        int lineEnd = head.indexOf("\r\n");
        String line = lineEnd < 0 ? head : head.substring(0, lineEnd);
        Map<String, String> headers = headers(head, lineEnd < 0 ? head.length() : lineEnd + 2);
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        if (first <= 0 || last <= first + 1) {
            throw new Bad(400, "Its first line is none of HTTP.");
        }
        String method = line.substring(0, first);
        String target = line.substring(first + 1, last);
        boolean one = line.endsWith(" HTTP/1.1");
        if (!one && !line.endsWith(" HTTP/1.0")) {
            throw new Bad(line.startsWith("HTTP/", last + 1) ? 505 : 400, "It is none of HTTP/1.1.");
        }
        if (one
                && (!headers.containsKey("host")
                        || headers.getOrDefault("host", "").indexOf(',') >= 0)) {
            throw new Bad(400, "It has to have one header Host.");
        }
        if (headers.containsKey("transfer-encoding")) {
            throw new Bad(501, "Bodies in pieces are not taken: send a Content-Length.");
        }
        int body = bodyLength(headers.get("content-length"));
        if (body > BODY_LIMIT) {
            throw new Bad(413, "More than " + BODY_LIMIT + " bytes were to be posted.");
        }
        if (!method.equals("GET") && !method.equals("HEAD") && !method.equals("POST")) {
            throw new Bad(token(method) ? 501 : 400, "Only GET, HEAD and POST are known here.");
        }
        if (length - end < body) {
            boolean proceed = headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue") && length == end;
            return new Found.Part(end + body, end, proceed);
        }
        if (target.length() > TARGET_LIMIT) {
            throw new Bad(414, "Its address has more than " + TARGET_LIMIT + " bytes.");
        }
        int mark = target.indexOf('?');
        String text = new String(bytes, end, body, StandardCharsets.ISO_8859_1);
        var request = new HttpRequest(
                method,
                path(mark < 0 ? target : target.substring(0, mark)),
                mark < 0 ? "" : target.substring(mark + 1),
                headers,
                text,
                keepAlive(headers.getOrDefault("connection", ""), one));
        return new Found.Whole(request, end + body);
    }

    private static boolean keepAlive(String connection, boolean one) {
        for (String word : connection.split(",", -1)) {
            if (word.strip().equalsIgnoreCase("close")) {
                return false;
            }
            if (word.strip().equalsIgnoreCase("keep-alive")) {
                return true;
            }
        }
        return one;
    }

    private static int bodyLength(@Nullable String text) throws Bad {
        if (text == null) {
            return 0;
        }
        if (text.isEmpty()) {
            throw new Bad(400, "Its Content-Length is no number.");
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw new Bad(400, "Its Content-Length is no number.");
            }
            value = Math.min(value * 10 + c - '0', Integer.MAX_VALUE);
        }
        return (int) value;
    }

    private static Map<String, String> headers(String head, int from) throws Bad {
        var headers = new HashMap<String, String>();
        int count = 0;
        int at = from;
        while (at < head.length()) {
            int end = head.indexOf("\r\n", at);
            if (end < 0) {
                end = head.length();
            }
            if (++count > HEADERS) {
                throw new Bad(431, "It has more than " + HEADERS + " headers.");
            }
            int colon = head.indexOf(':', at);
            if (colon <= at || colon >= end || !token(head.substring(at, colon))) {
                throw new Bad(400, "One of its headers is none.");
            }
            String value = head.substring(colon + 1, end).strip();
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if ((c < ' ' && c != '\t') || c == 127) {
                    throw new Bad(400, "One of its headers has a control character.");
                }
            }
            headers.merge(small(head.substring(at, colon)), value, (a, b) -> a + ", " + b);
            at = end + 2;
        }
        return headers;
    }

    private static String small(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static boolean token(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /// A proxy may send the whole address.
    private static String path(String target) throws Bad {
        String path = target;
        if (target.startsWith("http://") || target.startsWith("https://")) {
            int slash = target.indexOf('/', target.indexOf("://") + 3);
            path = slash < 0 ? "/" : target.substring(slash);
        }
        if (!path.startsWith("/")) {
            throw new Bad(400, "Its address does not begin with a slash.");
        }
        var plain = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%') {
                int high = i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
                int low = i + 2 < path.length() ? Character.digit(path.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw new Bad(400, "Its address has a % that two hexadecimal digits do not follow.");
                }
                c = (char) (high * 16 + low);
                i += 2;
            }
            if (c < ' ' || c == 127) {
                throw new Bad(400, "Its address has a control character.");
            }
            plain.append(c);
        }
        String all = plain.toString();
        if ((all + '/').contains("/./") || (all + '/').contains("/../") || all.contains("//")) {
            throw new Bad(400, "Its address has parts that mean nothing here.");
        }
        return all;
    }
}
