package org.nutjvm.drivers.failover;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The settings of `failover`.
///
/// @param sockets the drivers to follow, best first
/// @param inittime how long at start nobody need be suitable
/// @param deadtime silence after which a driver counts as dead
/// @param relogtime pause between two messages on the same failure
/// @param noprimarytime how long nobody need be suitable later
/// @param maxconnfails failures to connect before a pause
/// @param coolofftime that pause
/// @param fsdmode what happens when nobody is suitable for longer
/// @param election who is the best
record FailoverSettings(
        List<String> sockets,
        Duration inittime,
        Duration deadtime,
        Duration relogtime,
        Duration noprimarytime,
        int maxconnfails,
        Duration coolofftime,
        int fsdmode,
        Election election) {
    private static final Logger LOG = LoggerFactory.getLogger(FailoverSettings.class);
    private static final String[] FILTERS = {
        "status_have_any", "status_have_all", "status_nothave_any", "status_nothave_all"
    };

    /// More drivers than anybody runs on one machine.
    private static final int SOCKETS_LIMIT = 256;

    FailoverSettings {
        sockets = List.copyOf(sockets);
    }

    static final List<Option> OPTIONS = List.of(
            Option.value("inittime", "Seconds after start in which no primary need be found (default: 30)"),
            Option.value("deadtime", "Seconds of silence after which a driver counts as dead (default: 30)"),
            Option.value("relogtime", "Seconds until a connection failure is logged again (default: 5)"),
            Option.value("noprimarytime", "Seconds without a primary after which 'fsdmode' is entered (default: 15)"),
            Option.value("maxconnfails", "Connection failures after which 'coolofftime' is entered (default: 5)"),
            Option.value("coolofftime", "Seconds without further tries to connect (default: 15)"),
            Option.value(
                    "fsdmode",
                    "Without a primary (0: last data, stale; 1: no data, alarm, then stale;"
                            + " 2: no data, alarm, FSD) (default: 0)"),
            Option.value(
                    "checkruntime",
                    "What decides between equals not on line power (0: order, 1: runtime, 2: runtime low,"
                            + " 3: both) (default: 1)"),
            Option.value("strictfiltering", "Whether only the status filters make a primary (default: 0)"),
            Option.value("status_have_any", "Comma separated status tokens of which any makes a primary"),
            Option.value("status_have_all", "Comma separated status tokens which together make a primary"),
            Option.value("status_nothave_any", "Comma separated status tokens of which any keeps from being primary"),
            Option.value("status_nothave_all", "Comma separated status tokens which together keep from being primary"));

    /// @throws DriverException if no driver is named
    static FailoverSettings of(Device device) throws DriverException {
        var sockets = new LinkedHashSet<>(StatusFilters.words(device.port(), ','));
        String own = "failover-" + device.upsname();
        if (sockets.removeIf(name -> name.equals(own) || name.endsWith('/' + own))) {
            LOG.warn("{} is this driver itself and was left out of its 'port'", own);
        }
        if (sockets.isEmpty() || sockets.contains("auto") || sockets.size() > SOCKETS_LIMIT) {
            throw new DriverException("'port' of section [" + device.upsname() + "] in ups.conf has to name the sockets"
                    + " of 1 to " + SOCKETS_LIMIT + " other drivers, with commas between them:"
                    + " usbhid-ups-first,usbhid-ups-second");
        }
        var filters = new StatusFilters(
                words(device, FILTERS[0]),
                words(device, FILTERS[1]),
                words(device, FILTERS[2]),
                words(device, FILTERS[3]));
        return new FailoverSettings(
                List.copyOf(sockets),
                seconds(device, "inittime", 30),
                seconds(device, "deadtime", 30),
                seconds(device, "relogtime", 5),
                seconds(device, "noprimarytime", 15),
                number(device, "maxconnfails", 5, Integer.MAX_VALUE),
                seconds(device, "coolofftime", 15),
                number(device, "fsdmode", 0, 2),
                new Election(
                        filters, number(device, "strictfiltering", 0, 1) == 1, number(device, "checkruntime", 1, 3)));
    }

    private static List<String> words(Device device, String option) {
        String text = device.getval(option);
        return text == null ? List.of() : StatusFilters.words(text, ',');
    }

    private static Duration seconds(Device device, String option, int otherwise) {
        return Duration.ofSeconds(number(device, option, otherwise, Integer.MAX_VALUE));
    }

    private static int number(Device device, String option, int otherwise, int max) {
        String text = device.getval(option);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            LOG.debug("{} is no number: {}", option, text);
        }
        LOG.error(
                "invalid '{}' of [{}] from configuration (0 to {}), set to the default value of [{}] instead",
                option,
                text,
                max,
                otherwise);
        return otherwise;
    }
}
