package org.nutjvm.drivers.powercom;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.nutjvm.drivers.port.ScriptedLine;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.TestDevice;

/// A device that answers, and a driver for it.
final class PlayedPowercom {
    /// KIN-2200AP, 220 V, on line.
    static final String KIN = "37c47a7961005f000000004ba800005b";
    /// BNT-1500AP, 230 V, on line.
    static final String BNT = "30c66d6d6000610000000042890000ff";

    final ScriptedLine line = new ScriptedLine();
    final TestDevice device = new TestDevice();
    private String answer;
    /// What the line does to answers.
    UnaryOperator<String> trouble = said -> said;

    /// @param hex what it answers
    PlayedPowercom(String hex) {
        answer = chars(HexFormat.of().parseHex(hex));
        line.answers = c -> c == 1 ? trouble.apply(answer) : "";
    }

    private static String chars(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /// From now on a byte of the answer is another.
    void set(int index, int value) {
        var text = new StringBuilder(answer);
        text.setCharAt(index, (char) value);
        answer = text.toString();
    }

    Driver opened(Map<String, String> options) throws IOException, DriverException {
        device.options.putAll(options);
        return new PowercomProgram(line.port()).initups(device);
    }

    Driver started(String type, Map<String, String> options) throws IOException, DriverException {
        device.options.put("type", type);
        Driver driver = opened(options);
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

    /// What was sent since the last call, but for questions.
    String orders() {
        return sent().replace("01", "");
    }

    /// All that was sent since the last call.
    String sent() {
        return HexFormat.of().formatHex(line.sent().getBytes(StandardCharsets.ISO_8859_1));
    }
}
