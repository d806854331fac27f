package org.nutjvm.drivers.qx;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.port.SerialLine.Signal;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.DriverException;

/// What ups.conf says, checked.
///
/// @param protocols to be tried, in this order
/// @param chosen whether there is only one because the administrator said so
/// @param ondelay seconds, or null if not given
/// @param offdelay seconds, or null if not given
/// @param pollfreq seconds between two readings of all values; 0 for each poll
/// @param stayoff whether it stays off after a shutdown
/// @param predecessor whether it is blazer_ser: it publishes the voltage of all battery packs together
record QxSettings(
        List<Protocol> protocols,
        boolean chosen,
        @Nullable String ondelay,
        @Nullable String offdelay,
        long pollfreq,
        boolean stayoff,
        boolean predecessor,
        BatterySettings battery,
        Detection.Settings options) {
    static final long POLLFREQ = 30;

    static QxSettings nutdrvQx(Device device, List<Protocol> protocols, boolean chosen) throws DriverException {
        return new QxSettings(
                protocols,
                chosen,
                device.getval("ondelay"),
                device.getval("offdelay"),
                pollfreq(device.getval("pollfreq")),
                device.testvar("stayoff"),
                false,
                BatterySettings.of(device),
                options(device));
    }

    private static Detection.Settings options(Device device) {
        return new Detection.Settings() {
            @Override
            public boolean flag(String name) {
                return device.testvar(name);
            }

            @Override
            public @Nullable String value(String name) {
                return device.getval(name);
            }
        };
    }

    /// `ondelay` is in minutes there.
    static QxSettings blazer(Device device, List<Protocol> protocols, boolean chosen) throws DriverException {
        String ondelay = device.getval("ondelay");
        if (ondelay != null) {
            long minutes = Orders.seconds(ondelay.strip());
            if (minutes < 0 || minutes > 9999) {
                throw new DriverException("Start delay '" + ondelay + "' out of range [0..9999]");
            }
            ondelay = Long.toString(60 * minutes);
        }
        String offdelay = device.getval("offdelay");
        if (offdelay != null) {
            long seconds = Orders.seconds(offdelay.strip());
            if (seconds < 12 || seconds > 600) {
                throw new DriverException("Shutdown delay '" + offdelay + "' out of range [12..600]");
            }
        }
        return new QxSettings(
                protocols, chosen, ondelay, offdelay, 0, false, true, BatterySettings.of(device), options(device));
    }

    private static long pollfreq(@Nullable String text) throws DriverException {
        if (text == null) {
            return POLLFREQ;
        }
        long seconds = Orders.seconds(text.strip());
        if (seconds < 0) {
            throw new DriverException("Setting pollfreq = '" + text + "' is no number of seconds");
        }
        return seconds;
    }

    /// Our lines that are to be on.
    static Set<Signal> cablepower(@Nullable String text) throws DriverException {
        return switch (text == null ? "normal" : text.toLowerCase(Locale.ROOT)) {
            case "normal" -> EnumSet.of(Signal.DTR);
            case "reverse" -> EnumSet.of(Signal.RTS);
            case "both" -> EnumSet.of(Signal.DTR, Signal.RTS);
            case "none" -> EnumSet.noneOf(Signal.class);
            default ->
                throw new DriverException(
                        "Value '" + text + "' not valid for 'cablepower': normal, reverse, both or none");
        };
    }
}
