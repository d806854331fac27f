package org.nutjvm.drivers.powercom;

import java.util.List;

/// What the bytes of an answer mean (drivers/powercom.c: input_voltage, output_voltage, input_freq,
/// output_freq, load_level, batt_level), in C's precision. What is not known is NaN.
///
/// The formulas are those of the family; where it has none, the polynomials of the type count.
final class Measures {
    private static final double PERIOD = 4807;
    private static final double TWICE = 2;
    private static final int FAMILYS_OWN = 7;
    private static final int HIGH = 200;
    private static final int LOW = 100;
    private static final int POLYNOMIAL_HIGH = 220;
    private static final double INVERTER = 1.965;
    private static final int SMALL = 625;
    /// How much more an output has whose transformer is set to raise it.
    private static final float RAISED = (float) (1.0 + 20.0 / 135.0);

    private final UpsType type;
    private final Tables tables;
    private final Identity is;
    private final Frame frame;
    private final int model;
    private final int line;

    Measures(UpsType type, Tables tables, Identity is, Frame frame) {
        this.type = type;
        this.tables = tables;
        this.is = is;
        this.frame = frame;
        model = tables.model(is.family(), frame.model());
        line = is.nominal() < HIGH ? LOW : HIGH;
    }

    private boolean family(String name) {
        return is.family().equals(name);
    }

    private boolean kin() {
        return family(Identity.KIN);
    }

    /// Of the others of its family only parts are known.
    private boolean bnt200() {
        return family(Identity.BNT) && frame.nominal() > FAMILYS_OWN;
    }

    /// Values are what they are.
    private boolean plain() {
        return family(Identity.IMP) || family(Identity.OPTI);
    }

    private boolean onBattery() {
        return frame.status(Frame.ON_BATTERY);
    }

    float inputVoltage() {
        int x = frame.at(Frame.INPUT_VOLTAGE);
        return Math.max(0, kin() || bnt200() ? volts("normal", x) : usualVoltage(x));
    }

    float outputVoltage() {
        int x = frame.at(Frame.OUTPUT_VOLTAGE);
        if (!kin() && !bnt200()) {
            return Math.max(0, usualVoltage(x));
        }
        if (onBattery()) {
            return Math.max(0, kin() ? kinInverter() : bntInverter());
        }
        if (!frame.status(Frame.AVR)) {
            return Math.max(0, volts("normal", x));
        }
        boolean boost = kin() ? inputIsLow() : frame.status(Frame.AVR_MODE);
        return Math.max(0, volts(boost ? "boost" : "buck", x));
    }

    /// Whether a transformer that is at work raises the output.
    boolean inputIsLow() {
        return inputVoltage() < is.nominal();
    }

    private float volts(String state, int x) {
        var row = tables.volts(is.family(), state, kin() ? line : HIGH, model);
        return row == null ? Float.NaN : row.of(x);
    }

    private float usualVoltage(int x) {
        if (plain()) {
            return (float) (x * TWICE);
        }
        int at = is.nominal() >= POLYNOMIAL_HIGH ? 0 : 2;
        return linear(type.voltage(), at, x);
    }

    private static float linear(List<Float> coefficients, int at, float x) {
        return coefficients.get(at) * x + coefficients.get(at + 1);
    }

    /// How much of a half period the inverter is on; NaN where bytes contradict each other.
    private float duty() {
        int off = frame.at(Frame.OUTPUT_VOLTAGE);
        int period = period();
        return period == 0 || off > period ? Float.NaN : (period - off);
    }

    private int period() {
        return frame.at(Frame.OUTPUT_FREQUENCY) / 2;
    }

    private float bntInverter() {
        double volts = INVERTER * frame.at(Frame.INVERTER);
        float square = (float) (volts * volts * duty() / period());
        return (float) Math.sqrt(square);
    }

    private float kinInverter() {
        var row = tables.inverter(line);
        if (row == null || frame.model() >= row.x().size()) {
            return Float.NaN;
        }
        float x = row.x().get(frame.model());
        float y = row.y().get(frame.model());
        float z = row.z().get(frame.model());
        int load = frame.at(Frame.LOAD);
        float battery = frame.at(Frame.CHARGE) * x;
        float volts = model > SMALL ? battery : battery - load * z;
        float square = volts * volts * duty() / period();
        if (model <= SMALL) {
            return (float) (Math.sqrt(square) * y);
        }
        float raised = frame.status(Frame.AVR) ? RAISED : 1;
        return (float) (Math.sqrt(square) * y * raised - (double) load * z * raised);
    }

    float inputFrequency() {
        return frequency(frame.at(Frame.INPUT_FREQUENCY));
    }

    float outputFrequency() {
        return frequency(frame.at(Frame.OUTPUT_FREQUENCY));
    }

    private float frequency(int x) {
        if (x == 0 || plain()) {
            return x;
        }
        if (kin() || family(Identity.BNT)) {
            return (float) (PERIOD / x);
        }
        return (float) (1.0 / linear(type.frequency(), 0, x));
    }

    float load() {
        int x = frame.at(Frame.LOAD);
        if (plain()) {
            return x;
        }
        if (kin() || bnt200()) {
            var row = tables.load(is.family(), onBattery(), model);
            if (row != null) {
                return row.of(x, frame.nominal());
            }
        }
        return linear(type.load(), onBattery() ? 0 : 2, x);
    }

    float charge() {
        int x = frame.at(Frame.CHARGE);
        if (plain()) {
            return x;
        }
        var curve = tables.curve(is.family(), model);
        if (curve != null) {
            double part = frame.at(Frame.LOAD) * curve.part();
            // The part is a whole number for BNT.
            return curve.of((float) (x + (kin() ? part : Math.floor(part))));
        }
        if (kin()) {
            return straight(x);
        }
        return onBattery()
                ? type.charge().get(0) * x
                        + type.charge().get(1) * load()
                        + type.charge().get(2)
                : linear(type.charge(), 3, x);
    }

    /// Of KIN of medium power.
    private float straight(int x) {
        float percent = (float) ((x - 165.0) * 2.6);
        if (onBattery()) {
            return percent + frame.at(Frame.LOAD);
        }
        return percent > 7 ? percent - 6 : percent;
    }
}
