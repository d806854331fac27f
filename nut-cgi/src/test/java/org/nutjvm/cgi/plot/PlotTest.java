package org.nutjvm.cgi.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nutjvm.cgi.ups.UpsSample;
import org.w3c.dom.Element;

class PlotTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant NEXT_DAY = START.plus(Duration.ofDays(1));

    private static UpsSample sample(int minute, String status, double charge, double low, double high) {
        return new UpsSample(
                "u",
                START.plusSeconds(60L * minute),
                UpsSample.flags(status),
                charge,
                charge / 2,
                low,
                high,
                230,
                13.5,
                600,
                25,
                50);
    }

    private static List<UpsSample> day() {
        var samples = new ArrayList<UpsSample>();
        for (int i = 0; i < 1440; i++) {
            if (i < 600 || i >= 660) {
                boolean outage = i >= 120 && i < 130;
                samples.add(sample(i, outage ? "OB DISCHRG" : "OL", outage ? 60 : 100, outage ? 0 : 228, 232));
            }
        }
        return samples;
    }

    private static Element parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.ISO_8859_1)))
                .getDocumentElement();
    }

    private static List<String> lines(String svg) throws Exception {
        var lines = new ArrayList<String>();
        var paths = parse(svg).getElementsByTagName("path");
        for (int i = 0; i < paths.getLength(); i++) {
            var path = (Element) paths.item(i);
            if (!path.getAttribute("class").equals("grid")) {
                lines.add(path.getAttribute("d"));
            }
        }
        return lines;
    }

    @ParameterizedTest
    @EnumSource(Plot.Kind.class)
    void everyKindIsAPictureThatSpeaks(Plot.Kind kind) throws Exception {
        String svg = Plot.svg(kind, "u", day(), START, NEXT_DAY, ZoneOffset.UTC);
        Element root = parse(svg);
        assertEquals("img", root.getAttribute("role"));
        assertTrue(root.getAttribute("aria-label").startsWith("u: " + kind.title()), root.getAttribute("aria-label"));
        assertTrue(svg.length() < 20_000, "bytes: " + svg.length());
        assertFalse(svg.contains("style="), "a strict policy forbids styles of elements");
        assertTrue(kind.in(day()));
    }

    @Test
    void whatIsSeenIsSaid() throws Exception {
        String svg = Plot.svg(Plot.Kind.CHARGE, "u", day(), START, NEXT_DAY, ZoneOffset.UTC);
        assertEquals(
                "u: Battery charge from 1 Mar 00:00 to 2 Mar 00:00; charge last 100 %, lowest 60 % (1 Mar 02:00), "
                        + "highest 100 %; on battery 1 time, 10 min in all.",
                parse(svg).getAttribute("aria-label"));
        assertTrue(svg.contains("<title>on battery 1 Mar 02:00 to 1 Mar 02:10</title>"), svg);
    }

    @Test
    void aTimeWithoutDataIsAGap() throws Exception {
        String line = lines(Plot.svg(Plot.Kind.CHARGE, "u", day(), START, NEXT_DAY, ZoneOffset.UTC))
                .getFirst();
        assertEquals(2, line.chars().filter(c -> c == 'M').count(), line);
        String whole = lines(Plot.svg(Plot.Kind.CHARGE, "u", day().subList(0, 600), START, NEXT_DAY, ZoneOffset.UTC))
                .getFirst();
        assertEquals(1, whole.chars().filter(c -> c == 'M').count(), whole);
    }

    @Test
    void oneSampleIsADot() throws Exception {
        assertEquals(
                List.of("M40 24h.1"),
                lines(Plot.svg(
                        Plot.Kind.CHARGE, "u", List.of(sample(0, "OL", 100, 1, 1)), START, NEXT_DAY, ZoneOffset.UTC)));
    }

    @Test
    void aDipOfAMinuteIsSeenInAWeek() throws Exception {
        var samples = new ArrayList<UpsSample>();
        for (int i = 0; i < 7 * 1440; i++) {
            samples.add(sample(i, "OL", i == 5000 ? 0 : 100, 230, 230));
        }
        String svg = Plot.svg(Plot.Kind.CHARGE, "u", samples, START, START.plus(Duration.ofDays(7)), ZoneOffset.UTC);
        String line = lines(svg).getFirst();
        assertTrue(line.contains("L214 146"), line);
        assertEquals(1, line.chars().filter(c -> c == 'M').count());
        assertTrue(svg.contains(">Tue 3</text>"), svg);
    }

    @Test
    void namesAreText() throws Exception {
        String name = "<script>\"'&";
        String svg = Plot.svg(Plot.Kind.LOAD, name, List.of(), START, NEXT_DAY, ZoneOffset.UTC);
        assertTrue(parse(svg).getAttribute("aria-label").startsWith(name + ": Load"));
        assertFalse(svg.contains("<script"));
    }

    @Test
    void withoutDataItSaysSo() throws Exception {
        String svg = Plot.svg(Plot.Kind.VOLTAGE, "u", List.of(), START, NEXT_DAY, ZoneOffset.UTC);
        assertTrue(svg.contains(">no data</text>"));
        assertTrue(parse(svg).getAttribute("aria-label").endsWith("; no data."));
        assertEquals(List.of(), lines(svg));
        assertFalse(Plot.Kind.VOLTAGE.in(List.of()));
    }

    @Test
    void labelsAreOfTheZone() {
        String svg = Plot.svg(Plot.Kind.LOAD, "u", day(), START, NEXT_DAY, ZoneId.of("Asia/Tokyo"));
        assertTrue(svg.contains("from 1 Mar 09:00 to 2 Mar 09:00"), svg);
        assertTrue(svg.contains(">12:00</text>"), svg);
    }

    /// The clocks go forward on 29 March 2026, and back on 25 October.
    @Test
    void daysOf23And25Hours() throws Exception {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        for (String day : List.of("2026-03-28T23:00:00Z", "2026-10-24T22:00:00Z")) {
            Instant start = Instant.parse(day);
            parse(Plot.svg(Plot.Kind.LOAD, "u", List.of(), start, start.plus(Duration.ofDays(1)), zone));
            parse(Plot.svg(Plot.Kind.LOAD, "u", List.of(), start, start.plus(Duration.ofDays(7)), zone));
        }
    }

    @Test
    void nonsenseDoesNotBreakIt() throws Exception {
        var samples = List.of(
                new UpsSample("u", START, 0, 1e300, 1e9, 0, 65534, -5, 655, 2e9, -3000, 600),
                sample(1, "OL", -20, 5, 1));
        for (Plot.Kind kind : Plot.Kind.values()) {
            String svg = Plot.svg(kind, "u", samples, START, NEXT_DAY, ZoneOffset.UTC);
            parse(svg);
            assertFalse(svg.contains("NaN") || svg.contains("Infinity"), svg);
            assertTrue(svg.length() < 10_000, "bytes: " + svg.length());
        }
        parse(Plot.svg(Plot.Kind.LOAD, "u", samples, START, START, ZoneOffset.UTC));
        parse(Plot.svg(Plot.Kind.LOAD, "u", samples, NEXT_DAY, START, ZoneOffset.UTC));
    }

    @Test
    void aPlotOfAWeekWithADayOfOutagesStaysSmall() {
        var samples = new ArrayList<UpsSample>();
        for (int i = 0; i < 7 * 1440; i++) {
            samples.add(sample(i, i % 2 == 0 ? "OB" : "OL", i * 37 % 101, i * 31 % 240, 240));
        }
        String svg = Plot.svg(Plot.Kind.VOLTAGE, "u", samples, START, START.plus(Duration.ofDays(7)), ZoneOffset.UTC);
        assertTrue(svg.length() < 60_000, "bytes: " + svg.length());
    }

    /// A label stands where its value is, and the highest and the lowest are at the edges.
    @Test
    void scalesGoFromOneRoundNumberToAnother() {
        var random = new Random(9);
        for (int i = 0; i < 20_000; i++) {
            double lowest = (random.nextDouble() - 0.3) * Math.pow(10, random.nextInt(6) - 1);
            double highest = lowest + random.nextDouble() * Math.pow(10, random.nextInt(6) - 1);
            Frame frame = Frame.around(0, 1, lowest, highest);
            double steps = (frame.top() - frame.bottom()) / frame.step();
            String what = lowest + " to " + highest + ": " + frame;
            assertEquals(Math.rint(steps), steps, 1e-6, what);
            assertTrue(steps > 0.99 && steps < 6.01, what);
            assertTrue(frame.bottom() <= lowest && frame.top() >= highest, what);
            double first = frame.bottom() / frame.step();
            assertEquals(Math.rint(first), first, 1e-6, what);
        }
    }
}
