package org.nutjvm.drivers.qx;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.DriverException;

/// What ups.conf says of the battery, checked.
///
/// @param calibration two pairs of run time and load, or null if no run time is to be computed
/// @param chargeSeconds from empty to full
/// @param idle the least load to reckon with, as a part of 1
/// @param onePack whether the voltage told is that of one battery pack
record BatterySettings(@Nullable Calibration calibration, long chargeSeconds, double idle, boolean onePack) {
    private static final long CHARGE = 43_200;
    private static final double IDLE = 0.1;

    /// How the run time goes with the load.
    ///
    /// @param nominal seconds at full load
    record Calibration(double nominal, double exponent) {}

    static BatterySettings of(Device device) throws DriverException {
        return new BatterySettings(
                calibration(device.getval("runtimecal")),
                charge(device.getval("chargetime")),
                idle(device.getval("idleload")),
                device.testvar("battery_voltage_reports_one_pack"));
    }

    private static @Nullable Calibration calibration(@Nullable String text) throws DriverException {
        if (text == null) {
            return null;
        }
        String[] parts = text.split(",", -1);
        double[] n = new double[4];
        if (parts.length < 4) {
            throw invalid("Insufficient parameters for runtimecal", text);
        }
        for (int i = 0; i < 4; i++) {
            OptionalDouble number = Numbers.plain(parts[i]);
            if (number.isEmpty()) {
                throw invalid("Insufficient parameters for runtimecal", text);
            }
            n[i] = number.getAsDouble();
        }
        double shortTime = n[0];
        double highLoad = n[1];
        double longTime = n[2];
        double lowLoad = n[3];
        if (shortTime <= 0 || longTime < shortTime) {
            throw invalid("Parameter out of range (runtime)", text);
        }
        if (highLoad > 100 || lowLoad <= 0 || lowLoad >= highLoad) {
            throw invalid("Parameter out of range (load)", text);
        }
        double exponent = Math.log(longTime / shortTime) / Math.log(highLoad / lowLoad);
        return new Calibration(shortTime * Math.pow(highLoad / 100, exponent), exponent);
    }

    private static DriverException invalid(String what, String text) {
        return new DriverException(what + ": runtimecal = " + text
                + "\nwanted: seconds at a high load, that load in percent, seconds at a low load, that load; such as"
                + " 240,100,720,50");
    }

    private static long charge(@Nullable String text) throws DriverException {
        if (text == null) {
            return CHARGE;
        }
        long seconds = Orders.seconds(text.strip());
        if (seconds <= 0) {
            throw new DriverException("Charge time out of range [1..s]: chargetime = " + text);
        }
        return seconds;
    }

    private static double idle(@Nullable String text) throws DriverException {
        if (text == null) {
            return IDLE;
        }
        double percent = Numbers.plain(text).orElse(-1);
        if (percent <= 0 || percent > 100) {
            throw new DriverException("Idle load out of range [0..100]: idleload = " + text);
        }
        return percent / 100;
    }
}
