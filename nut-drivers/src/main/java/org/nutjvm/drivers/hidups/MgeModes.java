package org.nutjvm.drivers.hidups;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Economy, energy saver and bypass mode of Eaton devices: shown, and entered only while the supply is
/// good enough (drivers/mge-hid.c).
final class MgeModes {
    private static final String ECO = "input.eco.switchable";
    private static final String BYPASS_ON = "input.bypass.switch.on";
    private static final String BYPASS_OFF = "input.bypass.switch.off";

    private MgeModes() {}

    static void addTo(Map<String, Conversion> all) {
        all.put("mge-eco-mode", new EcoMode());
        all.put("mge-bypass", MgeModes::bypass);
        all.put("mge-eco-by-bypass", new EcoByBypass());
    }

    private static final class EcoMode implements Conversion {
        @Override
        public @Nullable String text(double value, Surroundings device) {
            return switch ((int) value) {
                case 0 -> "normal";
                case 1 -> eco(device);
                case 2 -> energySaver(device);
                default -> null;
            };
        }

        private static String energySaver(Surroundings device) {
            device.buzzword("vendor:mge-hid:ESS");
            return "ESS";
        }

        @Override
        public @Nullable Double value(@Nullable String text, Surroundings device) {
            if (text == null) {
                return null;
            }
            return switch (text) {
                case "normal", "vendor:mge-hid:normal" -> 0.0;
                case "ECO", "vendor:mge-hid:ECO" -> 1.0;
                case "ESS", "vendor:mge-hid:ESS" -> 2.0;
                default -> null;
            };
        }
    }

    /// What the device bypasses with has to be close to what it is to put out.
    private static boolean withinLimits(
            Surroundings device, String mode, double frequencyPercent, double low, double high) {
        double volts = known(device, "input.bypass.voltage");
        double hertz = known(device, "input.bypass.frequency");
        double nominalVolts = known(device, "output.voltage.nominal");
        double nominalHertz = known(device, "output.frequency.nominal");
        double from = known(device, "input.transfer." + mode + ".low");
        double to = known(device, "input.transfer." + mode + ".high");
        if (!(from > 0 && to > 0)) {
            from = nominalVolts * low;
            to = nominalVolts * high;
        }
        double percent = known(device, "input.transfer.frequency." + mode + ".range");
        double span = nominalHertz / 100 * (percent > 0 ? percent : frequencyPercent);
        return volts >= from && volts <= to && hertz >= nominalHertz - span && hertz <= nominalHertz + span;
    }

    private static double known(Surroundings device, String variable) {
        String text = device.getinfo(variable);
        return text == null ? 0 : Decimal.decimal(text);
    }

    private static boolean measured(Surroundings device) {
        return device.getinfo("input.bypass.voltage") != null
                && device.getinfo("input.bypass.frequency") != null
                && device.getinfo("output.voltage.nominal") != null
                && device.getinfo("output.frequency.nominal") != null;
    }

    private static @Nullable String eco(Surroundings device) {
        if (!measured(device)) {
            device.setinfo(ECO, "normal");
            return null;
        }
        if (withinLimits(device, "eco", 5, 0.95, 1.05)) {
            device.buzzword("vendor:mge-hid:ECO");
            return "ECO";
        }
        device.setinfo(ECO, "normal");
        device.buzzword("vendor:mge-hid:normal");
        return null;
    }

    private static @Nullable String bypass(double value, Surroundings device) {
        if (value == 0) {
            return "disabled";
        }
        if (value != 1) {
            return null;
        }
        if (measured(device) && withinLimits(device, "bypass", 10, 0.8, 1.15)) {
            return "on";
        }
        device.setinfo(BYPASS_OFF, "off");
        return null;
    }

    /// Into economy mode by way of the bypass, and back. Where C sends the opposite when a condition is
    /// not met, this refuses.
    private static final class EcoByBypass implements Conversion {
        @Override
        public @Nullable String text(double value, Surroundings device) {
            return null;
        }

        @Override
        public @Nullable Double value(@Nullable String text, Surroundings device) {
            return "1".equals(text) ? enter(device) : leave(device);
        }

        private static @Nullable Double enter(Surroundings device) {
            boolean ready = "disabled".equals(device.getinfo(BYPASS_ON)) && "normal".equals(device.getinfo(ECO));
            return ready && "on".equals(bypass(1, device)) && eco(device) != null ? 1.0 : null;
        }

        private static @Nullable Double leave(Surroundings device) {
            boolean ready = "disabled".equals(device.getinfo(BYPASS_OFF)) && "ECO".equals(device.getinfo(ECO));
            if (!ready || !device.setvar(BYPASS_OFF, "off") || !device.setvar(ECO, "normal")) {
                return null;
            }
            device.buzzword("vendor:mge-hid:normal");
            return 0.0;
        }
    }
}
