package org.nutjvm.drivers.shut;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nutjvm.drivers.hid.HidCorpus;
import org.nutjvm.drivers.hidups.PlayedDevice;
import org.nutjvm.drivers.port.PortLostException;
import org.nutjvm.drivers.shut.PlayedShut.Fault;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.TestDevice;

class ShutUpsTest {
    private static final String DEVICE = "eaton-5sc-1500i-r";
    private static final int CHARGE = 0x06;
    private static final long SECOND = 1_000_000_000L;

    private final TestDevice device = new TestDevice();
    private long slept;

    private static PlayedShut played(String name) throws IOException {
        var shut = new PlayedShut(name);
        shut.release = name.equals(DEVICE) ? 0x0202 : 0x0100;
        return shut;
    }

    private Driver started(PlayedShut shut) throws IOException, DriverException {
        device.clock = () -> shut.line.nanoTime() + slept;
        Driver driver = new ShutProgram(shut.line.port()).initups(device);
        driver.initinfo(device.dstate());
        poll(driver);
        shut.asked.clear();
        return driver;
    }

    /// Two seconds later.
    private void poll(Driver driver) throws IOException {
        slept += 2 * SECOND;
        driver.updateinfo(device.dstate());
    }

    /// Half a minute later, when everything is due.
    private void pollAll(Driver driver) throws IOException {
        slept += 31 * SECOND;
        driver.updateinfo(device.dstate());
    }

    private static Map<String, String> published(Dstate dstate) {
        var all = new TreeMap<String, String>();
        dstate.tree().vars().forEach((name, variable) -> {
            if (!name.startsWith("driver.") && !name.startsWith("device.")) {
                all.put(name, variable.value());
            }
        });
        return all;
    }

