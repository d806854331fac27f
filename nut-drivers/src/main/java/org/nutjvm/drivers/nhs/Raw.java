package org.nutjvm.drivers.nhs;

import java.util.HexFormat;
import java.util.function.IntUnaryOperator;
import org.nutjvm.drivers.spi.Dstate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Packets as they came, for who looks for what their bytes mean: `experimental.nhs.*` (drivers/nhs_ser.c).
///
/// @param bytes whether they are logged
/// @param data whether those with the device's state are published
/// @param hardware whether that with what the device is is published
record Raw(boolean bytes, boolean data, boolean hardware) {
    private static final Logger LOG = LoggerFactory.getLogger(Raw.class);
    private static final String HW = "experimental.nhs.hw.";
    private static final String DATA = "experimental.nhs.data.";

    private static final String[] HARDWARE_BYTES = {
        "header 0",
        "size 1",
        "model 3",
        "hardwareversion 4",
        "softwareversion 5",
        "configuration 6",
        "numbatteries 7",
        "undervoltagein120V 8",
        "overvoltagein120V 9",
        "undervoltagein220V 10",
        "overvoltagein220V 11",
        "tensionout120V 12",
        "tensionout220V 13",
        "statusval 14",
        "chargercurrent 15"
    };
    private static final String[] TIMES = {
        "year 32",
        "month 33",
        "wday 34",
        "hour 35",
        "minute 36",
        "second 37",
        "alarmyear 38",
        "alarmmonth 39",
        "alarmday 40",
        "alarmhour 41",
        "alarmminute 42",
        "alarmsecond 43"
    };
    private static final String[] CONFIGURATION = {
        "c_oem_mode", "c_buzzer_disable", "c_potmin_disable", "c_rearm_enable", "c_bootloader_enable"
    };
    private static final String[] FITTED = {
        "s_220V_in",
        "s_220V_out",
        "s_sealed_battery",
        "s_show_out_tension",
        "s_show_temperature",
        "s_show_charger_current"
    };
    private static final String[] DATA_BYTES = {
        "header 0",
        "length 1",
        "vacinrms_high 3",
        "vacinrms_low 4",
        "vdcmed_high 5",
        "vdcmed_low 6",
        "potrms 7",
        "vacinrmsmin_high 8",
        "vacinrmsmin_low 9",
        "vacinrmsmax_high 10",
        "vacinrmsmax_low 11",
        "vacoutrms_high 12",
        "vacoutrms_low 13",
        "tempmed_high 14",
        "tempmed_low 15",
        "icarregrms 16",
        "statusval 17",
        "checksum 19",
        "end_marker 20"
    };
    /// The lowest bit first.
    private static final String[] STATES = {
        "s_battery_mode",
        "s_battery_low",
        "s_network_failure",
        "s_fast_network_failure",
        "s_220_in",
        "s_220_out",
        "s_bypass_on",
        "s_charger_on"
    };
    private static final int MILLIAMPERES = 30;

    void publish(Hardware is, Dstate dstate) {
        int length = is.isLong() ? PacketReader.LONG_HARDWARE : PacketReader.SHORT_HARDWARE;
        log(is::at, length);
        if (!hardware) {
            return;
        }
        numbers(HW, HARDWARE_BYTES, is::at, dstate);
        dstate.setinfo(HW + "type", "S");
        for (int i = 0; i < CONFIGURATION.length; i++) {
            dstate.setinfo(HW + "configuration_array_p" + i, is.bit(6, i) ? 1 : 0);
            dstate.setinfo(HW + CONFIGURATION[i], Boolean.toString(is.bit(6, i)));
        }
        for (int i = 0; i < FITTED.length; i++) {
            dstate.setinfo(HW + "status_p" + i, is.bit(14, i) ? 1 : 0);
            dstate.setinfo(HW + FITTED[i], Boolean.toString(is.bit(14, i)));
        }
        numbers(HW, TIMES, i -> is.isLong() ? is.at(i) : 0, dstate);
        dstate.setinfo(HW + "serial", is.serial());
        dstate.setinfo(HW + "checksum", is.at(length - 2));
        dstate.setinfo(HW + "end_marker", is.at(length - 1));
    }

    void publish(Reading now, Dstate dstate) {
        log(now::at, PacketReader.DATA);
        if (!data) {
            return;
        }
        numbers(DATA, DATA_BYTES, now::at, dstate);
        dstate.setinfo(DATA + "packet_type", "D");
        for (int i = 0; i < STATES.length; i++) {
            boolean on = (now.at(17) >> i & 1) == 1;
            dstate.setinfo(DATA + "status_p" + (STATES.length - 1 - i), on ? 1 : 0);
            dstate.setinfo(DATA + STATES[i], Boolean.toString(on));
        }
        dstate.setinfo(DATA + "vacinrms", Publisher.text(now.input()));
        dstate.setinfo(DATA + "vdcmed", Publisher.text(now.number(5)));
        dstate.setinfo(DATA + "vdcmed_real", Publisher.text(now.battery()));
        dstate.setinfo(DATA + "vacinrmsmin", Publisher.text(now.lowestInput()));
        dstate.setinfo(DATA + "vacinrmsmax", Publisher.text(now.highestInput()));
        dstate.setinfo(DATA + "vacoutrms", Publisher.text(now.output()));
        dstate.setinfo(DATA + "tempmed", Publisher.text(now.temperature()));
        dstate.setinfo(DATA + "tempmed_real", Publisher.text(now.temperature()));
        dstate.setinfo(DATA + "icarregrms_real", (long) now.at(16) * MILLIAMPERES);
    }

    private static void numbers(String under, String[] names, IntUnaryOperator at, Dstate dstate) {
        for (String name : names) {
            int blank = name.indexOf(' ');
            dstate.setinfo(
                    under + name.substring(0, blank), at.applyAsInt(Integer.parseInt(name.substring(blank + 1))));
        }
    }

    private void log(IntUnaryOperator at, int length) {
        if (bytes) {
            byte[] packet = new byte[length];
            for (int i = 0; i < length; i++) {
                packet[i] = (byte) at.applyAsInt(i);
            }
            LOG.debug("packet: {}", HexFormat.ofDelimiter(" ").formatHex(packet));
        }
    }
}
