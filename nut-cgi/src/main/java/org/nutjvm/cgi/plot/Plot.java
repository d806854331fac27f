package org.nutjvm.cgi.plot;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.nutjvm.cgi.ups.UpsSample;
import org.nutjvm.cgi.ups.UpsSample.Flag;
import org.nutjvm.cgi.web.Html;

/// Curves of what a UPS said, as SVG to stand within a page. They scale with the page; their colours are variables of
/// its style sheet ({@link #CSS}), no attribute has a style of its own, so that a strict content security policy lets
/// them through. What is to be seen is also said in words, for those who do not see it. Time on battery is shaded.
public final class Plot {
    /// Rules for the page's style sheet. A page that has a switch for light and dark may set the variables itself.
    public static final String CSS = """
            :root{--plot-a:#0b6bcb;--plot-b:#b3541e;--plot-grid:#d9dde2;--plot-text:#4a5560;--plot-ob:#f6c44a66}
            @media (prefers-color-scheme:dark){:root{--plot-a:#6db3ff;--plot-b:#ffa36b;--plot-grid:#39424c;\
            --plot-text:#b4bec9;--plot-ob:#c8921f66}}
            .plot{display:block;width:100%;height:auto}
            .plot text{fill:var(--plot-text);font:11px system-ui,sans-serif}
            .plot .grid{stroke:var(--plot-grid);stroke-width:1}
            .plot .ob{fill:var(--plot-ob)}
            .plot path{fill:none;stroke-width:1.6;stroke-linejoin:round;stroke-linecap:round}
            .plot .a{stroke:var(--plot-a)}
            .plot .b{stroke:var(--plot-b);stroke-dasharray:4 2}
            """;

    /// Samples further apart are not joined: nothing is known of the time between.
    private static final Duration GAP = Duration.ofMinutes(3);

    /// Shaded times in one picture.
    private static final int MOST_OUTAGES = 200;

    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

    /// What is drawn.
    public enum Kind {
        /// Of the battery, 0 to 100 percent.
        CHARGE("Battery charge", "%", new Line("charge", UpsSample::charge, UpsSample::charge)),
        /// In percent, to more than 100 if it was more.
        LOAD("Load", "%", new Line("load", UpsSample::load, UpsSample::load)),
        /// Of the mains and of what the UPS gives.
        VOLTAGE(
                "Voltage",
                "V",
                new Line("input", UpsSample::inputLow, UpsSample::inputHigh),
                new Line("output", UpsSample::output, UpsSample::output)),
        /// Of the battery.
        BATTERY("Battery voltage", "V", new Line("battery", UpsSample::battery, UpsSample::battery)),
        /// In minutes.
        RUNTIME("Runtime", "min", new Line("runtime", Kind::minutes, Kind::minutes)),
        /// Of the UPS.
        TEMPERATURE("Temperature", "&#176;C", new Line("temperature", UpsSample::temperature, UpsSample::temperature));

        private final String title;
        private final String unit;
        private final List<Line> lines;

        Kind(String title, String unit, Line... lines) {
            this.title = title;
            this.unit = unit;
            this.lines = List.of(lines);
        }

        private static double minutes(UpsSample sample) {
            return sample.runtimeSeconds() / 60;
        }

        /// What to call it.
        public String title() {
            return title;
        }

