package org.nutjvm.cgi.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.nutjvm.cgi.web.CgiResponse;

/// Answers as bytes.
public final class Answers {
    /// To who waits with a body for that.
    public static final byte[] PROCEED = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    private Answers() {}

    /// Head and body in one piece.
    ///
    /// @param date as {@link #date} writes it
    /// @param keepAlive whether the connection goes on
    /// @param bodiless whether the head alone is to be sent: for HEAD
    public static byte[] whole(CgiResponse response, String date, boolean keepAlive, boolean bodiless) {
        var all = new StringBuilder(512 + (bodiless ? 0 : response.body().length()));
        head(all, response, date);
        all.append("Content-Length: ").append(response.body().length());
        all.append(keepAlive ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n");
        if (!bodiless) {
            all.append(response.body());
        }
        return all.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /// The head of an answer that goes on until the connection ends.
    public static byte[] endless(CgiResponse response, String date) {
        var all = new StringBuilder(512);
        head(all, response, date);
        all.append("Connection: close\r\n\r\n").append(response.body());
        return all.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void head(StringBuilder all, CgiResponse response, String date) {
        all.append("HTTP/1.1 ")
                .append(response.status())
                .append(' ')
                .append(response.reason())
                .append("\r\nDate: ")
                .append(date)
                .append("\r\n");
        for (CgiResponse.Header header : response.headers()) {
            all.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
    }

    /// A time as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
    public static String date(Instant instant) {
        ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
        var text = new StringBuilder(32);
        text.append(DAYS[time.getDayOfWeek().getValue() - 1]).append(", ");
        two(text, time.getDayOfMonth())
                .append(' ')
                .append(MONTHS[time.getMonthValue() - 1])
                .append(' ');
        text.append(time.getYear()).append(' ');
        two(text, time.getHour()).append(':');
        two(text, time.getMinute()).append(':');
        return two(text, time.getSecond()).append(" GMT").toString();
    }

    private static StringBuilder two(StringBuilder text, int number) {
        return text.append(number < 10 ? "0" : "").append(number);
    }
}