    private static Map<String, String> golden(String name) throws IOException {
        var all = new TreeMap<String, String>();
        for (String line : Files.readAllLines(HidCorpus.golden(name, "upsc.txt"))) {
            int colon = line.indexOf(": ");
            if (!line.startsWith("driver.") && !line.startsWith("device.")) {
                all.put(
                        colon < 0 ? line.substring(0, line.length() - 1) : line.substring(0, colon),
                        colon < 0 ? "" : line.substring(colon + 2));
            }
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {DEVICE, "eaton-3s-700", "santak-tg-box-850"})
    void valuesAreThoseThatCReadsOverUsb(String name) throws IOException, DriverException {
        started(played(name));
        assertEquals(golden(name), published(device.dstate()));
    }

    @ParameterizedTest
    @ValueSource(strings = {DEVICE, "eaton-3s-700", "santak-tg-box-850"})
    void ordersSendTheReportsThatCSendsOverUsb(String name) throws IOException, DriverException {
        var shut = played(name);
        var driver = started(shut);
        var wrong = new ArrayList<String>();
        int orders = 0;
        String order = "";
        var expected = new ArrayList<String>();
        var lines = new ArrayList<>(Files.readAllLines(HidCorpus.golden(name, "commands.txt")));
        lines.add("INSTCMD end status=2");
        for (String line : lines) {
            if (line.startsWith("\t")) {
                expected.add(line.substring(line.indexOf(": ") + 2).replace(" ", ""));
            } else if (!line.startsWith("#")) {
                if (!order.isEmpty() && !order.startsWith("INSTCMD shutdown.default")) {
                    orders++;
                    Outcome outcome = obeyed(driver, order.substring(0, order.indexOf("\tstatus=")));
                    var sent = new ArrayList<>(shut.written);
                    if (!order.endsWith("=" + outcome.code()) || !same(expected, sent)) {
                        wrong.add(order + ": C " + expected + ", we " + outcome + sent);
                    }
                }
                expected.clear();
                shut.written.clear();
                order = line;
            }
        }
        assertEquals("", String.join("\n", wrong));
        assertTrue(orders > 10, orders + " orders");
    }

    /// C sends 0 for the id of a report it could never read.
    private static boolean same(List<String> c, List<String> ours) {
        boolean same = c.size() == ours.size();
        for (int i = 0; same && i < c.size(); i++) {
            same = c.get(i).equals(ours.get(i))
                    || (c.get(i).startsWith("00")
                            && c.get(i).substring(2).equals(ours.get(i).substring(2)));
        }
        return same;
    }

    private static Outcome obeyed(Driver driver, String order) throws IOException {
        String[] words = order.split(" ", 3);
        if (words[0].equals("SET")) {
            return driver.setvar(words[1], words[2].replace("\"", ""));
        }
        return driver.instcmd(words[1], words.length > 2 ? Optional.of(words[2]) : Optional.empty());
    }

    @Test
    void longReportIsSentInSeveralFrames() throws IOException, DriverException {
        var shut = played(DEVICE);
        started(shut);
        var transport = new ShutTransport(new ShutLink(shut.line));
        for (int length : new int[] {7, 8, 9, 16, 17}) {
            byte[] report = new byte[length];
            for (int i = 0; i < length; i++) {
                report[i] = (byte) (i + 1);
            }
            shut.written.clear();
            transport.setReport(report);
            assertEquals(List.of(java.util.HexFormat.of().formatHex(report)), shut.written);
        }
    }

    @Test
    void deviceThatIsOffIsStaleWithinSecondsAndComesBack() throws IOException, DriverException {
        var shut = played(DEVICE);
        var driver = started(shut);
        var good = published(device.dstate());
        shut.on = false;
        long begin = shut.line.nanoTime();
        assertThrows(IOException.class, () -> poll(driver));
        assertTrue(shut.line.nanoTime() - begin < 8 * SECOND, "silence took " + (shut.line.nanoTime() - begin));
        assertThrows(IOException.class, () -> poll(driver));
        assertThrows(IOException.class, () -> driver.instcmd("beeper.mute", Optional.empty()));
        assertEquals(good, published(device.dstate()));
        shut.on = true;
        poll(driver);
        assertEquals(good, published(device.dstate()));
    }

    @Test
    void deviceThatIsOffAtStartEndsTheDriver() throws IOException {
        var shut = played(DEVICE);
        shut.on = false;
        var why = assertThrows(IOException.class, () -> started(shut));
        assertTrue(String.valueOf(why.getMessage()).contains("does not speak SHUT"), why.getMessage());
        assertTrue(shut.line.log.contains("close"));
    }

    @Test
    void lineThatEchoesIsNoDevice() throws IOException {
        var shut = played(DEVICE);
        shut.echoes = true;
        var why = assertThrows(IOException.class, () -> started(shut));
        assertEquals("the line echoes", why.getMessage());
    }

    @Test
    void portThatGoesIsOpenedAgain() throws IOException, DriverException {
        var shut = played(DEVICE);
        var driver = started(shut);
        shut.line.broken = new PortLostException(new IOException("Input/output error"));
        shut.line.log.clear();
        assertThrows(IOException.class, () -> poll(driver));
        assertTrue(shut.line.log.contains("close"));
        shut.line.shut = new IOException("no such file");
        assertThrows(IOException.class, () -> poll(driver));
        shut.line.broken = null;
        shut.line.shut = null;
        shut.ups.features.put(CHARGE, charge(shut, 42));
        poll(driver);
        assertTrue(shut.line.log.contains("open /dev/ttyS0 2400"));
        assertEquals("42", device.dstate().getinfo("battery.charge"));
    }

    private static byte[] charge(PlayedShut shut, int percent) {
        byte[] report = shut.ups.features.getOrDefault(CHARGE, new byte[0]).clone();
        report[1] = (byte) percent;
        return report;
    }

    @Test
    void anotherDeviceIsReadFromScratch() throws IOException, DriverException {
        var shut = played(DEVICE);
        var driver = started(shut);
        assertTrue(device.dstate().tree().cmds().contains("test.battery.start.deep"));
        shut.on = false;
        assertThrows(IOException.class, () -> poll(driver));
        shut.on = true;
        shut.ups = PlayedDevice.load("santak-tg-box-850");
        shut.release = 0x0100;
        poll(driver);
        assertEquals(golden("santak-tg-box-850"), published(device.dstate()));
    }

    @Test
    void refusedReportIsNoLossAndNothingElseSuffers() throws IOException, DriverException {
        var shut = played(DEVICE);
        var driver = started(shut);
        var good = published(device.dstate());
        shut.ups.features.remove(CHARGE);
        pollAll(driver);
        assertEquals(good, published(device.dstate()));
    }

    @Test
    void notificationIsAcknowledgedAndNotTakenForAnAnswer() throws IOException, DriverException {
        var shut = played(DEVICE);
        var driver = started(shut);
        var good = published(device.dstate());
        byte[] news = FrameReader.frame(FrameReader.NOTIFY, true, charge(shut, 11), 0, 2);
        for (int i = 0; i < 4; i++) {
            shut.faults.add(said -> joined(news, said));
        }
        pollAll(driver);
        assertEquals(good, published(device.dstate()));
    }

    @Test
    void badFrameIsAskedForAgain() throws IOException, DriverException {
        var shut = played(DEVICE);
        var driver = started(shut);
        shut.line.log.clear();
        shut.faults.add(said -> said);
        shut.faults.add(said -> {
            byte[] bad = said.clone();
            bad[3] ^= 4;
            return bad;
        });
        poll(driver);
        String sent = shut.line.sent();
        assertEquals(1, sent.chars().filter(c -> c == 0x15).count());
        assertFalse(sent.contains("\u0018"), "a single bad frame needs no synchronisation");
    }

    /// Whatever happens to what the device says: either the poll fails, or what is published is what the device has.
    @Test
    void noFaultMakesAWrongValue() throws IOException, DriverException {
        var shut = played(DEVICE);
        var driver = started(shut);
        var random = new Random(20260101);
        int failed = 0;
        int good = 0;
        String status = words(device.dstate().getinfo("ups.status"));
        assertEquals("OL", status);
        String last = String.valueOf(device.dstate().getinfo("battery.charge"));
        for (int i = 0; i < 1500; i++) {
            int percent = 20 + random.nextInt(80);
            shut.ups.features.put(CHARGE, charge(shut, percent));
            shut.faults.clear();
            for (int skip = random.nextInt(60); skip > 0; skip--) {
                shut.faults.add(said -> said);
            }
            for (int n = random.nextInt(4); n > 0; n--) {
                shut.faults.add(fault(random));
            }
            try {
                pollAll(driver);
                good++;
            } catch (IOException e) {
                failed++;
            }
            String now = String.valueOf(device.dstate().getinfo("battery.charge"));
            if (!now.equals(last)) {
                assertEquals(Integer.toString(percent), now, "round " + i);
            }
            last = now;
            assertEquals(status, words(device.dstate().getinfo("ups.status")), "round " + i);
        }
        shut.faults.clear();
        pollAll(driver);
        assertEquals(last(shut), device.dstate().getinfo("battery.charge"));
        assertNotEquals(0, good);
        assertTrue(failed < good, failed + " failed, " + good + " good");
    }

    /// Without what the charge's way makes of it.
    private static String words(@Nullable String status) {
        return String.valueOf(status).replace(" CHRG", "").replace(" DISCHRG", "");
    }

    private static String last(PlayedShut shut) {
        return Integer.toString(shut.ups.features.getOrDefault(CHARGE, new byte[2])[1]);
    }

    private byte @Nullable [] heldBack;

    private Fault fault(Random random) {
        int kind = random.nextInt(8);
        int at = random.nextInt(1 << 16);
        return said -> switch (kind) {
            case 0 -> null;
            case 1 -> {
                byte[] flipped = said.clone();
                flipped[at % said.length] ^= (byte) (1 << (at % 7));
                yield flipped;
            }
            case 2 -> Arrays.copyOf(said, at % said.length);
            case 3 -> {
                byte[] less = new byte[said.length - 1];
                System.arraycopy(said, 0, less, 0, at % said.length);
                System.arraycopy(said, at % said.length + 1, less, at % said.length, less.length - at % said.length);
                yield less;
            }
            case 4 -> {
                int in = at % (said.length + 1);
                yield joined(
                        joined(Arrays.copyOf(said, in), new byte[] {(byte) at}),
                        Arrays.copyOfRange(said, in, said.length));
            }
            case 5 -> joined(said, said);
            case 6 -> {
                heldBack = said;
                yield null;
            }
            default -> {
                byte[] held = heldBack;
                heldBack = null;
                yield held == null ? new byte[] {0x15} : joined(held, said);
            }
        };
    }

    private static byte[] joined(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    @Test
    void settingsAreTakenOver() throws IOException, DriverException {
        device.options.putAll(Map.of("lowbatt", "33", "ondelay", "44", "offdelay", "22", "pollfreq", "55"));
        started(played(DEVICE));
        assertEquals("33", device.dstate().getinfo("battery.charge.low"));
        assertEquals("44", device.dstate().getinfo("ups.delay.start"));
        assertEquals("22", device.dstate().getinfo("ups.delay.shutdown"));
        assertEquals("55", device.dstate().getinfo("driver.parameter.pollfreq"));
    }

    @Test
    void shutdownIsReturnWithItsDelays() throws IOException, DriverException {
        var shut = played(DEVICE);
        var driver = started(shut);
        assertEquals(Outcome.HANDLED, driver.shutdown());
        assertEquals(List.of("7301", "0a1e000000", "0914000000"), shut.written);
    }
}
