package org.nutjvm.drivers.qx;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.DriverException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Charge and run time of a battery whose device tells only a voltage and a load (drivers/nutdrv_qx.c: qx_initbattery,
/// qx_battery, qx_load).
///
/// The charge goes by where the voltage stands between that of an empty and of a full battery; with `runtimecal` by
/// what was taken out and put in since the start, and never above what the voltage says. What the device tells itself
/// is left alone.
final class Battery {
    private static final Logger LOG = LoggerFactory.getLogger(Battery.class);
    private static final double[] PACKS = {120, 100, 80, 60, 48, 36, 30, 24, 18, 12, 8, 6, 4, 3, 2, 1, 0.5};
    private static final double EMPTY = 104.0 / 120;
    private static final double FULL = 130.0 / 120;

    private final BatterySettings settings;
    private final boolean always;
    private OptionalDouble nominal = OptionalDouble.empty();
    private OptionalDouble low = OptionalDouble.empty();
    private OptionalDouble high = OptionalDouble.empty();
    private double packs = 1;
    private boolean packsKnown;
    private boolean chargeTold;
    private boolean runtimeTold;
    private double left;
    private long lastNanos;

    /// @param always whether the voltage published is that of all packs, however many were found
    Battery(BatterySettings settings, boolean always) {
        this.settings = settings;
        this.always = always;
    }

    /// By how much a voltage that the device tells is multiplied before it is published.
    double multiplier() {
        return always || (settings.onePack() && packs >= 2) ? packs : 1;
    }

    /// Looks at what is known after the first reading.
    ///
    /// @param value the variables, null for one there is not
    /// @param publish where variables go that are found out
    /// @throws DriverException if `runtimecal` is given and nothing tells the charge
    void begin(Function<String, @Nullable String> value, Map<String, String> publish, long nanos)
            throws DriverException {
        nominal = Numbers.of(value.apply("battery.voltage.nominal"));
        low = Numbers.of(value.apply("battery.voltage.low"));
        high = Numbers.of(value.apply("battery.voltage.high"));
        chargeTold = value.apply("battery.charge") != null;
        runtimeTold = value.apply("battery.runtime") != null;
        if (nominal.isPresent() && (low.isEmpty() || high.isEmpty())) {
            if (low.isEmpty()) {
                low = OptionalDouble.of(nominal.getAsDouble() * EMPTY);
                publish.put("battery.voltage.low", Numbers.fixed(low.getAsDouble(), 2));
            }
            if (high.isEmpty()) {
                high = OptionalDouble.of(nominal.getAsDouble() * FULL);
                publish.put("battery.voltage.high", Numbers.fixed(high.getAsDouble(), 2));
            }
            LOG.info(
                    "No values for battery high/low voltages; using 'guesstimation' (low: {}, high: {})!",
                    Numbers.fixed(low.getAsDouble(), 2),
                    Numbers.fixed(high.getAsDouble(), 2));
        }
        OptionalDouble voltage = Numbers.of(value.apply("battery.voltage"));
        OptionalDouble told = Numbers.of(value.apply("battery.packs"));
        if (told.isPresent() && told.getAsDouble() > 0) {
            packs = told.getAsDouble();
            packsKnown = true;
        } else if (!chargeTold || !runtimeTold) {
            guessPacks(voltage);
        }
        if (voltage.isPresent() && multiplier() != 1) {
            publish.put("battery.voltage", Numbers.fixed(voltage.getAsDouble() * multiplier(), 2));
        }
        OptionalDouble charge = voltage.isEmpty() ? voltage : charge(voltage.getAsDouble() * factor());
        if (!chargeTold && charge.isPresent()) {
            publish.put("battery.charge", Numbers.fixed(charge.getAsDouble() * 100, 0));
        }
        var calibration = settings.calibration();
        if (calibration != null && !(chargeTold && runtimeTold)) {
            double part = chargeTold ? Numbers.of(value.apply("battery.charge")).orElse(-1) / 100 : charge.orElse(-1);
            if (part < 0) {
                throw new DriverException(
                        "Initial battery charge undetermined: runtimecal needs a device that tells its"
                                + " battery's voltage, and default.battery.voltage.nominal in ups.conf if it does not tell"
                                + " that");
            }
            left = calibration.nominal() * part;
            lastNanos = nanos;
        } else if (!runtimeTold) {
            LOG.info("Battery runtime will not be calculated (runtimecal not set)");
        }
    }

    /// A battery gets back to at least its nominal voltage soon after it was used. Where more than one number of packs
    /// fits, the highest is meant.
    private void guessPacks(OptionalDouble voltage) {
        if (nominal.isPresent() && voltage.isPresent()) {
            for (double count : PACKS) {
                double sum = count * voltage.getAsDouble();
                if (sum <= 1.25 * nominal.getAsDouble()) {
                    if (sum < 0.8 * nominal.getAsDouble()) {
                        break;
                    }
                    packs = count;
                    LOG.info(
                            "Autodetected {} as number of battery packs [{}/{}]",
                            Numbers.fixed(count, count < 1 ? 1 : 0),
                            Numbers.fixed(nominal.getAsDouble(), 0),
                            Numbers.fixed(voltage.getAsDouble(), 2));
                    return;
                }
            }
        }
        LOG.info("Can't autodetect number of battery packs");
    }

    /// From a voltage as the device tells it to that of the whole battery. A number of packs that somebody told says
    /// nothing of what is measured; one that was found is found because one pack is measured.
    private double factor() {
        return packsKnown ? multiplier() : packs;
    }

    /// Part of 1.
    private OptionalDouble charge(double voltage) {
        if (low.isEmpty() || high.isEmpty() || low.getAsDouble() <= 0 || high.getAsDouble() <= low.getAsDouble()) {
            return OptionalDouble.empty();
        }
        double part = (voltage - low.getAsDouble()) / (high.getAsDouble() - low.getAsDouble());
        return OptionalDouble.of(Math.clamp(part, 0, 1));
    }

    /// Looks again.
    ///
    /// @param online whether there is mains power
    void update(Function<String, @Nullable String> value, Map<String, String> publish, boolean online, long nanos) {
        if (chargeTold && runtimeTold) {
            return;
        }
        // They can be set in some devices.
        low = Numbers.of(value.apply("battery.voltage.low"));
        high = Numbers.of(value.apply("battery.voltage.high"));
        OptionalDouble published = Numbers.of(value.apply("battery.voltage"));
        OptionalDouble charge =
                published.isEmpty() ? published : charge(published.getAsDouble() / multiplier() * factor());
        var calibration = settings.calibration();
        if (calibration == null) {
            if (!chargeTold && charge.isPresent()) {
                publish.put("battery.charge", Numbers.fixed(charge.getAsDouble() * 100, 0));
            }
            return;
        }
        double load = Numbers.of(value.apply("ups.load")).orElse(100) / 100;
        double effective = Math.max(settings.idle(), Math.pow(load, calibration.exponent()));
        double seconds = (nanos - lastNanos) / 1e9;
        lastNanos = nanos;
        double change = online ? calibration.nominal() * seconds / settings.chargeSeconds() : -effective * seconds;
        double most = calibration.nominal() * charge.orElse(1);
        left = Math.clamp(left + change, 0, Math.max(0, most));
        if (!chargeTold) {
            publish.put("battery.charge", Numbers.fixed(100 * left / calibration.nominal(), 0));
        }
        if (!runtimeTold) {
            publish.put("battery.runtime", Numbers.fixed(left / effective, 0));
        }
    }
}
