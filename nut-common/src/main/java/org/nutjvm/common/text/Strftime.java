package org.nutjvm.common.text;

import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.TimeZone;

/// Dates and times as strftime(3) of the GNU C library writes them in the C locale.
public final class Strftime {
    private static final String[] DAYS = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
    private static final String[] MONTHS = {
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December"
    };

    /// What a time zone is called at a time (`CEST`).
    public interface ZoneName {
        String at(ZonedDateTime time);
    }

    private Strftime() {}

    /// Appends the time in that format. A letter that means nothing stays as it is, percent sign included.
    public static void append(StringBuilder to, String format, ZonedDateTime time) {
        append(to, format, time, Strftime::zone);
    }

    /// The same, with the names of time zones from somewhere else.
    ///
    /// @param zone what the zone is called at a time, asked for where the format wants it
    public static void append(StringBuilder to, String format, ZonedDateTime time, ZoneName zone) {
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                to.append(c);
                continue;
            }
            int start = i++;
            char pad = 0;
            boolean upper = false;
            while (i < format.length() && "_-0^#".indexOf(format.charAt(i)) >= 0) {
                char flag = format.charAt(i++);
                upper |= flag == '^';
                pad = flag == '^' || flag == '#' ? pad : flag;
            }
            if (i + 1 < format.length() && (format.charAt(i) == 'E' || format.charAt(i) == 'O')) {
                i++; // other calendars and digits, which the C locale has not
            }
            int from = to.length();
            if (i == format.length() || !field(to, format.charAt(i), pad, time, zone)) {
                to.append(format, start, Math.min(i + 1, format.length()));
            } else if (upper) {
                String text = to.substring(from).toUpperCase(Locale.ROOT);
                to.replace(from, to.length(), text);
            }
        }
    }

    private static boolean field(StringBuilder to, char letter, char pad, ZonedDateTime time, ZoneName zone) {
        int weekday = time.getDayOfWeek().getValue() % 7;
        int hour12 = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
        switch (letter) {
            case 'Y' -> number(to, time.getYear(), 1, pad == '_' ? '0' : pad, '0');
            case 'C' -> number(to, Math.floorDiv(time.getYear(), 100), 2, pad, '0');
            case 'y' -> number(to, Math.floorMod(time.getYear(), 100), 2, pad, '0');
            case 'm' -> number(to, time.getMonthValue(), 2, pad, '0');
            case 'd' -> number(to, time.getDayOfMonth(), 2, pad, '0');
            case 'e' -> number(to, time.getDayOfMonth(), 2, pad, ' ');
            case 'j' -> number(to, time.getDayOfYear(), 3, pad, '0');
            case 'H' -> number(to, time.getHour(), 2, pad, '0');
            case 'k' -> number(to, time.getHour(), 2, pad, ' ');
            case 'I' -> number(to, hour12, 2, pad, '0');
            case 'l' -> number(to, hour12, 2, pad, ' ');
            case 'M' -> number(to, time.getMinute(), 2, pad, '0');
            case 'S' -> number(to, time.getSecond(), 2, pad, '0');
            case 'u' -> to.append(time.getDayOfWeek().getValue());
            case 'w' -> to.append(weekday);
            case 'G' -> to.append(time.get(IsoFields.WEEK_BASED_YEAR));
            case 'g' -> number(to, Math.floorMod(time.get(IsoFields.WEEK_BASED_YEAR), 100), 2, pad, '0');
            case 'V' -> number(to, time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, pad, '0');
            case 'U' -> number(to, week(time, DayOfWeek.SUNDAY), 2, pad, '0');
            case 'W' -> number(to, week(time, DayOfWeek.MONDAY), 2, pad, '0');
            case 's' -> to.append(time.toEpochSecond());
            case 'a' -> to.append(DAYS[weekday], 0, 3);
            case 'A' -> to.append(DAYS[weekday]);
            case 'b', 'h' -> to.append(MONTHS[time.getMonthValue() - 1], 0, 3);
            case 'B' -> to.append(MONTHS[time.getMonthValue() - 1]);
            case 'p' -> to.append(time.getHour() < 12 ? "AM" : "PM");
            case 'P' -> to.append(time.getHour() < 12 ? "am" : "pm");
            case 'Z' -> to.append(zone.at(time));
            case 'z' -> offset(to, time.get(ChronoField.OFFSET_SECONDS));
            case 'n' -> to.append('\n');
            case 't' -> to.append('\t');
            case '%' -> to.append('%');
            default -> {
                return composed(to, letter, time, zone);
            }
        }
        return true;
    }

    private static boolean composed(StringBuilder to, char letter, ZonedDateTime time, ZoneName zone) {
        String format = switch (letter) {
            case 'D', 'x' -> "%m/%d/%y";
            case 'F' -> "%Y-%m-%d";
            case 'T', 'X' -> "%H:%M:%S";
            case 'R' -> "%H:%M";
            case 'r' -> "%I:%M:%S %p";
            case 'c' -> "%a %b %e %H:%M:%S %Y";
            default -> "";
        };
        append(to, format, time, zone);
        return !format.isEmpty();
    }

    /// The number of the week that begins on that day; days before the first are week 0.
    private static int week(ZonedDateTime time, DayOfWeek first) {
        int sinceFirst = Math.floorMod(time.getDayOfWeek().getValue() - first.getValue(), 7);
        return (time.getDayOfYear() + 6 - sinceFirst) / 7;
    }

    private static void number(StringBuilder to, int value, int width, char pad, char usual) {
        String digits = Integer.toString(value);
        char filler = pad == '_' ? ' ' : pad == '0' ? '0' : usual;
        if (pad != '-') {
            for (int i = digits.length(); i < width; i++) {
                to.append(filler);
            }
        }
        to.append(digits);
    }

    /// The name Java's own data have. They take a tenth of a second to load, and call some zones otherwise than C.
    static String zone(ZonedDateTime time) {
        boolean summer = time.getZone().getRules().isDaylightSavings(time.toInstant());
        return TimeZone.getTimeZone(time.getZone()).getDisplayName(summer, TimeZone.SHORT, Locale.US);
    }

    private static void offset(StringBuilder to, int seconds) {
        int minutes = Math.abs(seconds) / 60;
        to.append(seconds < 0 ? '-' : '+');
        number(to, minutes / 60, 2, '0', '0');
        number(to, minutes % 60, 2, '0', '0');
    }
}
