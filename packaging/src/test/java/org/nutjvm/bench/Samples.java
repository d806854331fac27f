package org.nutjvm.bench;

import java.util.Arrays;

/// A growing set of measured durations in nanoseconds. Not safe for threads.
final class Samples {
    private long[] values = new long[1024];
    private int size;

    void add(long nanos) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = nanos;
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /// The smallest value that at least `percent` per cent of all values do not exceed (nearest rank), in nanoseconds;
    /// NaN when there is none.
    double percentile(double percent) {
        if (size == 0) {
            return Double.NaN;
        }
        Arrays.sort(values, 0, size);
        int rank = (int) Math.ceil(percent / 100 * size);
        return values[Math.clamp(rank, 1, size) - 1];
    }

    /// NaN when there is none.
    double mean() {
        return size == 0 ? Double.NaN : Arrays.stream(values, 0, size).average().orElseThrow();
    }

    double median() {
        return percentile(50);
    }

    /// The median of a few figures (the lower one of the two in the middle); NaN when there is none.
    static double medianOf(double... figures) {
        if (figures.length == 0) {
            return Double.NaN;
        }
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) / 2];
    }
}
