package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a primary makes of what can happen to its devices, its driver and its server, with each side of either maker.
/// Nearly all of it is waiting, so the casts play at the same time.
@ExtendWith(LogsOnFailure.class)
class OutageIT {
    private final List<Site> sites = new ArrayList<>();

    /// One cast at its place.
    private static final class Site {
        private final Stack stack;
        private final Upsmon upsmon;

        Site(Maker server, Maker driver, Maker monitor, List<String> upses, List<String> more) {
            stack = Stack.of(new Roles(server, driver), upses);
            var lines = Stream.concat(more.stream(), upses.stream().map(ups -> Upsmon.monitor(stack, ups, "primary")));
            upsmon = new Upsmon(stack, monitor, "primary", lines.toArray(String[]::new));
            upses.forEach(ups -> upsmon.awaitLogin(ups, 1));
        }

        /// Waits until it was told of so often.
        void awaitNotices(String type, String ups, int times) {
            var line = "1 " + type + " " + at(ups) + " ";
            Await.value(
                    times + " times " + line,
                    Await.LONG,
                    upsmon::notices,
                    told -> told.lines().filter(l -> l.startsWith(line)).count() == times);
        }

        void awaitNotice(String type, String ups) {
            awaitNotices(type, ups, 1);
        }

        String at(String ups) {
            return ups + "@127.0.0.1:" + stack.port();
        }

        void close() {
            upsmon.close();
            stack.close();
        }

        void assertUp(String when) {
            assertEquals("", upsmon.downs(), when);
            assertTrue(upsmon.proc().alive(), when);
        }

        void assertGoesDownOnce() {
            assertEquals(0, upsmon.proc().awaitExit(Duration.ofSeconds(30)));
            assertEquals("down\n", upsmon.downs());
            assertEquals("upsmon-shutdown-file", upsmon.flag());
        }
    }

    private void begin(List<String> upses, String... more) {
        sites.add(new Site(Maker.OURS, Maker.OURS, Maker.OURS, upses, List.of(more)));
        sites.add(new Site(Maker.C, Maker.OURS, Maker.OURS, upses, List.of(more)));
        sites.add(new Site(Maker.OURS, Maker.C, Maker.C, upses, List.of(more)));
    }

    private void each(Consumer<Site> step) {
        sites.forEach(step);
    }

    /// Watches for a while that nobody goes down.
    private void hold(Duration time, String why) {
        long end = System.nanoTime() + time.toNanos();
        Await.until(why, () -> {
            each(site -> site.assertUp(why));
            return System.nanoTime() - end > 0;
        });
    }

    @AfterEach
    void end() {
        each(Site::close);
    }

    @Test
    void oneOfTwoSuppliesMayDieBothMayNot() {
        begin(List.of("one", "two"), "DEADTIME 2");
        each(site -> site.stack.status("one", "OB DISCHRG"));
        each(site -> site.awaitNotice("ONBATT", "one"));
        each(site -> site.stack.driver("one").kill());
        each(site -> site.awaitNotice("COMMBAD", "one"));
        hold(Duration.ofSeconds(4), "the other one feeds it");
        each(site -> site.stack.status("two", "OB"));
        each(site -> site.awaitNotice("ONBATT", "two"));
        each(site -> site.stack.upsd().kill());
        each(Site::assertGoesDownOnce);
        String log = sites.getFirst().upsmon.proc().log();
        assertTrue(log.contains("[DEAD_ON_BATTERY]"), log);
    }

    @Test
    void aDriverOrServerThatIsGoneCountsOnlyOnBattery() {
        begin(List.of("ups"), "DEADTIME 2");
        each(site -> site.stack.driver("ups").kill());
        each(site -> site.awaitNotice("COMMBAD", "ups"));
        hold(Duration.ofSeconds(3), "no driver, and it was on line");
        each(site -> site.stack.startDriver("ups"));
        each(site -> site.awaitNotice("COMMOK", "ups"));
        each(site -> site.stack.upsd().kill());
        each(site -> site.awaitNotices("COMMBAD", "ups", 2));
        hold(Duration.ofSeconds(3), "no server, and it was on line");
        sites.getFirst().upsmon.proc().awaitLog("connect failed: Connection failure: Connection refused");
        each(site -> site.stack.startUpsd());
        each(site -> site.awaitNotices("COMMOK", "ups", 2));
        each(site -> site.upsmon.awaitLogin("ups", 1));
        each(site -> {
            if (!site.stack.driver("ups").alive()) {
                site.stack.startDriver("ups"); // C's may end when its server does
            }
        });
        each(site -> site.stack.awaitUps("ups"));
        each(site -> site.stack.status("ups", "OB"));
        each(site -> site.awaitNotice("ONBATT", "ups"));
        each(site -> site.stack.driver("ups").kill());
        each(Site::assertGoesDownOnce);
    }

    @Test
    void blipsAreNoReason() {
        begin(List.of("ups"));
        each(site -> site.stack.status("ups", "OB"));
        each(site -> site.awaitNotice("ONBATT", "ups"));
        each(site -> site.stack.status("ups", "OL CHRG"));
        each(site -> site.awaitNotice("ONLINE", "ups"));
        each(site -> site.stack.status("ups", "OL OFF"));
        hold(Duration.ofSeconds(3), "off for a self-test");
        each(site -> site.stack.status("ups", "CAL OB LB"));
        each(site -> site.awaitNotices("ONBATT", "ups", 2));
        hold(Duration.ofSeconds(2), "calibrating");
        each(site -> site.stack.status("ups", "OL"));
        each(site -> site.awaitNotices("ONLINE", "ups", 2));
        var ours = sites.getFirst().upsmon.proc();
        ours.awaitLog(": calibration finished");
        ours.awaitLog("is not critical yet: it is on battery and low, but calibrating");
        // 2.8.0 takes a UPS that was calibrating once for one that does for ever.
        sites.removeLast().close();
        each(site -> site.stack.status("ups", "OB LB"));
        each(Site::assertGoesDownOnce);
    }
}
