package org.nutjvm.cgi.plot;

import java.util.ArrayList;
import java.util.List;
import org.nutjvm.cgi.ups.UpsSample;

/// The line of one number through samples, as the data of an SVG path. Where many samples fall into one column of the
/// picture, it goes through the lowest and the highest of them: a dip of a minute is seen on the plot of a week.
final class Curve {
    /// A number of a sample: its lowest and its highest within the sample's step, mostly the same.
    interface Quantity {
        double of(UpsSample sample);
    }

    private final StringBuilder path = new StringBuilder();
    private final Frame frame;
    private final long gapSeconds;
    private long before = Long.MIN_VALUE;
    private double column = Double.NaN;
    private final List<Double> inColumn = new ArrayList<>();
    private boolean fresh = true;
    private double lastX;
    private double lastY;
    private boolean any;

    private Curve(Frame frame, long gapSeconds) {
        this.frame = frame;
        this.gapSeconds = gapSeconds;
    }

    /// The path, empty if no sample has the number.
    ///
    /// @param gapSeconds samples further apart than this are not joined
    static String path(List<UpsSample> samples, Quantity low, Quantity high, Frame frame, long gapSeconds) {
        var curve = new Curve(frame, gapSeconds);
        for (UpsSample sample : samples) {
            double lowest = low.of(sample);
            double highest = high.of(sample);
            if (!Double.isNaN(lowest) && !Double.isNaN(highest)) {
                curve.add(sample.at().getEpochSecond(), lowest, highest);
            }
        }
        curve.endColumn();
        curve.endLine();
        return curve.path.toString();
    }

    private void add(long seconds, double lowest, double highest) {
        double x = Math.floor(frame.x(seconds));
        boolean gap = before != Long.MIN_VALUE && seconds - before > gapSeconds;
        if (gap || x != column) {
            endColumn();
            column = x;
        }
        if (gap) {
            endLine();
        }
        inColumn.add(lowest);
        if (highest != lowest) {
            inColumn.add(highest);
        }
        before = seconds;
    }

    private void endColumn() {
        if (inColumn.isEmpty()) {
            return;
        }
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (double value : inColumn) {
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
        }
        point(inColumn.getFirst());
        if (highest > lowest) {
            point(lowest);
            point(highest);
            point(inColumn.getLast());
        }
        inColumn.clear();
    }

    private void point(double value) {
        double y = frame.y(value);
        if (!fresh && lastX == column && lastY == y) {
            return;
        }
        path.append(fresh ? 'M' : 'L');
        Frame.number(path, column);
        path.append(' ');
        Frame.number(path, y);
        any = fresh;
        fresh = false;
        lastX = column;
        lastY = y;
    }

    /// A line of one point is drawn as a dot.
    private void endLine() {
        if (!fresh && any) {
            path.append("h.1");
        }
        fresh = true;
        any = false;
    }
}
