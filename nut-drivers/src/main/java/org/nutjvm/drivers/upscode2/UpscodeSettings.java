package org.nutjvm.drivers.upscode2;

import java.time.Duration;
import org.nutjvm.drivers.port.SerialSettings;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Numbers;

/// What the administrator says of the line and the device.
///
/// @param patience how long to wait for a line of an answer
/// @param pace between two characters sent
/// @param full between two readings of what hardly changes
/// @param before sent in front of each command, and after it
record UpscodeSettings(
        SerialSettings serial,
        String manufacturer,
        Duration patience,
        Duration pace,
        Duration full,
        String before,
        String after) {
    private static final String SPEEDS = " 300 600 1200 2400 4800 9600 19200 38400 ";
    private static final int MOST_SECONDS = 60;
    private static final int MOST_MICROSECONDS = 1_000_000;
    private static final int DAY = 86_400;

    static UpscodeSettings of(Device device) throws DriverException {
        String baud = device.getval("baudrate");
        String speed = baud == null ? "1200" : baud.strip();
        if (speed.indexOf(' ') >= 0 || !SPEEDS.contains(' ' + speed + ' ')) {
            throw new DriverException("Unrecognized baudrate: " + baud + "\nOne of" + SPEEDS.stripTrailing());
        }
        String manufacturer = device.getval("manufacturer");
        return new UpscodeSettings(
                SerialSettings.of(Integer.parseInt(speed)),
                manufacturer == null ? "unknown" : manufacturer,
                Duration.ofSeconds(number(device, "input_timeout", 2, MOST_SECONDS)),
                Duration.ofNanos(1000L * number(device, "output_pace", 200, MOST_MICROSECONDS)),
                Duration.ofSeconds(number(device, "full_update", 60, DAY)),
                device.testvar("use_pre_lf") ? "\n" : "",
                device.testvar("use_crlf") ? "\r\n" : "\r");
    }

    private static int number(Device device, String name, int usual, int most) throws DriverException {
        String text = device.getval(name);
        if (text == null) {
            return usual;
        }
        double number = Numbers.decimal(text.strip());
        if (!(number >= 1 && number <= most && number == Math.rint(number))) {
            throw new DriverException("Bad " + name + " parameter: " + text + "\nIt is a number from 1 to " + most);
        }
        return (int) number;
    }
}
