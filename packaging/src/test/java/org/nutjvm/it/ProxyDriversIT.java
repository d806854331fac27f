package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Drivers that follow other drivers: clone and clone-outlet with C's beside them, failover with two devices.
@ExtendWith(LogsOnFailure.class)
class ProxyDriversIT {
    private static final String OUTLET = """
            ups.mfr: Example
            ups.status: %s
            battery.charge: %d
            battery.charge.low: 20
            battery.runtime: 1000
            outlet.1.status: %s
            outlet.1.delay.shutdown: 20
            outlet.1.timer.shutdown: %d
            ups.delay.shutdown: 5
            """;

    private final int port = Sandbox.freePort();

    private static String clones(Maker maker, Maker real, int offdelay) {
        return """
                [clone%1$s]
                    driver = clone
                    port = dummy-ups-real%2$s
                    mincharge = 30
                    minruntime = 60
                    offdelay = %3$d
                    ondelay = 600
                [outlet%1$s]
                    driver = clone-outlet
                    port = dummy-ups-real%2$s
                    prefix = outlet.1
                """.formatted(maker, real, offdelay);
    }

    private Sandbox box(String ups) {
        var box = new Sandbox();
        box.write("ups.conf", "pollinterval = 1\n" + ups);
        box.write("upsd.conf", "LISTEN 127.0.0.1 " + port + "\nMAXAGE 5\n");
        box.write("upsd.users", "[admin]\npassword = x\nactions = SET\ninstcmds = ALL\n");
        return box;
    }

    private static String dummy(String name) {
        return "[%1$s]\n    driver = dummy-ups\n    port = %1$s.dev\n    mode = dummy-once\n".formatted(name);
    }

    private String upsc(Sandbox box, String ups, String variable) {
        var result = box.run(Maker.OURS, "upsc", ups + "@localhost:" + port, variable);
        return result.exit() == 0 ? result.out().strip() : result.firstError();
    }

