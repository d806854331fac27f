package org.nutjvm.cgi.pages;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nutjvm.cgi.board.Entry;
import org.nutjvm.cgi.ups.Reading;
import org.nutjvm.cgi.ups.StatusWord;
import org.nutjvm.cgi.web.Html;
import org.nutjvm.cgi.web.Numbers;

/// A status in words and colours, times and numbers for people.
final class Status {
    private static final String[] CLASSES = {"good", "look", "bad"};

    private Status() {}

    /// The class of styles for how bad it is.
    static String style(int severity) {
        return CLASSES[severity];
    }

    /// What the words of a status mean, for people; what is not known stays as it is.
    static String words(String status) {
        if (status.isBlank()) {
            return "No status";
        }
        var texts = new ArrayList<String>();
        for (String word : status.strip().split(" ", -1)) {
            if (!word.isEmpty()) {
                List<String> known = StatusWord.texts(word);
                texts.add(known.isEmpty() ? other(word) : sentence(known.getFirst()));
            }
        }
        return String.join(", ", texts);
    }

    private static String other(String word) {
        return switch (word) {
            case "CHRG" -> "Charging";
            case "DISCHRG" -> "Discharging";
            case "FSD" -> "Forced shutdown";
            case "TEST" -> "Testing";
            case "OVERHEAT" -> "Overheated";
            case "WAIT" -> "Waiting for the driver";
            case "NOCOMM" -> "No communication";
            case "HB" -> "High battery";
            default -> word;
        };
    }

    private static String sentence(String text) {
        return text.equals("ECO") ? text : text.charAt(0) + text.substring(1).toLowerCase(Locale.ROOT);
    }

    /// A badge with the state of a UPS.
    static String badge(Entry entry) {
        int severity = entry.severity();
        String text = switch (entry.reading()) {
            case null -> "Not asked yet";
            case Reading.Known _ -> words(entry.status());
            case Reading.Unknown _ -> "No data";
        };
        return "<span class=\"badge " + style(severity) + "\">" + Html.text(text) + "</span>";
    }

    /// Why there are no data, and what to do; nothing if there are.
    static String trouble(Entry entry) {
        if (!(entry.reading() instanceof Reading.Unknown unknown)) {
            return "";
        }
        String cure = unknown.trouble().cure();
        return "<p class=\"bad\">" + Html.text(unknown.trouble().getMessage()) + "</p>\n"
                + (cure.isEmpty() ? "" : "<p class=\"dim\">" + Html.text(cure) + "</p>\n");
    }

    /// A time, for people who live where this machine is.
    static String time(Instant at, ZoneId zone) {
        ZonedDateTime time = at.atZone(zone);
        return "<time datetime=\"" + Instant.ofEpochSecond(at.getEpochSecond()) + "\">" + time.getYear() + '-'
                + two(time.getMonthValue()) + '-' + two(time.getDayOfMonth()) + ' ' + two(time.getHour()) + ':'
                + two(time.getMinute()) + ':' + two(time.getSecond()) + "</time>";
    }

    private static String two(int number) {
        return (number < 10 ? "0" : "") + number;
    }

    /// Seconds as a UPS gives them, as hours and minutes.
    static String duration(String seconds) {
        int all = Math.max(0, Numbers.whole(seconds));
        if (all < 60) {
            return all + " s";
        }
        int minutes = all / 60;
        return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
