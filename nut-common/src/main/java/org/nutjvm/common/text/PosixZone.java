package org.nutjvm.common.text;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A time zone as POSIX writes it in `TZ`: `CET-1CEST,M3.5.0,M10.5.0/3`. Without the days of change, those of the USA
/// count, as in the GNU C library.
final class PosixZone {
    private static final int HOUR = 3600;
    private static final int DAY = 24 * HOUR;

    private final ZonePart standard;
    private final @Nullable Summer summer;

    /// The other half of the year.
    private record Summer(ZonePart part, Change begin, Change end) {}

    /// When the clocks change, by the clock that holds before.
    ///
    /// @param kind `M`: week and weekday of a month; `J`: a day from 1, but leap days; `0`: a day from 0
    private record Change(char kind, int month, int week, int day, int seconds) {
        /// Seconds since 1970 by that clock.
        long in(int year) {
            LocalDate date = switch (kind) {
                case 'M' -> weekday(year);
                case 'J' -> {
                    boolean behind = day >= 60 && Year.isLeap(year);
                    yield LocalDate.ofYearDay(year, day).plusDays(behind ? 1 : 0);
                }
                default -> LocalDate.ofYearDay(year, 1).plusDays(day);
            };
            return date.toEpochDay() * DAY + seconds;
        }

        private LocalDate weekday(int year) {
            LocalDate first = LocalDate.of(year, month, 1);
            int until = Math.floorMod(day - first.getDayOfWeek().getValue() % 7, DayOfWeek.values().length);
            LocalDate date = first.plusDays(until + 7L * (week - 1));
            return date.getMonthValue() == month ? date : date.minus(1, ChronoUnit.WEEKS);
        }
    }

    private PosixZone(ZonePart standard, @Nullable Summer summer) {
        this.standard = standard;
        this.summer = summer;
    }

    /// What the text says, or null if it is none.
    static @Nullable PosixZone of(String text) {
        return new Reader(text).zone();
    }

    /// What holds at a time.
    ///
    /// @param seconds since 1970
    ZonePart at(long seconds) {
        Summer half = summer;
        if (half == null) {
            return standard;
        }
        int year = LocalDate.ofEpochDay(Math.floorDiv(seconds + standard.offsetSeconds(), (long) DAY))
                .getYear();
        long begin = half.begin.in(year) - standard.offsetSeconds();
        long end = half.end.in(year) - half.part.offsetSeconds();
        boolean between = begin <= end ? seconds >= begin && seconds < end : seconds >= begin || seconds < end;
        return between ? half.part : standard;
    }

    /// Takes the text apart.
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        @Nullable
        PosixZone zone() {
            String name = name();
            Integer offset = name.isEmpty() ? null : time(24);
            if (offset == null) {
                return null;
            }
            var standard = new ZonePart(-offset, name);
            if (at == text.length()) {
                return new PosixZone(standard, null);
            }
            String summer = name();
            Integer ahead = Integer.valueOf(offset - HOUR);
            if (at < text.length() && text.charAt(at) != ',') {
                ahead = time(24);
            }
            boolean usual = at == text.length();
            Change begin = usual ? new Change('M', 3, 2, 0, 2 * HOUR) : change();
            Change end = usual ? new Change('M', 11, 1, 0, 2 * HOUR) : change();
            return summer.isEmpty() || ahead == null || begin == null || end == null || at < text.length()
                    ? null
                    : new PosixZone(standard, new Summer(new ZonePart(-ahead, summer), begin, end));
        }

        private boolean next(char c) {
            if (at < text.length() && text.charAt(at) == c) {
                at++;
                return true;
            }
            return false;
        }

        /// Letters, or anything within `<>`; empty if there are none.
        private String name() {
            int start = at;
            if (next('<')) {
                int end = text.indexOf('>', at);
                at = end < 0 ? text.length() : end + 1;
                return end < 0 ? "" : text.substring(start + 1, end);
            }
            while (at < text.length() && Character.isLetter(text.charAt(at))) {
                at++;
            }
            return at - start < 3 ? "" : text.substring(start, at);
        }

        /// Hours, minutes and seconds as seconds.
        private @Nullable Integer time(int mostHours) {
            int sign = next('-') ? -1 : 1;
            if (sign > 0) {
                next('+');
            }
            int hours = number(mostHours);
            int minutes = next(':') ? number(59) : 0;
            int seconds = minutes >= 0 && next(':') ? number(59) : 0;
            return hours < 0 || minutes < 0 || seconds < 0
                    ? null
                    : Integer.valueOf(sign * (hours * HOUR + minutes * 60 + seconds));
        }

        /// A number, or -1 if there is none or it is too large.
        private int number(int most) {
            int start = at;
            int value = 0;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9' && at - start < 4) {
                value = value * 10 + text.charAt(at++) - '0';
            }
            return at == start || value > most ? -1 : value;
        }

        private @Nullable Change change() {
            if (!next(',')) {
                return null;
            }
            char kind = next('M') ? 'M' : next('J') ? 'J' : '0';
            int month = kind == 'M' ? number(12) : 1;
            int week = kind != 'M' ? 1 : next('.') ? number(5) : -1;
            int day = kind != 'M' ? number(365) : next('.') ? number(6) : -1;
            Integer seconds = Integer.valueOf(2 * HOUR);
            if (next('/')) {
                seconds = time(167);
            }
            return month < 1 || week < 1 || day < (kind == 'J' ? 1 : 0) || seconds == null
                    ? null
                    : new Change(kind, month, week, day, seconds);
        }
    }
}
