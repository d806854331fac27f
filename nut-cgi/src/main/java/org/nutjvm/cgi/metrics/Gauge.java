package org.nutjvm.cgi.metrics;

/// Metrics that HON95's prometheus-nut-exporter has under names of its own, by the variable they come from.
///
/// @param metric its name
/// @param variable NUT's
/// @param unit that OpenMetrics is told of; empty if there is none
/// @param kind how the value comes about
record Gauge(String metric, String variable, String unit, Kind kind) {
    enum Kind {
        /// As it is.
        PLAIN,
        /// A hundredth: what NUT has in percent is a share of 1 there.
        SHARE,
        /// 1 for enabled, 2 for disabled, 3 for muted, 0 for anything else.
        BEEPER,
        /// 1 if the status begins with OL, 2 with OB, 3 with LB, 0 with anything else.
        STATUS
    }

    static final Gauge[] ALL = {
        new Gauge("nut_status", "ups.status", "", Kind.STATUS),
        new Gauge("nut_beeper_status", "ups.beeper.status", "", Kind.BEEPER),
        new Gauge("nut_uptime_seconds", "device.uptime", "seconds", Kind.PLAIN),
        new Gauge("nut_load", "ups.load", "", Kind.SHARE),
        new Gauge("nut_temperature_celsius", "ups.temperature", "celsius", Kind.PLAIN),
        new Gauge("nut_battery_charge", "battery.charge", "", Kind.SHARE),
        new Gauge("nut_battery_charge_low", "battery.charge.low", "", Kind.SHARE),
        new Gauge("nut_battery_charge_warning", "battery.charge.warning", "", Kind.SHARE),
        new Gauge("nut_battery_charge_restart", "battery.charge.restart", "", Kind.SHARE),
        seconds("nut_battery_runtime", "battery.runtime"),
        seconds("nut_battery_runtime_low", "battery.runtime.low"),
        seconds("nut_battery_runtime_restart", "battery.runtime.restart"),
        seconds("nut_delay_shutdown", "ups.delay.shutdown"),
        seconds("nut_delay_start", "ups.delay.start"),
        volts("nut_battery_voltage", "battery.voltage"),
        volts("nut_battery_voltage_nominal", "battery.voltage.nominal"),
        volts("nut_battery_voltage_high", "battery.voltage.high"),
        volts("nut_battery_voltage_low", "battery.voltage.low"),
        volts("nut_battery", "battery.voltage"),
        new Gauge("nut_battery_temperature_celsius", "battery.temperature", "celsius", Kind.PLAIN),
        volts("nut_input_voltage", "input.voltage"),
        volts("nut_input_voltage_nominal", "input.voltage.nominal"),
        volts("nut_input_voltage_minimum", "input.voltage.minimum"),
        volts("nut_input_voltage_maximum", "input.voltage.maximum"),
        volts("nut_input_transfer_low", "input.transfer.low"),
        volts("nut_input_transfer_high", "input.transfer.high"),
        volts("nut_input", "input.voltage"),
        new Gauge("nut_input_current_amperes", "input.current", "amperes", Kind.PLAIN),
        new Gauge("nut_input_current_nominal_amperes", "input.current.nominal", "amperes", Kind.PLAIN),
        hertz("nut_input_frequency", "input.frequency"),
        hertz("nut_input_frequency_nominal", "input.frequency.nominal"),
        hertz("nut_input_frequency_low", "input.frequency.low"),
        hertz("nut_input_frequency_high", "input.frequency.high"),
        volts("nut_output_voltage", "output.voltage"),
        volts("nut_output_voltage_nominal", "output.voltage.nominal"),
        volts("nut_output", "output.voltage"),
        new Gauge("nut_output_current_amperes", "output.current", "amperes", Kind.PLAIN),
        new Gauge("nut_output_current_nominal_amperes", "output.current.nominal", "amperes", Kind.PLAIN),
        hertz("nut_output_frequency", "output.frequency"),
        hertz("nut_output_frequency_nominal", "output.frequency.nominal"),
        new Gauge("nut_power_watts", "ups.power", "watts", Kind.PLAIN),
        new Gauge("nut_power_nominal_watts", "ups.power.nominal", "watts", Kind.PLAIN),
        new Gauge("nut_real_power_watts", "ups.realpower", "watts", Kind.PLAIN),
        new Gauge("nut_real_power_nominal_watts", "ups.realpower.nominal", "watts", Kind.PLAIN),
    };

    private static Gauge volts(String metric, String variable) {
        return new Gauge(metric + "_volts", variable, "volts", Kind.PLAIN);
    }

    private static Gauge hertz(String metric, String variable) {
        return new Gauge(metric + "_hertz", variable, "hertz", Kind.PLAIN);
    }

    private static Gauge seconds(String metric, String variable) {
        return new Gauge(metric + "_seconds", variable, "seconds", Kind.PLAIN);
    }
}