    /// Everything told of a device but what drivers tell of themselves.
    private Map<String, String> told(Sandbox box, String ups) {
        var told = new TreeMap<String, String>();
        for (String line : box.run(Maker.OURS, "upsc", ups + "@localhost:" + port)
                .out()
                .lines()
                .toList()) {
            int colon = line.indexOf(": ");
            if (colon > 0 && !line.startsWith("driver.")) {
                told.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        return told;
    }

    /// Waits until both makers' clones say so, and compares all they tell.
    private void agree(Sandbox box, String what, String clone, String outlet) {
        for (String kind : new String[] {"clone", "outlet"}) {
            var wanted = words(kind.equals("clone") ? clone : outlet);
            for (Maker maker : Maker.values()) {
                Await.value(what, Await.LONG, () -> words(upsc(box, kind + maker, "ups.status")), wanted::equals);
            }
            var theirs = told(box, kind + Maker.C);
            var ours = told(box, kind + Maker.OURS);
            for (var values : List.of(theirs, ours)) {
                // 2.8.0 prints them shorter than 2.8.5.
                values.replaceAll((name, value) -> name.endsWith(".low") ? value.replaceAll("\\.0+$", "") : value);
                values.remove("ups.status");
            }
            assertEquals(theirs, ours, kind + ": " + what);
        }
    }

    /// 2.8.0 has them in another order.
    private static Set<String> words(String status) {
        return new TreeSet<>(List.of(status.split(" ", -1)));
    }

    @ParameterizedTest
    @EnumSource(Maker.class)
    void clonesTellWhatTheirsTell(Maker real) {
        Maker.C.program("clone");
        try (var box = box(dummy("real" + real) + clones(Maker.C, real, 600) + clones(Maker.OURS, real, 600))) {
            String file = "real" + real + ".dev";
            box.write(file, OUTLET.formatted("OL", 80, "on", -1));
            box.daemon(real, "dummy-ups", "-a", "real" + real, "-F");
            var socket = box.state().resolve("dummy-ups-real" + real);
            Await.until("the device's socket", () -> Files.exists(socket));
            for (Maker maker : Maker.values()) {
                box.daemon(maker, "clone", "-a", "clone" + maker, "-F");
                box.daemon(maker, "clone-outlet", "-a", "outlet" + maker, "-F");
            }
            box.daemon(Maker.OURS, "upsd", "-F");
            agree(box, "on line", "OL", "OL");
            box.write(file, OUTLET.formatted("OB DISCHRG", 50, "on", 7));
            agree(box, "on battery, outlet counting down", "OB DISCHRG", "OB DISCHRG FSD");
            box.write(file, OUTLET.formatted("OL CHRG", 60, "off", -1));
            agree(box, "outlet off", "OL CHRG", "OL CHRG OFF");
            // C's 2.8.0 crashes here.
            box.write(file, OUTLET.formatted("OB LB", 29, "on", -1));
            Await.until(
                    "the shutdown for want of charge",
                    () -> words(upsc(box, "cloneOURS", "ups.status")).containsAll(List.of("OB", "LB", "FSD")));
        }
    }

    @Test
    void aDeadDriverIsNoDeviceOnLine() {
        try (var box = box(dummy("realOURS") + clones(Maker.OURS, Maker.OURS, 2))) {
            box.write("realOURS.dev", OUTLET.formatted("OL", 80, "on", -1));
            var clone = box.daemon(Maker.OURS, "clone", "-a", "cloneOURS", "-F");
            clone.awaitLog("Can't connect to UPS [dummy-ups-realOURS]: No such file or directory");
            box.daemon(Maker.OURS, "upsd", "-F");
            var real = box.daemon(Maker.OURS, "dummy-ups", "-a", "realOURS", "-F");
            Await.until("data", () -> upsc(box, "cloneOURS", "ups.status").equals("OL"));
            var done = box.run(
                    Maker.OURS,
                    "upscmd",
                    "-w",
                    "-u",
                    "admin",
                    "-p",
                    "x",
                    "cloneOURS@localhost:" + port,
                    "shutdown.return");
            assertEquals(0, done.exit(), done.err());
            assertEquals("OL FSD", upsc(box, "cloneOURS", "ups.status"));
            real.kill();
            Await.until("the loss", () -> upsc(box, "cloneOURS", "ups.status").contains("stale"));
            box.daemon(Maker.OURS, "dummy-ups", "-a", "realOURS", "-F");
            Await.until(
                    "the way back, the outlet's time being over",
                    () -> upsc(box, "cloneOURS", "ups.status").equals("OL OFF"));
            assertEquals(0, clone.count("Exception"), clone.log());
        }
    }

    @Test
    void theBetterDeviceIsShown() {
        try (var box = box(dummy("one") + dummy("two") + """
                [best]
                    driver = failover
                    port = dummy-ups-one,dummy-ups-two
                    fsdmode = 2
                    noprimarytime = 1
                """)) {
            box.write("one.dev", "ups.status: OL\nups.model: First\ninput.voltage: 230\n");
            box.write("two.dev", "ups.status: OL\nups.model: Second\n");
            var one = box.daemon(Maker.OURS, "dummy-ups", "-a", "one", "-F");
            var two = box.daemon(
                    Maker.C.find("dummy-ups").isPresent() ? Maker.C : Maker.OURS, "dummy-ups", "-a", "two", "-F");
            var best = box.daemon(Maker.OURS, "failover", "-a", "best", "-F");
            box.daemon(Maker.OURS, "upsd", "-F");
            Await.until("data", () -> upsc(box, "best", "ups.model").equals("First"));
            Await.until(
                    "both",
                    () -> upsc(box, "best", "driver.stats.online_drivers").equals("2"));
            box.write("one.dev", "ups.status: OB\nups.model: First\ninput.voltage: 0\n");
            Await.until("the other", () -> upsc(box, "best", "ups.model").equals("Second"));
            assertEquals("OL", upsc(box, "best", "ups.status"));
            assertEquals(
                    "Variable not supported by UPS",
                    upsc(box, "best", "input.voltage").replace("Error: ", ""));
            var set = box.run(
                    Maker.OURS,
                    "upsrw",
                    "-w",
                    "-s",
                    "ups.model=Changed",
                    "-u",
                    "admin",
                    "-p",
                    "x",
                    "best@localhost:" + port);
            assertEquals(0, set.exit(), set.err());
            Await.until(
                    "what was set there", () -> upsc(box, "two", "ups.model").equals("Changed"));
            two.kill();
            Await.until("the first again", () -> upsc(box, "best", "ups.status").equals("OB"));
            one.kill();
            Await.until(
                    "the forced shutdown", () -> upsc(box, "best", "ups.status").equals("ALARM FSD"));
            assertTrue(best.alive());
            assertEquals(0, best.count("Exception"), best.log());
        }
    }

    @Test
    void noneShutsDownWhatItFollows() {
        try (var box = box(dummy("one") + "[best]\n    driver = failover\n    port = dummy-ups-one\n"
                + clones(Maker.OURS, Maker.OURS, 2))) {
            for (String program : new String[] {"failover", "clone", "clone-outlet"}) {
                String section =
                        program.equals("failover") ? "best" : program.equals("clone") ? "cloneOURS" : "outletOURS";
                var off = box.run(Maker.OURS, program, "-a", section, "-k", "-u", System.getProperty("user.name"));
                assertEquals(1, off.exit(), off.err());
                assertTrue(off.err().contains("ot supported"), off.err());
            }
        }
    }
}
