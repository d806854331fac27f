package org.nutjvm.drivers.tripplite;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.nutjvm.drivers.port.ScriptedLine;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.TestDevice;

/// A device that says each command again and answers it, and a driver for it.
final class PlayedTripplite {
    /// A Smart 700, on line.
    static final String SMART = "W=84 L=60 V=12 X=20 D=11780280A000140025258 B=86 M=7B I=70 C=0";

    final ScriptedLine line = new ScriptedLine();
    final TestDevice device = new TestDevice();
    private final Map<String, String> answers = new HashMap<>();
    private final StringBuilder heard = new StringBuilder();
    private final StringBuilder command = new StringBuilder();
    /// What the line does to what is said to a command.
    BinaryOperator<String> trouble = (asked, said) -> said;

    PlayedTripplite(String all) {
        set(all);
        line.answers = this::hear;
    }

    /// From now on these are other answers.
    void set(String all) {
        for (String one : all.split(" ", -1)) {
            answers.put(":" + one.substring(0, 1), one.substring(2));
        }
    }

    private String hear(char c) {
        heard.append(c);
        if (c != '\r') {
            command.append(c);
            return "";
        }
        String asked = command.toString();
        command.setLength(0);
        return trouble.apply(asked, asked + "\r\n" + answers.getOrDefault(asked, "") + "\r\n");
    }

    /// The commands heard since the last call, with blanks between them.
    String heard() {
        String all = heard.toString().replace('\r', ' ').strip();
        heard.setLength(0);
        return all;
    }

    Driver opened(Map<String, String> options) throws IOException, DriverException {
        device.options.putAll(options);
        return new TrippliteProgram(line.port()).initups(device);
    }

    Driver started() throws IOException, DriverException {
        Driver driver = opened(Map.of());
        driver.initinfo(device.dstate());
        driver.updateinfo(device.dstate());
        return driver;
    }

    void poll(Driver driver) throws IOException {
        driver.updateinfo(device.dstate());
    }

    String value(String name) {
        return String.valueOf(device.dstate().getinfo(name));
    }

    String status() {
        return value("ups.status");
    }

    String values() {
        return device.values();
    }
}
