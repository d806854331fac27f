package org.nutjvm.cgi.upsimage;

import org.jspecify.annotations.Nullable;

/// What can be drawn of a UPS (clients/upsimage.c: imgvar).
///
/// @param variable whose value it shows
/// @param text what it is, for those who do not see it
/// @param style how it is drawn
/// @param minimum the variable with the lower limit, or null
/// @param nominal the variable with the nominal value, or null
/// @param maximum the variable with the upper limit, or null
public record Gauge(
        String variable,
        String text,
        Style style,
        @Nullable String minimum,
        @Nullable String nominal,
        @Nullable String maximum) {

    /// The scale and what of it is good and bad, and the unit.
    enum Style {
        UTILITY(" VAC"),
        CHARGE(" %"),
        BATTERY(" VDC"),
        TEMPERATURE(" \u00b0C"),
        HUMIDITY(" %"),
        FREQUENCY(" Hz"),
        LOAD(" %");

        final String unit;

        Style(String unit) {
            this.unit = unit;
        }
    }

    /// The gauge of a variable, or null if it has none.
    public static @Nullable Gauge of(String variable) {
        return switch (variable) {
            case "input.voltage",
                    "input.L1-N.voltage",
                    "input.L2-N.voltage",
                    "input.L3-N.voltage",
                    "input.L1-L2.voltage",
                    "input.L2-L3.voltage",
                    "input.L3-L1.voltage" -> utility(variable, "Input voltage", "input.voltage.nominal");
            case "output.voltage",
                    "output.L1-N.voltage",
                    "output.L2-N.voltage",
                    "output.L3-N.voltage",
                    "output.L1-L2.voltage",
                    "output.L2-L3.voltage",
                    "output.L3-L1.voltage" -> utility(variable, "Output voltage", "output.voltage.nominal");
            case "battery.charge" ->
                new Gauge(variable, "Battery charge", Style.CHARGE, "battery.charge.low", null, null);
            case "battery.voltage" ->
                new Gauge(
                        variable,
                        "Battery voltage",
                        Style.BATTERY,
                        "battery.voltage.low",
                        "battery.voltage.nominal",
                        "battery.voltage.high");
            case "ups.temperature" -> within(variable, "UPS temperature", Style.TEMPERATURE);
            case "ambient.temperature" -> within(variable, "Ambient temperature", Style.TEMPERATURE);
            case "ambient.humidity" -> within(variable, "Ambient humidity", Style.HUMIDITY);
            case "input.frequency" -> frequency(variable, "Input frequency");
            case "output.frequency" -> frequency(variable, "Output frequency");
            case "ups.load",
                    "output.L1.power.percent",
                    "output.L2.power.percent",
                    "output.L3.power.percent",
                    "output.L1.realpower.percent",
                    "output.L2.realpower.percent",
                    "output.L3.realpower.percent" -> new Gauge(variable, "UPS load", Style.LOAD, null, null, null);
            default -> null;
        };
    }

    private static Gauge utility(String variable, String text, String nominal) {
        return new Gauge(variable, text, Style.UTILITY, "input.transfer.low", nominal, "input.transfer.high");
    }

    private static Gauge within(String variable, String text, Style style) {
        return new Gauge(variable, text, style, variable + ".low", null, variable + ".high");
    }

    private static Gauge frequency(String variable, String text) {
        return new Gauge(variable, text, Style.FREQUENCY, null, variable + ".nominal", null);
    }
}
