package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A site with two hundred UPSes and one upsmon for all of them.
@ExtendWith(LogsOnFailure.class)
class CrowdIT {
    private static final int UPSES = 200;
    private static final int FAILING = 50;

    @ParameterizedTest
    @EnumSource(Maker.class)
    void fiftyOfTwoHundredFailAtOnce(Maker server) {
        try (var stack = new Stack(new Roles(server, Maker.OURS))) {
            var sections = new StringBuilder();
            for (int i = 0; i < UPSES; i++) {
                sections.append("[u").append(i).append("]\n  driver = dummy-ups\n  port = none\n");
            }
            stack.box().write("ups.conf", sections.toString());
            var drivers = new ArrayList<FakeDriver>();
            try {
                for (int i = 0; i < UPSES; i++) {
                    drivers.add(new FakeDriver(
                            stack.box().state(), "dummy-ups", "u" + i, "SETINFO ups.status \"OL\"\nDATAOK\n"));
                }
                stack.startUpsd();
                watch(stack, drivers);
            } finally {
                drivers.forEach(FakeDriver::close);
            }
        }
    }

    private static void watch(Stack stack, List<FakeDriver> drivers) {
        var lines = IntStream.range(0, UPSES).mapToObj(i -> Upsmon.monitor(stack, "u" + i, "primary"));
        var all = lines.collect(Collectors.joining("\n"));
        // One more than is left when so many are low.
        try (var upsmon = new Upsmon(
                        stack, Maker.OURS, "crowd", all, "MINSUPPLIES " + (UPSES - FAILING + 1), "FINALDELAY 1");
                var wire = stack.wire()) {
            Await.until(
                    "all are logged in to",
                    () -> IntStream.range(0, UPSES)
                            .allMatch(i -> wire.ask("GET NUMLOGINS u" + i).equals("NUMLOGINS u" + i + " 1")));
            for (var driver : drivers.subList(0, FAILING)) {
                driver.say("SETINFO ups.status \"OB DISCHRG\"\n");
            }
            var told = Await.value(
                    FAILING + " notices",
                    Await.LONG,
                    () -> upsmon.notices()
                            .lines()
                            .filter(l -> l.startsWith("1 ONBATT "))
                            .toList(),
                    seen -> seen.size() >= FAILING);
            assertEquals(FAILING, told.size());
            for (int i = 0; i < FAILING; i++) {
                var sys = "u" + i + "@127.0.0.1:" + stack.port();
                assertTrue(told.contains("1 ONBATT " + sys + " UPS " + sys + " on battery"), sys);
            }
            assertEquals("", upsmon.downs());
            for (var driver : drivers.subList(0, FAILING)) {
                driver.say("SETINFO ups.status \"OB DISCHRG LB\"\n");
            }
            assertEquals(0, upsmon.proc().awaitExit(Duration.ofSeconds(40)));
            assertEquals("down\n", upsmon.downs());
            for (int i = 0; i < UPSES; i++) {
                var status = wire.ask("GET VAR u" + i + " ups.status");
                assertTrue(status.contains("\"FSD "), status);
            }
        }
    }
}
