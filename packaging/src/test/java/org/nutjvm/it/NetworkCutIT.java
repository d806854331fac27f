package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Secondaries in a network of their own, at the end of a virtual cable that is pulled: packets vanish, nothing is
/// refused and nothing is closed. Both makers' at once, at each maker's server. Needs root.
@ExtendWith(LogsOnFailure.class)
class NetworkCutIT {
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Maker.class)
    void aCutIsAReasonOnlyOnBattery(Maker server) {
        var cable = new Cable();
        open.add(cable);
        String here = cable.here();
        var stack = Stack.of(new Roles(server, Maker.OURS), List.of("ups"), here);
        open.add(stack);
        var upsmons = new ArrayList<Upsmon>();
        for (var maker : Maker.values()) {
            var upsmon = new Upsmon(
                    stack,
                    maker,
                    cable.inside(),
                    maker + "",
                    Upsmon.monitor(stack, "ups", "secondary").replace("127.0.0.1", here),
                    "DEADTIME 3",
                    "HOSTSYNC 2");
            open.add(upsmon);
            upsmons.add(upsmon);
            upsmon.awaitLogin("ups", upsmons.size());
        }
        cable.pull();
        upsmons.forEach(upsmon -> upsmon.awaitNotice("1 COMMBAD ups@" + here));
        cable.plugIn();
        upsmons.forEach(upsmon -> upsmon.awaitNotice("1 COMMOK ups@" + here));
        for (var upsmon : upsmons) {
            assertEquals("", upsmon.downs());
            assertTrue(upsmon.proc().alive());
        }
        stack.status("ups", "OB");
        upsmons.forEach(upsmon -> upsmon.awaitNotice("1 ONBATT ups@" + here));
        cable.pull();
        for (var upsmon : upsmons) {
            assertEquals(0, upsmon.proc().awaitExit(Duration.ofSeconds(40)));
            assertEquals("down\n", upsmon.downs());
            assertEquals("upsmon-shutdown-file", upsmon.flag());
        }
    }
}
