package org.nutjvm.cgi.plot;

/// Where in the picture a moment and a value are.
///
/// @param from seconds since 1970 at the left edge
/// @param to at the right edge
/// @param bottom the value at the lower edge
/// @param top the value at the upper edge
/// @param step from one labelled value to the next
record Frame(long from, long to, double bottom, double top, double step) {
    private static final double[] STEPS = {1, 2, 5, 10, 20, 50, 100};
    private static final int MOST_STEPS = 6;

    static final int WIDTH = 400;
    static final int HEIGHT = 170;
    static final int LEFT = 40;
    static final int RIGHT = 392;
    static final int UPPER = 24;
    static final int LOWER = 146;

    double x(long seconds) {
        return LEFT + (double) (seconds - from) / (to - from) * (RIGHT - LEFT);
    }

    double y(double value) {
        double inside = Math.clamp(value, bottom, top);
        return Math.round((LOWER - (inside - bottom) / (top - bottom) * (LOWER - UPPER)) * 10) / 10.0;
    }

    /// A frame whose values go from one round number to another, with at most five of them between.
    static Frame around(long from, long to, double lowest, double highest) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(highest - lowest, 1e-6))) - 1);
        for (double factor : STEPS) { // 1, 2 or 5 times a power of ten
            double step = power * factor;
            double bottom = Math.floor(lowest / step);
            double top = Math.max(Math.ceil(highest / step), bottom + 1);
            if (top - bottom <= MOST_STEPS) {
                return new Frame(from, to, bottom * step, top * step, step);
            }
        }
        throw new IllegalArgumentException("no scale from " + lowest + " to " + highest);
    }

    /// Appends a number with at most one digit behind the point.
    static void number(StringBuilder to, double value) {
        long tenths = Math.round(value * 10);
        if (tenths < 0) {
            to.append('-');
            tenths = -tenths;
        }
        to.append(tenths / 10);
        if (tenths % 10 != 0) {
            to.append('.').append(tenths % 10);
        }
    }

    static String number(double value) {
        var text = new StringBuilder();
        number(text, value);
        return text.toString();
    }
}
