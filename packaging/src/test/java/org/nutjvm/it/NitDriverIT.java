package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What upstream's integration suite demands of dummy-ups. (Starting through upsdrvctl belongs to that program's
/// tests.)
@ParameterizedClass(name = "{0}")
@MethodSource("allRoles")
class NitDriverIT extends OnAStack {
    // 2. is what every start here shows: the globals of the suite's ups.conf (maxstartdelay = 1, a quoted driverpath),
    // three sections, indented comments.

    @Test
    void globalsOfTheSuiteAreAcceptedWithoutAnInvalidDirective() {
        for (var ups : new String[] {"dummy", "UPS1", "UPS2"}) {
            var driver = stack.driver(ups);
            assertTrue(driver.alive(), ups);
            assertTrue(!driver.log().contains("maxstartdelay") && !driver.log().contains("driverpath"), driver.log());
        }
    }

    // 3.

    @Test
    void portIsAFileBesideUpsConf() {
        assertEquals("VAR UPS2 driver.parameter.port \"pdu.dev\"", stack.ask("GET VAR UPS2 driver.parameter.port"));
        assertEquals("VAR UPS2 outlet.count \"8\"", stack.ask("GET VAR UPS2 outlet.count"));
    }

    @Test
    void seqFilesLoopAndDevFilesAreReadOnce() {
        assertEquals(
                "VAR dummy driver.parameter.mode \"dummy-loop\"", stack.ask("GET VAR dummy driver.parameter.mode"));
        assertEquals("VAR UPS2 driver.parameter.mode \"dummy-once\"", stack.ask("GET VAR UPS2 driver.parameter.mode"));
    }

    @Test
    void linesAboutTheDriverAreSkipped() {
        for (var ups : new String[] {"UPS1", "UPS2"}) {
            assertEquals("VAR " + ups + " driver.name \"dummy-ups\"", stack.ask("GET VAR " + ups + " driver.name"));
        }
    }

    // 4.

    @Test
    void mainsPowerGoesAndComesForEver() {
        var limit = Duration.ofSeconds(20);
        var first = stack.ask("GET VAR dummy ups.status");
        assertTrue(first.matches("VAR dummy ups.status \"(OL|OB)\""), first);
        var other = first.contains("OL") ? "VAR dummy ups.status \"OB\"" : "VAR dummy ups.status \"OL\"";
        stack.awaitAnswer("GET VAR dummy ups.status", other, limit);
        stack.awaitAnswer("GET VAR dummy ups.status", first, limit);
    }

    // 5.

    @Test
    void modelAndMakerAreTheBuiltInOnesWhereTheFileSaysNothing() {
        assertEquals("VAR dummy device.model \"Dummy UPS\"", stack.ask("GET VAR dummy device.model"));
        assertEquals("VAR dummy device.mfr \"Dummy Manufacturer\"", stack.ask("GET VAR dummy device.mfr"));
        assertEquals("VAR UPS1 device.model \"Evolution 500\"", stack.ask("GET VAR UPS1 device.model"));
    }

    // 6.

    @Test
    void aValueSetOnAFileReadOnceStays() {
        try (var wire = stack.wire().login("admin", "mypass")) {
            assertEquals("OK", wire.ask("SET VAR UPS2 ups.status \"OL TRIM\""));
            var set = "VAR UPS2 ups.status \"OL TRIM\"";
            Await.value(set, Duration.ofSeconds(10), () -> wire.ask("GET VAR UPS2 ups.status"), set::equals);
            // Longer than a poll interval of two seconds: a driver that reads its file again would undo it.
            long end = System.nanoTime() + Duration.ofMillis(4500).toNanos();
            Await.until("time to pass", () -> {
                assertEquals(set, wire.ask("GET VAR UPS2 ups.status"));
                return System.nanoTime() > end;
            });
        }
    }

    // 7.

    @Test
    void allDriversStayAlive() {
        for (var ups : new String[] {"dummy", "UPS1", "UPS2"}) {
            assertTrue(stack.driver(ups).alive());
            assertTrue(stack.ask("GET VAR " + ups + " ups.status").startsWith("VAR "));
        }
    }
}
