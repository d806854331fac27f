package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/// powercom and a UPS on a pseudo terminal: beside C's driver, with a bad line, without its port, and with
/// the order to switch off.
@ExtendWith(LogsOnFailure.class)
@Timeout(120)
class PowercomIT {
    /// What a device says, and the settings for it.
    private record Case(String answer, List<String> settings) {}

    private static final List<Case> CASES = List.of(
            new Case("19a67b5e5e005e00000004", List.of("type=Trust", "manufacturer=Trust", "serialnumber=7")),
            new Case("2cad6d055f005e000001004bb8000077", List.of("type=KIN")),
            new Case("30c66d6d6000610000000042890000ff", List.of("type=BNT", "nobt", "modelname=Knight")),
            new Case(
                    "32646464320000000000000000000000",
                    List.of("type=BNT-other", "linevoltage=110", "frequency={0.0004,0}", "voltage={2,0,1.1,0.5}")));

    /// The last ones end C's driver of NUT 2.8.0.
    private static final List<String> ORDERS =
            List.of("INSTCMD test.battery.start", "INSTCMD no.such.command", "SET ups.load 1");

    @RegisterExtension
    final SerialRigs rigs = new SerialRigs("powercom");

    /// A device that answers as it is told to, and keeps what it hears.
    private static final class Played implements IntFunction<byte[]> {
        private byte[] answer;
        private final StringBuilder heard = new StringBuilder();

        Played(String answer) {
            answer(answer);
        }

        final synchronized void answer(String hex) {
            answer = HexFormat.of().parseHex(hex);
        }

        @Override
        public synchronized byte[] apply(int c) {
            heard.append(HexFormat.of().toHexDigits((byte) c));
            return c == 1 ? answer : new byte[0];
        }

        synchronized String heard() {
            return heard.toString();
        }

        /// What it heard, but for questions.
        String orders() {
            return heard().replace("01", "");
        }
    }

    private SerialRig rig(Maker maker, Played device, List<String> settings, String... words) {
        var all = new ArrayList<>(Arrays.asList(words));
        for (String setting : settings) {
            all.addAll(List.of("-x", setting));
        }
        return rigs.start(maker, device, all.toArray(String[]::new));
    }

    @Test
    void valuesFlagsCommandsAndBytesAreCs() {
        rigs.needC();
        var checks = new ArrayList<Executable>();
        try (var side = Executors.newFixedThreadPool(8)) {
            for (Case one : CASES) {
                var c = CompletableFuture.supplyAsync(() -> story(Maker.C, one), side);
                var ours = CompletableFuture.supplyAsync(() -> story(Maker.OURS, one), side);
                checks.add(() -> assertEquals(
                        String.join("\n", c.join()), String.join("\n", ours.join()), one.settings.toString()));
            }
            assertAll(checks);
        }
    }

    private List<String> story(Maker maker, Case one) {
        var device = new Played(one.answer);
        var rig = rig(maker, device, one.settings, "-F", "-i", "1");
        rig.awaitData();
        var story = new ArrayList<>(rig.dump());
        for (String order : ORDERS) {
            String outcome = rig.order(order);
            story.add(order + ": " + (order.contains("no.such") || order.startsWith("SET") ? "" : outcome));
        }
        story.add(last(rig, device, "INSTCMD shutdown.stayoff"));
        var off = new Played(one.answer);
        var settings = new ArrayList<>(one.settings);
        settings.add("nobt");
        var kill = rig(maker, off, settings, "-k");
        story.add("-k: " + kill.driver.awaitExit(Await.LONG) + ' ' + orders(off, "bc"));
        return story;
    }

    /// C's driver of NUT 2.8.0 ends with this order.
    private static String last(SerialRig rig, Played device, String order) {
        try {
            rig.order(order);
        } catch (UncheckedIOException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("hung up"), e.getMessage());
        }
        return order + ": " + orders(device, "ba");
    }

    /// What the device heard, with an order and what belongs to it.
    private static String orders(Played device, String order) {
        Await.until("order " + order, () -> device.orders().matches(".*" + order + "..+"));
        return device.orders();
    }

    @Test
    void badLineMakesDataStaleAndNeverWrong() {
        var device = new Played("30c66d6d6000610000000042890000ff");
        var rig = rig(Maker.OURS, device, List.of("type=BNT"), "-F", "-i", "1");
        rig.awaitData();
        var good = rig.values();
        // Half of it, one with another byte where it has always the same, and one with an echo before it.
        for (String bad :
                List.of("30c66d6d60006100", "30c66d6d6000610001000042890000ff", "0130c66d6d6000610000000042890000ff")) {
            device.answer(bad);
            Await.until(bad + " makes it stale", rig::stale);
            assertEquals(good, rig.values(), bad);
            device.answer("30c66d6d6000610000000042890000ff");
            Await.until("it recovers from " + bad, () -> !rig.stale());
            assertEquals(good, rig.values(), bad);
        }
        device.answer("30c6006d6000610000030042890000ff");
        Await.until("OB LB", () -> rig.value("ups.status").equals("\"OB LB\""));
        assertTrue(rig.driver.alive());
    }

    @Test
    void portGoesAndComesBack() {
        var device = new Played("30c66d6d6000610000000042890000ff");
        var rig = rig(Maker.OURS, device, List.of("type=BNT"), "-F", "-i", "1");
        rig.awaitData();
        rig.replug(device, () -> device.answer("30c6006d6000610000010042890000ff"));
        assertEquals("\"OB\"", rig.value("ups.status"));
        assertFalse(rig.driver.log().contains("Exception"), rig.driver.log());
    }

    @Test
    void silentDeviceIsSwitchedOffAllTheSame() {
        var device = new Played("");
        var rig = rig(Maker.OURS, device, List.of("type=KIN", "shutdownArguments={{2,5},y}"), "-k");
        assertEquals(0, rig.driver.awaitExit(Await.LONG), rig.driver.log());
        Await.until("the order", () -> device.heard().endsWith("b9bc0205"));
        assertFalse(device.heard().contains("03"), "no test of the battery");
    }
}
