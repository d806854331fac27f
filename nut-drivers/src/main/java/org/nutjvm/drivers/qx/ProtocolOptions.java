package org.nutjvm.drivers.qx;

import java.util.List;
import org.nutjvm.drivers.spi.Option;

/// Settings of ups.conf that belong to one protocol. What the device keeps is written to it at the start.
final class ProtocolOptions {
    private ProtocolOptions() {}

    static List<Option> all() {
        return List.of(
                Option.value("pins_shutdown_mode", "bestups: what pins 1 and 7 do at shutdown, 0 to 6"),
                Option.value("series", "masterguard: series A or E"),
                Option.value("slave_address", "masterguard: address of the device"),
                Option.value("input_fault_voltage", "masterguard: variable of its own"),
                Option.value("number_of_battery_cells", "masterguard: cells in series"),
                Option.value("nominal_cell_voltage", "masterguard: voltage of a cell"),
                Option.value("runtime_half", "masterguard: seconds of run time at half load"),
                Option.value("runtime_full", "masterguard: seconds of run time at full load"),
                Option.value("recharge_time", "masterguard: seconds to charge an empty battery"),
                Option.value("output_voltages", "masterguard: possible output voltages"),
                Option.value("fault_1", "masterguard: newest fault"),
                Option.value("fault_2", "masterguard: an older fault"),
                Option.value("fault_3", "masterguard: an older fault"),
                Option.value("fault_4", "masterguard: an older fault"),
                Option.value("fault_5", "masterguard: oldest fault"),
                Option.value("experimental.battery.ageing.factor", "masterguard: age of the battery"),
                Option.value("experimental.battery.calibration.factor", "masterguard: calibration of the battery"),
                Option.flag("reset_to_default", "voltronic: reset what can be set"),
                Option.value("bypass_alarm", "voltronic: beep on bypass, enabled or disabled"),
                Option.value("battery_alarm", "voltronic: beep on battery, enabled or disabled"),
                Option.value("bypass_when_off", "voltronic: bypass when off, enabled or disabled"),
                Option.value("alarm_control", "voltronic: beep at all, enabled or disabled"),
                Option.value("converter_mode", "voltronic: converter mode, enabled or disabled"),
                Option.value("eco_mode", "voltronic: ECO mode, enabled or disabled"),
                Option.value("battery_open_status_check", "voltronic: look for a missing battery, enabled or disabled"),
                Option.value("bypass_forbidding", "voltronic: never bypass, enabled or disabled"),
                Option.value("site_fault_detection", "voltronic: look for swapped wires, enabled or disabled"),
                Option.value("advanced_eco_mode", "voltronic: advanced ECO mode, enabled or disabled"),
                Option.value("constant_phase_angle", "voltronic: constant phase angle, enabled or disabled"),
                Option.value("limited_runtime_on_battery", "voltronic: limited time on battery, enabled or disabled"),
                Option.value("max_bypass_volt", "voltronic: greatest voltage for bypass"),
                Option.value("min_bypass_volt", "voltronic: least voltage for bypass"),
                Option.value("max_bypass_freq", "voltronic: greatest frequency for bypass"),
                Option.value("min_bypass_freq", "voltronic: least frequency for bypass"),
                Option.value("work_range_type", "voltronic: Appliance or UPS"),
                Option.value("output_phase_angle", "voltronic: 000, 120, 180 or 240"),
                Option.value("battery_number", "voltronic: batteries in a pack, 1 to 9"),
                Option.flag("testing", "voltronic: use commands that were never tried"));
    }
}