        /// Whether any of the samples has it: if not, a page need not show an empty plot.
        public boolean in(List<UpsSample> samples) {
            for (UpsSample sample : samples) {
                for (Line line : lines) {
                    if (!Double.isNaN(line.low.of(sample))) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    private record Line(String name, Curve.Quantity low, Curve.Quantity high) {}

    private final Kind kind;
    private final List<UpsSample> samples;
    private final ZoneId zone;
    private final Frame frame;
    private final StringBuilder svg = new StringBuilder(8192);

    private Plot(Kind kind, List<UpsSample> samples, Instant from, Instant to, ZoneId zone) {
        this.kind = kind;
        this.samples = samples;
        this.zone = zone;
        this.frame =
                frame(kind, samples, from.getEpochSecond(), Math.max(to.getEpochSecond(), from.getEpochSecond() + 1));
    }

    /// The picture, one char a byte (UTF-8).
    ///
    /// @param name what the UPS is called, as text
    /// @param samples of that time, in its order
    public static String svg(Kind kind, String name, List<UpsSample> samples, Instant from, Instant to, ZoneId zone) {
        return new Plot(kind, samples, from, to, zone).draw(name);
    }

    private static Frame frame(Kind kind, List<UpsSample> samples, long from, long to) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (UpsSample sample : samples) {
            for (Line line : kind.lines) {
                if (!Double.isNaN(line.low.of(sample))) {
                    lowest = Math.min(lowest, line.low.of(sample));
                    highest = Math.max(highest, line.high.of(sample));
                }
            }
        }
        boolean none = lowest > highest;
        return switch (kind) {
            case CHARGE -> new Frame(from, to, 0, 100, 20);
            case LOAD -> Frame.around(from, to, 0, none ? 100 : Math.max(100, highest));
            case RUNTIME -> Frame.around(from, to, 0, none ? 1 : Math.max(1, highest));
            case VOLTAGE ->
                Frame.around(
                        from, to, none ? 0 : lowest < 2 ? Math.min(0, lowest) : lowest - 2, none ? 250 : highest + 2);
            case BATTERY -> Frame.around(from, to, none ? 0 : lowest - 0.5, none ? 30 : highest + 0.5);
            case TEMPERATURE -> Frame.around(from, to, none ? 0 : lowest - 3, none ? 30 : highest + 3);
        };
    }

    private String draw(String name) {
        svg.append("<svg class=\"plot\" viewBox=\"0 0 ")
                .append(Frame.WIDTH)
                .append(' ')
                .append(Frame.HEIGHT)
                .append("\" role=\"img\" aria-label=\"")
                .append(Html.text(name))
                .append(": ")
                .append(summary())
                .append("\">");
        outages();
        values();
        times();
        text(Frame.LEFT, 14, "start", kind.title + ", " + kind.unit);
        curves();
        return svg.append("</svg>").toString();
    }

    private void curves() {
        long gap = Math.max(GAP.toSeconds(), 2 * (frame.to() - frame.from()) / (Frame.RIGHT - Frame.LEFT));
        int drawn = 0;
        for (int i = 0; i < kind.lines.size(); i++) {
            Line line = kind.lines.get(i);
            String path = Curve.path(samples, line.low, line.high, frame, gap);
            if (path.isEmpty()) {
                continue;
            }
            String type = i == 0 ? "a" : "b";
            svg.append("<path class=\"")
                    .append(type)
                    .append("\" d=\"")
                    .append(path)
                    .append("\"/>");
            if (kind.lines.size() > 1) {
                int x = Frame.RIGHT - 64 * (kind.lines.size() - drawn);
                svg.append("<path class=\"")
                        .append(type)
                        .append("\" d=\"M")
                        .append(x)
                        .append(" 10h18\"/>");
                text(x + 22, 14, "start", line.name);
            }
            drawn++;
        }
        if (drawn == 0) {
            text((Frame.LEFT + Frame.RIGHT) / 2, (Frame.UPPER + Frame.LOWER) / 2, "middle", "no data");
        }
    }

    private void outages() {
        int shown = 0;
        long start = -1;
        long last = -1;
        for (UpsSample sample : samples) {
            long now = sample.at().getEpochSecond();
            if (sample.is(Flag.OB)) {
                start = start < 0 ? now : start;
                last = now;
            } else if (start >= 0 && shown++ < MOST_OUTAGES) {
                shade(start, now);
                start = -1;
            }
        }
        if (start >= 0) {
            shade(start, last + 60);
        }
    }

    private void shade(long start, long end) {
        double left = Math.max(Frame.LEFT, frame.x(start));
        double right = Math.min(Frame.RIGHT, Math.max(frame.x(end), left + 1));
        svg.append("<rect class=\"ob\" x=\"");
        Frame.number(svg, left);
        svg.append("\" y=\"").append(Frame.UPPER).append("\" width=\"");
        Frame.number(svg, right - left);
        svg.append("\" height=\"").append(Frame.LOWER - Frame.UPPER).append("\"><title>on battery ");
        svg.append(moment(start)).append(" to ").append(moment(end)).append("</title></rect>");
    }

    private void values() {
        double step = frame.step();
        for (double value = frame.bottom(); value < frame.top() + step / 100; value += step) {
            double y = frame.y(value);
            svg.append("<path class=\"grid\" d=\"M").append(Frame.LEFT).append(' ');
            Frame.number(svg, y);
            svg.append('H').append(Frame.RIGHT).append("\"/>");
            text(Frame.LEFT - 5, y + 4, "end", Frame.number(value));
        }
    }

    private void times() {
        Duration span = Duration.ofSeconds(frame.to() - frame.from());
        boolean days = span.compareTo(Duration.ofDays(2)) > 0;
        int hours = days ? 24 : span.compareTo(Duration.ofHours(8)) > 0 ? 4 : 1;
        ZonedDateTime tick = time(frame.from()).withMinute(0).withSecond(0).withNano(0);
        tick = tick.withHour(tick.getHour() - tick.getHour() % hours);
        int labels = 0;
        for (int i = 0; i < 60 && tick.toEpochSecond() <= frame.to(); i++) {
            if (tick.toEpochSecond() >= frame.from()) {
                double x = frame.x(tick.toEpochSecond());
                svg.append("<path class=\"grid\" d=\"M");
                Frame.number(svg, x);
                svg.append(' ').append(Frame.LOWER).append("v4\"/>");
                String label =
                        days ? DAYS[tick.getDayOfWeek().getValue() - 1] + ' ' + tick.getDayOfMonth() : clock(tick);
                if (x > Frame.LEFT + 8 && x < Frame.RIGHT - 12 && labels++ < 9) {
                    text(x, Frame.LOWER + 17, "middle", label);
                }
            }
            tick = days ? tick.plusDays(1) : tick.plusHours(hours);
        }
    }

    private void text(double x, double y, String anchor, String text) {
        svg.append("<text x=\"");
        Frame.number(svg, x);
        svg.append("\" y=\"");
        Frame.number(svg, y);
        svg.append("\" text-anchor=\"")
                .append(anchor)
                .append("\">")
                .append(text)
                .append("</text>");
    }

    /// What is to be seen, in words.
    private String summary() {
        var words = new StringBuilder(kind.title)
                .append(" from ")
                .append(moment(frame.from()))
                .append(" to ")
                .append(moment(frame.to()));
        for (Line line : kind.lines) {
            extremes(words, line);
        }
        int outages = 0;
        long seconds = 0;
        UpsSample before = null;
        for (UpsSample sample : samples) {
            if (sample.is(Flag.OB)) {
                outages += before == null || !before.is(Flag.OB) ? 1 : 0;
                seconds += 60;
            }
            before = sample;
        }
        words.append(samples.isEmpty() ? "; no data" : outages == 0 ? "; never on battery" : "");
        if (outages > 0) {
            words.append("; on battery ").append(outages).append(outages == 1 ? " time, " : " times, ");
            words.append((seconds + 59) / 60).append(" min in all");
        }
        return words.append('.').toString();
    }

    private void extremes(StringBuilder words, Line line) {
        UpsSample lowest = null;
        UpsSample highest = null;
        UpsSample last = null;
        for (UpsSample sample : samples) {
            if (!Double.isNaN(line.low.of(sample))) {
                last = sample;
                lowest = lowest == null || line.low.of(sample) < line.low.of(lowest) ? sample : lowest;
                highest = highest == null || line.high.of(sample) > line.high.of(highest) ? sample : highest;
            }
        }
        if (last == null || lowest == null || highest == null) {
            return;
        }
        String unit = ' ' + kind.unit;
        words.append("; ").append(line.name).append(" last ");
        Frame.number(words, line.high.of(last));
        words.append(unit).append(", lowest ");
        Frame.number(words, line.low.of(lowest));
        words.append(unit)
                .append(" (")
                .append(moment(lowest.at().getEpochSecond()))
                .append("), highest ");
        Frame.number(words, line.high.of(highest));
        words.append(unit);
    }

    private ZonedDateTime time(long seconds) {
        return Instant.ofEpochSecond(seconds).atZone(zone);
    }

    private String moment(long seconds) {
        ZonedDateTime time = time(seconds);
        return time.getDayOfMonth() + " " + MONTHS[time.getMonthValue() - 1] + ' ' + clock(time);
    }

    private static String clock(ZonedDateTime time) {
        return (time.getHour() < 10 ? "0" : "")
                + time.getHour()
                + (time.getMinute() < 10 ? ":0" : ":")
                + time.getMinute();
    }
}
