package org.nutjvm.drivers.clone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nutjvm.drivers.clone.OutletPlan.Order;
import org.nutjvm.drivers.clone.OutletPlan.Seen;

class OutletPlanTest {
    private static final double UNKNOWN = Double.NaN;
    private static final Seen MAINS = new Seen(true, null, 100, 3000);
    private static final Seen BATTERY = new Seen(false, null, 100, 3000);

    private final OutletPlan plan = new OutletPlan(10, 5, 30, 60);

    private @Nullable Order at(long second, Seen seen) {
        return plan.step(second * 1_000_000_000L, seen);
    }

    private static long nanos(long second) {
        return second * 1_000_000_000L;
    }

    @Test
    void nothingHappensByItself() {
        assertNull(at(0, MAINS));
        assertNull(at(1000, BATTERY));
        assertFalse(plan.fsd() || plan.off());
        assertEquals(-1, plan.shutdownTimer(0));
        assertEquals(-1, plan.startTimer(0));
    }

    @Test
    void shutdownReturnGoesOffAndComesBackWithMains() {
        assertTrue(plan.shutdownReturn(0));
        assertTrue(plan.fsd());
        assertEquals(10, plan.shutdownTimer(0));
        assertEquals(5, plan.startTimer(0));
        assertNull(at(9, BATTERY));
        assertTrue(plan.fsd());
        assertEquals(1, plan.shutdownTimer(nanos(9)));
        assertEquals(Order.OFF, at(10, BATTERY));
        plan.assume(Order.OFF);
        assertTrue(plan.off());
        assertTrue(plan.fsd(), "told once more with the order");
        assertNull(at(11, BATTERY));
        assertFalse(plan.fsd());
        assertNull(at(100, BATTERY), "no mains, no return");
        assertEquals(5, plan.startTimer(nanos(100)));
        assertNull(at(104, MAINS));
        assertNull(at(104, BATTERY), "mains that is gone again starts the count anew");
        assertNull(at(108, MAINS));
        assertEquals(Order.ON, at(109, MAINS));
        plan.assume(Order.ON);
        assertFalse(plan.off());
        assertEquals(-1, plan.startTimer(nanos(109)));
    }

    @Test
    void mainsThatReturnsBeforeTheOutletIsOffStopsNothing() {
        plan.shutdownReturn(0);
        assertNull(at(9, MAINS));
        assertEquals(Order.OFF, at(10, MAINS));
        plan.assume(Order.OFF);
        assertNull(at(14, MAINS));
        assertEquals(Order.ON, at(15, MAINS));
    }

    @Test
    void stayoffStaysOff() {
        assertTrue(plan.shutdownStayoff(0));
        assertEquals(Order.OFF, at(10, MAINS));
        plan.assume(Order.OFF);
        assertNull(at(10_000, MAINS));
        assertTrue(plan.off());
    }

    @Test
    void aSecondCommandDoesNotProlong() {
        plan.shutdownReturn(0);
        assertFalse(plan.shutdownReturn(nanos(8)));
        assertEquals(Order.OFF, at(10, MAINS));
        plan.assume(Order.OFF);
        assertFalse(plan.shutdownReturn(nanos(20)), "off already");
        assertEquals(5, plan.startTimer(nanos(20)));
        assertEquals(Order.ON, at(25, MAINS), "but it has it return");
    }

    @Test
    void lowChargeOrRunTimeOnBatteryShutsDown() {
        assertNull(at(0, new Seen(true, null, 10, 10)));
        assertFalse(plan.fsd(), "not on mains");
        assertNull(at(1, new Seen(false, null, 30, 60)));
        assertFalse(plan.fsd(), "at the limit is not below");
        assertNull(at(2, new Seen(false, null, 29.9, 3000)));
        assertTrue(plan.fsd());
        assertEquals(Order.OFF, at(12, MAINS));
        var other = new OutletPlan(10, 5, 30, 60);
        other.step(0, new Seen(false, null, 100, 59));
        assertTrue(other.fsd());
    }

    @Test
    void whatIsNotKnownShutsNothingDown() {
        assertNull(at(0, new Seen(false, null, UNKNOWN, UNKNOWN)));
        assertFalse(plan.fsd());
    }

    @Test
    void whatTheOutletSaysCounts() {
        at(0, new Seen(true, false, 100, 3000));
        assertTrue(plan.off());
        assertFalse(plan.shutdownReturn(0));
        at(1, new Seen(true, true, 100, 3000));
        assertFalse(plan.off());
        at(2, new Seen(false, false, 1, 1));
        assertFalse(plan.fsd(), "an outlet that is off is not shut down");
    }

    @Test
    void limitsMayChange() {
        at(0, new Seen(false, null, 40, 3000));
        assertFalse(plan.fsd());
        plan.mincharge(50);
        at(1, new Seen(false, null, 40, 3000));
        assertTrue(plan.fsd());
    }

    @Test
    void noDelayIsTheNextStep() {
        var now = new OutletPlan(0, 0, 0, 0);
        assertTrue(now.shutdownReturn(nanos(7)));
        assertEquals(0, now.shutdownTimer(nanos(7)));
        assertEquals(Order.OFF, now.step(nanos(7), BATTERY));
    }
}
