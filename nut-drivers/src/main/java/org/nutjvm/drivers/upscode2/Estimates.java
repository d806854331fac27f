package org.nutjvm.drivers.upscode2;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Dstate;

/// What the device does not tell itself, computed from what it does: load, charge of the battery and run time
/// (drivers/upscode2.c: calc_upsload, batt_charge_pct, upsdrv_updateinfo). With the precision of C's, which is that of
/// `float`.
final class Estimates {
    private static final int HISTORY = 60;
    private static final float PERCENT = 100;

    /// Charging current of a full battery's opposite while the capacity is not known, in A; and part of the capacity.
    private static final float USUAL_CURRENT = 10;

    private static final double CHARGING = 0.3;

    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3600;
    private static final double PEUKERT = 1.35;

    /// Minutes that mean that the device does not know.
    private static final float UNKNOWN = 9999;

    private final Map<String, Float> known = new HashMap<>();
    private final float[] currents = new float[HISTORY];
    private int count;
    private int next;

    /// Takes a number by what it is.
    void take(String key, float value) {
        known.put(key, value);
    }

    /// Forgets a number that is not told any more.
    void forget(String key) {
        known.remove(key);
    }

    /// Forgets what is told by some devices on battery only, before the next answer.
    void begin() {
        known.remove("charge");
        known.remove("runtime");
    }

    private float get(String key, float otherwise) {
        return known.getOrDefault(key, otherwise);
    }

    /// The highest load of a phase by current, power and real power, where they and their nominal values are known; 1
    /// is
    /// all it can. Publishes those in percent that it computes.
    OptionalDouble load(Dstate dstate, int phases) {
        float load = -1;
        float most = get("output-nominal", -1);
        most = most > 0 ? most : get("output-max", -1);
        if (most > 0) {
            String first = dstate.getinfo("output.L1.current") == null ? "output.current" : "output.L1.current";
            for (String name : new String[] {first, "output.L2.current", "output.L3.current"}) {
                load = Math.max(load, part(dstate.getinfo(name), most));
            }
        }
        load = Math.max(load, powers(dstate, "power", "ups.power.nominal", phases));
        load = Math.max(load, powers(dstate, "realpower", "output.realpower.nominal", phases));
        return load < 0 ? OptionalDouble.empty() : OptionalDouble.of(load);
    }

    private static float powers(Dstate dstate, String kind, String nominal, int phases) {
        float most = number(dstate.getinfo(nominal));
        float load = -1;
        if (most > 0) {
            for (int phase = 1; phase <= 3; phase++) {
                String name = "output.L" + phase + '.' + kind;
                float part = part(dstate.getinfo(name), most / phases);
                if (part >= 0) {
                    dstate.setinfo(name + ".percent", Publisher.text(part * PERCENT, 1));
                    load = Math.max(load, part);
                } else {
                    dstate.delinfo(name + ".percent");
                }
            }
        }
        return load;
    }

    private static float part(@Nullable String value, float of) {
        float number = number(value);
        return Float.isNaN(number) ? -1 : number / of;
    }

    private static float number(@Nullable String value) {
        return value == null ? Float.NaN : Answer.number(value);
    }

    /// In percent: what the device says, else by the current that flows into the battery, else by its voltage.
    OptionalDouble charge() {
        float told = get("charge", -1);
        if (told >= 0) {
            return OptionalDouble.of(told);
        }
        float current = get("current", -1);
        if (current >= 0) {
            return OptionalDouble.of(byCurrent(current));
        }
        count = 0;
        next = 0;
        float low = get("voltage-low", 0);
        float high = get("voltage-high", 0);
        float voltage = get("voltage", 0);
        if (low > 0 && high > low && voltage > 0) {
            return OptionalDouble.of(limited((voltage - low) / (high - low) * PERCENT));
        }
        return OptionalDouble.empty();
    }

    private float byCurrent(float current) {
        currents[next] = current;
        next = (next + 1) % HISTORY;
        count = Math.min(count + 1, HISTORY);
        float average = 0;
        for (int i = 0; i < count; i++) {
            average += currents[i];
        }
        average /= count;
        float capacity = get("capacity", -1);
        float most = capacity > 0 ? (float) (capacity * CHARGING) : USUAL_CURRENT;
        return limited((most - average) * (PERCENT / most));
    }

    private static float limited(float percent) {
        return Math.clamp(percent, 0, PERCENT);
    }

    /// In seconds: what the device says, else by load and capacity, else the longest there is.
    OptionalDouble runtime(OptionalDouble load) {
        float told = get("runtime", -1);
        if (told >= 0 && told < UNKNOWN) {
            return OptionalDouble.of(told * SECONDS_PER_MINUTE);
        }
        float most = get("runtime-max", -1) * SECONDS_PER_MINUTE;
        float capacity = get("capacity", -1);
        float current = (float) (load.orElse(-1) * Math.abs(get("discharge", 0)));
        if (current > 0 && capacity > 0) {
            float seconds = (float) (capacity * SECONDS_PER_HOUR / Math.pow(current, PEUKERT));
            return OptionalDouble.of(most > 0 && seconds > most ? most : seconds);
        }
        return most > 0 ? OptionalDouble.of(most) : OptionalDouble.empty();
    }
}
