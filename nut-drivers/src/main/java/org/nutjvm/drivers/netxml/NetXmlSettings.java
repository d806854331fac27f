package org.nutjvm.drivers.netxml;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Option;

/// The settings of `netxml-ups`.
///
/// @param card its address
/// @param timeout for each request
/// @param subscribe whether it is to send alarms
/// @param login user, or null
/// @param password of that user, or null
/// @param shutdownDuration how long this machine takes to go down
/// @param shutdownTimer seconds on battery after which the card has it go down; 0 for none
/// @param tenths whether values of old cards are divided by ten
record NetXmlSettings(
        URI card,
        Duration timeout,
        boolean subscribe,
        @Nullable String login,
        @Nullable String password,
        int shutdownDuration,
        int shutdownTimer,
        boolean tenths) {
    static final List<Option> OPTIONS = List.of(
            Option.value("timeout", "network timeout (default: 5 seconds)"),
            Option.flag("subscribe", "authenticated subscription on NMC"),
            Option.value("login", "login value for authenticated mode").asSensitive(),
            Option.value("password", "password value for authenticated mode").asSensitive(),
            Option.value("shutdown_duration", "shutdown duration in second (default: 120 seconds)"),
            Option.value("shutdown_timer", "shutdown timer in second (default: none)"),
            Option.flag("do_convert_deci", "enable legacy convert_deci() for certain measurements 10x too large"));

    static NetXmlSettings of(Device device) throws DriverException {
        URI card;
        try {
            card = CardHttp.base(device.port());
        } catch (IOException e) {
            throw new DriverException(e.getMessage() + "\n'port' of section [" + device.upsname()
                    + "] in ups.conf has to be the card's address, such as http://192.0.2.7");
        }
        return new NetXmlSettings(
                card,
                Duration.ofSeconds(number(device, "timeout", 5, 1, 600, "timeout must be greater than 0")),
                device.testvar("subscribe"),
                device.getval("login"),
                device.getval("password"),
                number(
                        device,
                        "shutdown_duration",
                        120,
                        0,
                        Integer.MAX_VALUE,
                        "shutdown duration must be greater than or equal to 0"),
                number(
                        device,
                        "shutdown_timer",
                        0,
                        0,
                        Integer.MAX_VALUE,
                        "shutdown timer must be greater than or equal to 0"),
                device.testvar("do_convert_deci"));
    }

    private static int number(Device device, String option, int otherwise, int min, int max, String rule)
            throws DriverException {
        String text = device.getval(option);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new DriverException(rule + "\n" + option + " = " + text + " in section [" + device.upsname()
                + "] of ups.conf is not a number from " + min + " to " + max);
    }
}
