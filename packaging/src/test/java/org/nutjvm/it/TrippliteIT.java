package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/// tripplite and a UPS on a pseudo terminal: beside C's driver, with a bad line, without its port, and with
/// the order to switch off.
@ExtendWith(LogsOnFailure.class)
@Timeout(120)
class TrippliteIT {
    private static final List<String> ORDERS = List.of(
            "INSTCMD test.battery.start",
            "INSTCMD load.on",
            "INSTCMD load.off",
            "INSTCMD outlet.1.load.off",
            "INSTCMD outlet.1.load.on",
            "INSTCMD outlet.2.load.off",
            "INSTCMD outlet.2.load.on",
            "INSTCMD no.such.command",
            "INSTCMD shutdown.reboot",
            "INSTCMD shutdown.reboot.graceful",
            "INSTCMD shutdown.return",
            "INSTCMD shutdown.stayoff",
            "SET ups.delay.shutdown 31",
            "SET ups.delay.start 4000",
            "SET ups.delay.reboot 7",
            "SET ups.load 1",
            "INSTCMD shutdown.reboot.graceful",
            "INSTCMD shutdown.return");

    /// What is only asked for.
    private static final Set<String> QUESTIONS = Set.of(":W", ":L", ":V", ":X", ":D", ":B", ":M", ":I", ":C");

    private static final String ON_LINE = "11780280A000140025258";
    private static final String ON_BATTERY = "01000160A000140025258";

    @RegisterExtension
    final SerialRigs rigs = new SerialRigs("tripplite");

    /// A device that says a command again, answers it, and keeps what it hears.
    static final class Played implements IntFunction<byte[]> {
        private final Map<String, String> answers = new HashMap<>(
                Map.of(":W", "84", ":L", "60", ":V", "12", ":X", "20", ":B", "84", ":M", "7B", ":I", "70", ":C", "0"));
        private final StringBuilder command = new StringBuilder();
        private final List<String> orders = new ArrayList<>();

        Played() {
            answer(":D", ON_LINE);
        }

        final synchronized void answer(String asked, String said) {
            answers.put(asked, said);
        }

        @Override
        public synchronized byte[] apply(int c) {
            if (c != '\r') {
                command.append((char) c);
                return new byte[0];
            }
            String asked = command.toString();
            command.setLength(0);
            if (!QUESTIONS.contains(asked)) {
                orders.add(asked);
            }
            String said = asked + "\r\n" + answers.getOrDefault(asked, "OK") + "\r\n";
            return said.getBytes(StandardCharsets.ISO_8859_1);
        }

        synchronized List<String> orders() {
            var all = List.copyOf(orders);
            orders.clear();
            return all;
        }
    }

    private SerialRig rig(Maker maker, Played device, String... words) {
        var all = new ArrayList<>(Arrays.asList(words));
        all.addAll(List.of("-x", "rebootdelay=99"));
        return rigs.start(maker, device, all.toArray(String[]::new));
    }

    @Test
    void valuesFlagsCommandsAndBytesAreCs() {
        rigs.compare(this::story);
    }

    private List<String> story(Maker maker) {
        var device = new Played();
        var rig = rig(maker, device, "-F", "-i", "1");
        rig.awaitData();
        var story = new ArrayList<String>();
        // C pads some numbers with blanks.
        rig.dump().forEach(line -> story.add(line.replaceAll("\" +", "\"")));
        for (String order : ORDERS) {
            String outcome = rig.order(order);
            boolean told = !order.startsWith("SET") && !order.contains("no.such");
            story.add(order + ": " + (told ? outcome : "") + ' ' + device.orders());
        }
        for (String name : List.of("ups.delay.shutdown", "ups.delay.start", "ups.delay.reboot")) {
            story.add(name + " " + rig.value(name));
        }
        var off = new Played();
        var kill = rig(maker, off, "-k");
        story.add("-k: " + kill.driver.awaitExit(Await.LONG) + ' ' + off.orders());
        return story;
    }

    @Test
    void badLineMakesDataStaleAndNeverWrong() {
        var device = new Played();
        var rig = rig(Maker.OURS, device, "-F", "-i", "1");
        rig.awaitData();
        var good = rig.values();
        // Half an answer, one with a letter that is no digit, one with a voltage that cannot be, another's.
        for (String bad : List.of("1178028", "117?0280A000140025258", "11780280A000140025FFF", ":B\r\n84")) {
            device.answer(":D", bad);
            Await.until(bad + " makes it stale", rig::stale);
            assertEquals(good, rig.values(), bad);
            device.answer(":D", ON_LINE);
            Await.until("it recovers from " + bad, () -> !rig.stale());
            assertEquals(good, rig.values(), bad);
        }
        device.answer(":D", ON_BATTERY);
        Await.until("LB OB", () -> rig.value("ups.status").equals("\"LB OB\""));
    }

    @Test
    void portGoesAndComesBack() {
        var device = new Played();
        var rig = rig(Maker.OURS, device, "-F", "-i", "1");
        rig.awaitData();
        rig.replug(device, () -> device.answer(":D", ON_BATTERY));
        assertEquals("\"LB OB\"", rig.value("ups.status"));
        assertFalse(rig.driver.log().contains("Exception"), rig.driver.log());
    }
}
