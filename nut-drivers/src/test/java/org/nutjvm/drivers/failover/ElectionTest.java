package org.nutjvm.drivers.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nutjvm.drivers.failover.Election.Candidate;
import org.nutjvm.drivers.failover.Election.Order;

class ElectionTest {
    private static final StatusFilters NONE = new StatusFilters(List.of(), List.of(), List.of(), List.of());
    private static final Election PLAIN = new Election(NONE, false, 1);

    private static Candidate ok(String status) {
        return new Candidate(true, Order.NONE, true, status, -1, -1);
    }

    private static Candidate battery(int runtime, int low) {
        return new Candidate(true, Order.NONE, true, "OB", runtime, low);
    }

    private static final Candidate STALE = new Candidate(true, Order.NONE, false, "OL", 9999, 9999);
    private static final Candidate GONE = new Candidate(false, Order.PRIMARY, true, "OL", 9999, 9999);

    @Test
    void suitabilityFollowsTheList() {
        assertEquals(Suitability.SKIPPED, PLAIN.priority(GONE));
        assertEquals(Suitability.STALE, PLAIN.priority(STALE));
        assertEquals(Suitability.BATTERY, PLAIN.priority(ok("OB LB")));
        assertEquals(Suitability.ONLINE, PLAIN.priority(ok("ALARM OL")));
        assertEquals(Suitability.BATTERY, PLAIN.priority(ok("NOTOL OLX")));
        assertEquals(Suitability.FORCED, PLAIN.priority(new Candidate(true, Order.PRIMARY, false, null, -1, -1)));
        assertEquals(Suitability.SKIPPED, PLAIN.priority(new Candidate(true, Order.IGNORE, true, "OL", 1, 1)));
    }

    @Test
    void theFirstOfEqualsWins() {
        assertEquals(1, PLAIN.best(List.of(battery(1, 1), ok("OL"), ok("OL"))));
        assertEquals(-1, PLAIN.best(List.of(GONE, GONE)));
        assertEquals(-1, PLAIN.best(List.of()));
        assertEquals(0, PLAIN.best(List.of(STALE, STALE)));
    }

    @Test
    void runTimePartsThoseOnBattery() {
        var some = List.of(battery(100, 50), battery(200, 40), battery(-1, -1));
        assertEquals(1, PLAIN.best(some));
        assertEquals(0, new Election(NONE, false, 0).best(some));
        assertEquals(0, new Election(NONE, false, 2).best(some));
        assertEquals(0, new Election(NONE, false, 3).best(some), "both have to be better");
        assertEquals(0, PLAIN.best(List.of(ok("OL"), new Candidate(true, Order.NONE, true, "OL", 9, 9))));
    }

    @Test
    void filtersComeBeforeLinePower() {
        var filters = new StatusFilters(List.of("OL", "CHRG"), List.of(), List.of("ALARM"), List.of());
        var election = new Election(filters, false, 1);
        assertEquals(1, election.best(List.of(ok("ALARM OL"), ok("OB CHRG"))));
        assertEquals(Suitability.ONLINE, election.priority(ok("ALARM OL")));
        var strict = new Election(filters, true, 1);
        assertEquals(Suitability.SKIPPED, strict.priority(ok("ALARM OL")));
        assertEquals(-1, strict.best(List.of(ok("ALARM OL"), STALE.dumped() ? ok("OB") : STALE)));
        assertEquals(-1, new Election(NONE, true, 1).best(List.of(ok("OL"))));
    }

    @Test
    void eachFilterCounts() {
        assertFalse(NONE.pass("OL"));
        var all = new StatusFilters(List.of(), List.of("OL", "CHRG"), List.of(), List.of());
        assertTrue(all.pass("CHRG OL"));
        assertFalse(all.pass("OL"));
        var notAll = new StatusFilters(List.of(), List.of(), List.of(), List.of("OB", "LB"));
        assertTrue(notAll.pass("OB"));
        assertFalse(notAll.pass("LB OB"));
        assertFalse(notAll.pass(""));
        assertFalse(notAll.pass(null));
        assertEquals(List.of("a", "b"), StatusFilters.words(" a,,b ,", ','));
    }

    @Test
    void ordersEnd() {
        var order = new TimedOrder();
        assertFalse(order.holds(0));
        order.set(5, 0);
        assertTrue(order.holds(5_000_000_000L));
        assertFalse(order.holds(5_000_000_001L));
        assertFalse(order.holds(1), "once over it is over");
        order.set(-1, 0);
        assertTrue(order.holds(Long.MAX_VALUE));
        order.set(0, 0);
        assertFalse(order.holds(0));
    }
}
