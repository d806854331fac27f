package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
    private final Sandbox holder = new Sandbox();

    @SuppressWarnings("NullAway.Init") // each test begins with lay()
    private Proc network;

    private boolean laid;

    private final List<AutoCloseable> open = new ArrayList<>();

    // Of the block that is set aside for tests of networks; one pair for each process that may run this at once.
    private final int number = (int) (ProcessHandle.current().pid() % 16000) * 4;
    private final String net = "198.1" + (8 + number / 65536) + "." + number / 256 % 256 + ".";
    private final String here = net + (number % 256 + 1);
    private final String there = net + (number % 256 + 2);
    private final String cable = "nutit" + ProcessHandle.current().pid() % 16000;

    private void lay() {
        assumeTrue(Sandbox.root(), "only root can make a network of its own");
        network = holder.start(
                "network", List.of("unshare", "--net", "sh", "-c", "ip link set lo up && echo up && exec sleep 600"));
        Await.until("the network", () -> network.log().contains("up\n") || !network.alive());
        assumeTrue(network.alive(), () -> "no network of its own here: " + network.log());
        String pid = Long.toString(network.pid());
        ip("link", "add", cable, "type", "veth", "peer", "name", "far0", "netns", pid);
        laid = true;
        ip("addr", "add", here + "/30", "dev", cable);
        ip("link", "set", cable, "up");
        run(inside("ip", "addr", "add", there + "/30", "dev", "far0"));
        run(inside("ip", "link", "set", "far0", "up"));
    }

    private void ip(String... words) {
        var command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words));
        run(command);
    }

    private void run(List<String> command) {
        var result = holder.run(String.join(" ", command), command);
        assertEquals(0, result.exit(), result.err());
    }

    private List<String> inside(String... words) {
        var command = new ArrayList<>(List.of("nsenter", "--target", Long.toString(network.pid()), "--net"));
        command.addAll(List.of(words));
        return command;
    }

    @AfterEach
    void end() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
        if (laid) {
            ip("link", "del", cable);
        }
        holder.close();
    }

    @ParameterizedTest
    @EnumSource(Maker.class)
    void aCutIsAReasonOnlyOnBattery(Maker server) {
        lay();
        var stack = Stack.of(new Roles(server, Maker.OURS), List.of("ups"), here);
        open.add(stack);
        var upsmons = new ArrayList<Upsmon>();
        for (var maker : Maker.values()) {
            var upsmon = new Upsmon(
                    stack,
                    maker,
                    inside(),
                    maker + "",
                    Upsmon.monitor(stack, "ups", "secondary").replace("127.0.0.1", here),
                    "DEADTIME 3",
                    "HOSTSYNC 2");
            open.add(upsmon);
            upsmons.add(upsmon);
            upsmon.awaitLogin("ups", upsmons.size());
        }
        ip("link", "set", cable, "down");
        upsmons.forEach(upsmon -> upsmon.awaitNotice("1 COMMBAD ups@" + here));
        ip("link", "set", cable, "up");
        upsmons.forEach(upsmon -> upsmon.awaitNotice("1 COMMOK ups@" + here));
        for (var upsmon : upsmons) {
            assertEquals("", upsmon.downs());
            assertTrue(upsmon.proc().alive());
        }
        stack.status("ups", "OB");
        upsmons.forEach(upsmon -> upsmon.awaitNotice("1 ONBATT ups@" + here));
        ip("link", "set", cable, "down");
        for (var upsmon : upsmons) {
            assertEquals(0, upsmon.proc().awaitExit(Duration.ofSeconds(40)));
            assertEquals("down\n", upsmon.downs());
            assertEquals("upsmon-shutdown-file", upsmon.flag());
        }
    }
}
