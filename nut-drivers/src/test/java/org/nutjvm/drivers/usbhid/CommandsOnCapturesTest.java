package org.nutjvm.drivers.usbhid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.nutjvm.drivers.hid.HidCorpus;
import org.nutjvm.drivers.hidups.PlayedDevice;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.TestDevice;

/// Commands to recorded devices through the whole driver: the bytes on the bus are those the C driver sent.
class CommandsOnCapturesTest {
    /// Everything that switches load, beeper or a test, and on how many devices at least.
    private static final List<String> COMMANDS = List.of(
            "load.off",
            "load.on",
            "load.off.delay",
            "load.on.delay",
            "shutdown.default",
            "shutdown.return",
            "shutdown.stayoff",
            "shutdown.stop",
            "shutdown.reboot",
            "beeper.enable",
            "beeper.disable",
            "beeper.mute",
            "beeper.on",
            "beeper.off",
            "beeper.toggle",
            "test.battery.start",
            "test.battery.start.quick",
            "test.battery.start.deep",
            "test.battery.stop",
            "test.panel.start",
            "test.panel.stop");

    private record Request(String command, int status, List<String> sent) {}

    @Test
    void bytesOnTheBusAreThoseOfTheCDriver() throws Exception {
        var wrong = new ArrayList<String>();
        var tried = new TreeMap<String, Integer>();
        for (String name : HidCorpus.devices()) {
            Path file = HidCorpus.golden(name, "commands.txt");
            if (!Files.exists(file)) {
                continue;
            }
            for (var request : requests(file)) {
                if (request.status() == 0 && !request.sent().isEmpty()) {
                    var sent = sent(name, request);
                    tried.merge(request.command(), 1, Integer::sum);
                    if (!sent.equals(request.sent())) {
                        wrong.add(name + " " + request.command() + ": C " + request.sent() + ", we " + sent);
                    }
                }
            }
        }
        assertEquals("", String.join("\n", wrong));
        var missing = new TreeSet<>(COMMANDS);
        missing.removeAll(tried.keySet());
        assertEquals(new TreeSet<>(), missing, "commands on no capture");
        assertTrue(tried.values().stream().mapToInt(Integer::intValue).sum() > 200, tried.toString());
    }

    private static List<String> sent(String name, Request request) throws IOException, DriverException {
        var ups = FakeUsb.Ups.of(PlayedDevice.load(name));
        var bus = new FakeUsb();
        bus.plugged.add(ups);
        var device = new TestDevice(Path.of("."), "auto");
        device.options.put("pollonly", "");
        try (var driver = new UsbHidProgram(() -> bus, 0, 0).initups(device)) {
            driver.initinfo(device.dstate());
            device.passMillis(2000);
            if (!ups.features.isEmpty()) {
                driver.updateinfo(device.dstate());
            }
            assertEquals(Outcome.HANDLED, order(driver, request.command()), name + " " + request.command());
        }
        return ups.sent;
    }

    private static Outcome order(Driver driver, String command) throws IOException {
        return command.equals("shutdown.default") ? driver.shutdown() : driver.instcmd(command, Optional.empty());
    }

    private static List<Request> requests(Path file) throws IOException {
        var all = new ArrayList<Request>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("INSTCMD ") && line.indexOf(' ', 8) < 0) {
                int tab = line.indexOf('\t');
                int status = Integer.parseInt(line.substring(tab + "\tstatus=".length()));
                all.add(new Request(line.substring(8, tab), status, new ArrayList<>()));
            } else if (line.startsWith("INSTCMD ") || line.startsWith("SET ")) {
                all.add(new Request("", 1, new ArrayList<>()));
            } else if (line.startsWith("\t") && !all.isEmpty()) {
                all.getLast().sent().add(withReportId(line));
            }
        }
        return all;
    }

    /// C sends 0 for the id within a report that it could never read; we send the id.
    private static String withReportId(String line) {
        String id = line.substring(line.indexOf("id=0x") + 5, line.indexOf(" len="));
        String bytes = line.substring(line.indexOf(": ") + 2).strip();
        return bytes.startsWith("00") ? id + bytes.substring(2) : bytes;
    }
}
