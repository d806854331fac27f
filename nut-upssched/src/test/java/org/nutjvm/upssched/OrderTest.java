package org.nutjvm.upssched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nutjvm.common.wire.Words;

class OrderTest {
    private static final Timer.Cause CAUSE = new Timer.Cause("ONBATT", "bessie@localhost", "UPS \"bessie\" #1 \\ says");
    private static final Timer.Cause NONE = new Timer.Cause("", "", "");

    @Test
    void writesWhatCWrites() {
        assertEquals(
                "START \"warn\" \"15\" \"ONBATT\" \"bessie@localhost\" \"UPS \\\"bessie\\\" \\#1 \\\\ says\"\n",
                new Order.Start("warn", 15, false, CAUSE).line());
        assertEquals("CANCEL \"warn\" \"\" \"\" \"\" \"\"\n", new Order.Cancel("warn", "", false, NONE).line());
        assertEquals("LIST-TIMERS\n", new Order.ListTimers().line());
    }

    @Test
    void readsWhatItWrites() {
        for (Order order : List.of(
                new Order.Start("warn", 15, false, CAUSE),
                new Order.Start("warn", 0, true, CAUSE),
                new Order.Cancel("warn", "too late", false, CAUSE),
                new Order.Cancel("warn", "", true, CAUSE),
                new Order.ListTimers())) {
            assertEquals(order, Order.of(Words.split(order.line())));
        }
    }

    @Test
    void aMessageOfSeveralLinesStaysOneLine() {
        var order = new Order.Start("warn", 15, false, new Timer.Cause("ONBATT", "ups", "one\nCANCEL warn\ttwo"));
        assertEquals(order.line().length() - 1, order.line().indexOf('\n'));
        assertEquals(
                "one CANCEL warn two",
                assertInstanceOf(Order.Start.class, Order.of(Words.split(order.line())))
                        .cause()
                        .message());
    }

    @Test
    void understandsOlderCallers() {
        assertEquals(new Order.Start("warn", 15, false, NONE), Order.of(List.of("START", "warn", "15")));
        assertEquals(new Order.Cancel("warn", "", false, NONE), Order.of(List.of("CANCEL", "warn")));
        assertEquals(new Order.Cancel("warn", "late", false, NONE), Order.of(List.of("CANCEL", "warn", "late")));
    }

    @Test
    void aNumberIsReadAsFarAsItGoes() {
        assertEquals(new Order.Start("warn", 15, false, NONE), Order.of(List.of("START", "warn", "15s")));
        assertEquals(new Order.Start("warn", -1, false, NONE), Order.of(List.of("START", "warn", "-1")));
        assertEquals(new Order.Start("warn", 0, false, NONE), Order.of(List.of("START", "warn", "soon")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "START", "START warn", "CANCEL", "CANCEL-MATCHED", "start warn 15", "QUIT", "STARTED a 1"})
    void anythingElseIsUnknown(String line) {
        assertInstanceOf(Order.Unknown.class, Order.of(Words.split(line)));
    }
}
