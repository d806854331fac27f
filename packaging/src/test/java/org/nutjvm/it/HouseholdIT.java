package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What stands about in a household: a primary, and around it a station that knows a UPS called `ups` with `monuser`
/// and `secret` as Synology's do, and secondaries as Debian's packages have them set up, of both makers.
@ExtendWith(LogsOnFailure.class)
class HouseholdIT {
    /// The directives of Debian's upsmon.conf that are not comments, with its values but for those that only take time.
    private static final String DEBIAN = """
            MINSUPPLIES 1
            POLLFREQ 1
            POLLFREQALERT 1
            HOSTSYNC 15
            DEADTIME 15
            RBWARNTIME 43200
            NOCOMMWARNTIME 300
            FINALDELAY 0
            """;

    @ParameterizedTest
    @EnumSource(Maker.class)
    void allGoDownBeforeThePrimary(Maker server) throws IOException {
        try (var stack = Stack.of(new Roles(server, Maker.OURS), List.of("ups"))) {
            var upsmons = new ArrayList<Upsmon>();
            try {
                var at = "ups@127.0.0.1:" + stack.port();
                for (var maker : Maker.values()) {
                    upsmons.add(
                            new Upsmon(stack, maker, maker + "-synology", "MONITOR " + at + " 1 monuser secret slave"));
                    upsmons.add(new Upsmon(
                            stack, maker, maker + "-debian", DEBIAN + Upsmon.monitor(stack, "ups", "secondary")));
                }
                upsmons.getLast().awaitLogin("ups", upsmons.size());
                var primary =
                        new Upsmon(stack, Maker.OURS, "primary", DEBIAN + Upsmon.monitor(stack, "ups", "primary"));
                upsmons.add(primary.awaitLogin("ups", upsmons.size() + 1));
                stack.status("ups", "OB DISCHRG");
                for (var upsmon : upsmons) {
                    upsmon.awaitNotice("1 ONBATT " + at);
                }
                stack.status("ups", "OB LB");
                assertEquals(0, primary.proc().awaitExit(Duration.ofSeconds(40)));
                for (var upsmon : upsmons) {
                    assertEquals(0, upsmon.proc().awaitExit(Duration.ofSeconds(10)));
                    assertEquals("down\n", upsmon.downs());
                    assertTrue(Files.getLastModifiedTime(upsmon.file("down"))
                                    .compareTo(Files.getLastModifiedTime(primary.file("down")))
                            <= 0);
                }
            } finally {
                upsmons.forEach(Upsmon::close);
            }
        }
    }
}
