package org.nutjvm.cgi.history;

import java.time.Instant;
import org.nutjvm.cgi.ups.UpsSample;

/// What a UPS said within one step, gathered: every word its status had, the extremes of the mains, the mean load, and
/// of the rest what it said last.
final class Step {
    private final String ups;
    private final long seconds;
    private int flags;
    private double charge = Double.NaN;
    private double loads;
    private int loadCount;
    private double inputLow = Double.NaN;
    private double inputHigh = Double.NaN;
    private double output = Double.NaN;
    private double battery = Double.NaN;
    private double runtime = Double.NaN;
    private double temperature = Double.NaN;
    private double frequency = Double.NaN;

    Step(String ups, long seconds) {
        this.ups = ups;
        this.seconds = seconds;
    }

    long seconds() {
        return seconds;
    }

    int flags() {
        return flags;
    }

    void add(UpsSample sample) {
        flags |= sample.flags();
        charge = later(charge, sample.charge());
        if (!Double.isNaN(sample.load())) {
            loads += sample.load();
            loadCount++;
        }
        if (!Double.isNaN(sample.inputLow())) {
            inputLow = Double.isNaN(inputLow) ? sample.inputLow() : Math.min(inputLow, sample.inputLow());
        }
        if (!Double.isNaN(sample.inputHigh())) {
            inputHigh = Double.isNaN(inputHigh) ? sample.inputHigh() : Math.max(inputHigh, sample.inputHigh());
        }
        output = later(output, sample.output());
        battery = later(battery, sample.battery());
        runtime = later(runtime, sample.runtimeSeconds());
        temperature = later(temperature, sample.temperature());
        frequency = later(frequency, sample.frequency());
    }

    private static double later(double before, double now) {
        return Double.isNaN(now) ? before : now;
    }

    UpsSample sample() {
        return new UpsSample(
                ups,
                Instant.ofEpochSecond(seconds),
                flags,
                charge,
                loadCount == 0 ? Double.NaN : loads / loadCount,
                inputLow,
                inputHigh,
                output,
                battery,
                runtime,
                temperature,
                frequency);
    }
}
