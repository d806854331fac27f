package org.nutjvm.cgi.upsimage;

import java.util.Optional;

/// The scale of a gauge: whole numbers from low to high, and which of them are good and bad (clients/upsimage.c:
/// draw_*,
/// drawgeneralbar).
///
/// @param step between two dashes
/// @param submajor a multiple of this has a longer dash
/// @param major a multiple of this has the longest dash, and its number
/// @param warn1 where trouble is
/// @param warn2 where it is as well
/// @param good where all is well
record Scale(int low, int high, int step, int submajor, int major, Zone warn1, Zone warn2, Zone good) {
    /// Dashes of one scale.
    static final int MOST_DASHES = 5000;

    /// A limit that is not known.
    static final int UNSET = -1;

    /// The greatest limit that is taken for one.
    static final int GREATEST = 1_000_000;

    /// A part of the scale, both ends included; none if the end is before the beginning.
    record Zone(int from, int to) {
        boolean has(int level) {
            return from <= level && level <= to;
        }
    }

    /// What a UPS says of a variable. What it does not say is -1, as upstream counts it.
    record Limits(int minimum, int nominal, int maximum) {}

    private static final Zone NONE = new Zone(-1, -1);

    boolean warns(int level) {
        return warn1.has(level) || warn2.has(level);
    }

    boolean ok(int level) {
        return good.has(level);
    }

    /// The scale of a gauge, or nothing where what is known does not tell.
    static Optional<Scale> of(Gauge.Style style, double value, Limits limits, ImageOptions options) {
        Scale scale = switch (style) {
            case UTILITY -> utility(value, limits);
            case CHARGE -> {
                int low = limits.minimum() < 0 ? 50 : limits.minimum();
                yield new Scale(0, 100, 2, 10, 20, new Zone(0, low), NONE, new Zone(80, 100));
            }
            case BATTERY -> battery(value, limits);
            case TEMPERATURE ->
                within(options.get(ImageArgument.TEMPMIN), options.get(ImageArgument.TEMPMAX), 1, 5, 10, limits, true);
            case HUMIDITY -> within(0, 100, 2, 10, 20, limits, false);
            case FREQUENCY -> general(limits, 2, false);
            case LOAD -> new Scale(0, 125, 5, 5, 25, new Zone(100, 125), NONE, new Zone(0, 50));
        };
        long dashes = ((long) scale.high - scale.low) / scale.step;
        return dashes > MOST_DASHES || scale.equals(UNKNOWN) ? Optional.empty() : Optional.of(scale);
    }

    private static final Scale UNKNOWN = new Scale(0, 0, 1, 1, 1, NONE, NONE, NONE);

    private static Scale within(int low, int high, int step, int submajor, int major, Limits limits, boolean fromLow) {
        return new Scale(
                low,
                high,
                step,
                submajor,
                major,
                new Zone(fromLow ? low : 0, limits.minimum()),
                new Zone(limits.maximum(), high),
                NONE);
    }

    /// What is not known is guessed of the value: there are three usual voltages.
    private static Scale utility(double value, Limits limits) {
        boolean low = value < 200;
        boolean middle = value < 300;
        int minimum = limits.minimum() == UNSET ? (low ? 90 : middle ? 200 : 340) : limits.minimum();
        int nominal = limits.nominal() == UNSET ? (low ? 110 : middle ? 225 : 400) : limits.nominal();
        int maximum = limits.maximum() == UNSET ? nominal + (nominal - minimum) : limits.maximum();
        return general(new Limits(minimum, nominal, maximum), (int) (nominal * 0.1), false);
    }

    /// Batteries are made of cells of 2 V, dead at 1.6 V and full at 2.3 V.
    private static Scale battery(double value, Limits limits) {
        int nominal = limits.nominal();
        if (nominal == UNSET) {
            nominal = value < 9
                    ? 6
                    : value < 18 ? 12 : value < 30 ? 24 : value < 60 ? 48 : value < 120 ? 96 : value < 230 ? 192 : 384;
        }
        int cells = nominal / 2;
        int minimum = limits.minimum() == UNSET ? (int) (cells * 1.6 + 1) : limits.minimum();
        int maximum = limits.maximum() == UNSET ? (int) (cells * 2.3 + 1) : limits.maximum();
        if (nominal < minimum || nominal > maximum) {
            nominal = UNSET;
        }
        int deviation = Math.abs((int) (nominal * 0.05));
        return general(new Limits(minimum, nominal, maximum), Math.max(1, deviation), true);
    }

    /// A scale around the nominal value.
    ///
    /// @param deviation how far from nominal all is well
    /// @param neutralBelow whether below nominal, all is not well, but no trouble either
    private static Scale general(Limits limits, int deviation, boolean neutralBelow) {
        boolean known = limits.nominal() != UNSET;
        if (!known && (limits.minimum() == UNSET || limits.maximum() == UNSET)) {
            return UNKNOWN;
        }
        int minimum = known && limits.minimum() == UNSET ? limits.nominal() - 3 * deviation : limits.minimum();
        int maximum = known && limits.maximum() == UNSET ? limits.nominal() + 3 * deviation : limits.maximum();
        int nominal = known ? limits.nominal() : (minimum + maximum) / 2;
        int range = maximum - minimum;
        int step = range <= 50 ? 1 : range <= 100 ? 2 : 5;
        int submajor = range <= 50 ? 5 : range <= 100 ? 10 : 20;
        int major = submajor * 2;
        int low = (minimum - deviation) / major * major;
        int high = (maximum + deviation + submajor) / major * major;
        return neutralBelow
                ? new Scale(
                        low,
                        high,
                        step,
                        submajor,
                        major,
                        new Zone(0, minimum),
                        new Zone(maximum, high),
                        new Zone(nominal, maximum))
                : new Scale(
                        low,
                        high,
                        step,
                        submajor,
                        major,
                        new Zone(maximum, high),
                        new Zone(low, minimum),
                        new Zone(nominal - deviation, nominal + deviation));
    }
}
