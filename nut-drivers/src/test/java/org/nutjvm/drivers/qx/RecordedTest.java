package org.nutjvm.drivers.qx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.TestDevice;

/// Each protocol with a device of which C's driver made something: ours makes the same of it, and says the same to it.
class RecordedTest {
    static List<Recorded> devices() throws IOException {
        return Recorded.all();
    }

    @ParameterizedTest
    @MethodSource("devices")
    void driverDoesWhatCsDid(Recorded recorded) throws IOException, DriverException {
        var ups = recorded.device();
        var device = new TestDevice();
        device.options.put("protocol", recorded.protocol());
        Driver driver = Q1Device.program(ups).initups(device);
        driver.initinfo(device.dstate());
        driver.updateinfo(device.dstate());
        device.dstate().dataok();
        // As the driver core does.
        for (String name : List.of("mfr", "model", "serial")) {
            String value = device.dstate().getinfo("ups." + name);
            if (value != null && device.dstate().getinfo("device." + name) == null) {
                device.dstate().setinfo("device." + name, value);
            }
        }
        var published = new ArrayList<String>();
        device.dstate().dump(line -> published.add(line.text().strip()));
        assertEquals(
                sorted(recorded.published()),
                sorted(published.stream()
                        .filter(line -> !line.contains(" driver.") && !line.startsWith("D"))
                        .toList()));
        var done = new ArrayList<String>();
        for (String order : recorded.orders()) {
            done.add(normal(done(driver, ups, order.substring(0, order.indexOf(": ")))));
        }
        assertEquals(
                String.join(
                        "\n",
                        recorded.orders().stream().map(RecordedTest::normal).toList()),
                String.join("\n", done));
    }

    private static String done(Driver driver, Q1Device ups, String order) throws IOException {
        ups.heard();
        String[] words = order.split(" ", 3);
        Outcome outcome = words[0].equals("SET")
                ? driver.setvar(words[1], words[2])
                : driver.instcmd(words[1], words.length == 3 ? Optional.of(words[2]) : Optional.empty());
        return (order + ": " + outcome.code() + " " + String.join(" ", ups.heard())).strip();
    }

    /// C's driver calls a value that cannot be an unknown variable.
    private static String normal(String line) {
        return line.replaceFirst(": [12]$", ": refused");
    }

    private static String sorted(List<String> lines) {
        return String.join(
                "\n",
                lines.stream()
                        .map(RecordedTest::number)
                        .filter(line -> !line.contains(" device.type \"ups\""))
                        .sorted()
                        .toList());
    }

    /// The same number with other zeros is the same.
    private static String number(String line) {
        int quote = line.indexOf('"');
        if (!line.startsWith("SETINFO") || quote < 0) {
            return line;
        }
        var number = Numbers.plain(line.substring(quote + 1, line.length() - 1));
        return number.isPresent() ? line.substring(0, quote) + number.getAsDouble() : line;
    }
}
