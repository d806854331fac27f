package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A network of its own at the end of a virtual cable. Where the cable is pulled packets vanish, nothing is refused and
/// nothing is closed. Needs root.
final class Cable implements AutoCloseable {
    /// Networks of one process, each with four addresses.
    private static final int MOST = 4;

    private static final AtomicInteger MADE = new AtomicInteger();

    private final Sandbox holder = new Sandbox();
    private final Proc network;
    private final String name;
    private final String here;
    private boolean laid;

    /// Lays one; skips the test where that cannot be.
    @SuppressWarnings("this-escape")
    Cable() {
        assumeTrue(Sandbox.root(), "only root can make a network of its own");
        int turn = MADE.getAndIncrement() % MOST;
        long process = ProcessHandle.current().pid() % 8000;
        // Of the block that is set aside for tests of networks; some for each process that may run this at once.
        int number = (int) (process * MOST + turn) * 4;
        String net = "198.1" + (8 + number / 65536) + "." + number / 256 % 256 + ".";
        here = net + (number % 256 + 1);
        String there = net + (number % 256 + 2);
        name = "nutit" + process + "x" + turn;
        network = holder.start(
                "network", List.of("unshare", "--net", "sh", "-c", "ip link set lo up && echo up && exec sleep 86400"));
        try {
            Await.until("the network", () -> network.log().contains("up\n") || !network.alive());
            assumeTrue(network.alive(), () -> "no network of its own here: " + network.log());
            ip("link", "add", name, "type", "veth", "peer", "name", "far0", "netns", Long.toString(network.pid()));
            laid = true;
            ip("addr", "add", here + "/30", "dev", name);
            ip("link", "set", name, "up");
            run(inside("ip", "addr", "add", there + "/30", "dev", "far0"));
            run(inside("ip", "link", "set", "far0", "up"));
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /// The address of this machine, as those behind the cable see it.
    String here() {
        return here;
    }

    /// Words that put a command behind the cable.
    List<String> inside(String... words) {
        var command = new ArrayList<>(List.of("nsenter", "--target", Long.toString(network.pid()), "--net"));
        command.addAll(List.of(words));
        return command;
    }

    void pull() {
        ip("link", "set", name, "down");
    }

    void plugIn() {
        ip("link", "set", name, "up");
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

    @Override
    public void close() {
        try {
            if (laid) {
                ip("link", "del", name);
            }
        } finally {
            holder.close();
        }
    }
}
