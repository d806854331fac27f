package org.nutjvm.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void percentilesAreValuesThatWereMeasured() {
        var samples = new Samples();
        for (int i = 3000; i >= 1; i--) {
            samples.add(i);
        }
        assertEquals(1500, samples.median());
        assertEquals(2970, samples.percentile(99));
        assertEquals(3000, samples.percentile(100));
        samples.add(0);
        assertEquals(0, samples.percentile(0));
    }

    @Test
    void oneValueIsEveryPercentile() {
        var samples = new Samples();
        samples.add(7);
        assertEquals(7, samples.median());
        assertEquals(7, samples.percentile(99));
    }

    @Test
    void nothingMeasuredIsNoFigure() {
        assertEquals(Double.NaN, new Samples().median());
    }

    @Test
    void medianOfAFewFiguresIsOneOfThem() {
        assertEquals(2, Samples.medianOf(3, 1, 2));
        assertEquals(2, Samples.medianOf(9, 1, 2, 3));
    }
}
