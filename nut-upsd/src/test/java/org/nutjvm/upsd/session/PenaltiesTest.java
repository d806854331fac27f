package org.nutjvm.upsd.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PenaltiesTest {
    private final Penalties penalties = new Penalties();

    @Test
    void whoGuessesOnWaitsLongerUpToALimit() {
        var waits = new ArrayList<Integer>();
        for (int i = 0; i < Penalties.FREE + 6; i++) {
            waits.add(penalties.failed("192.0.2.1", i));
        }
        assertEquals(List.of(0, 0, 0, 0, 0, 1, 2, 3, 4, 4, 4), waits);
        assertEquals(0, penalties.failed("192.0.2.2", 20), "others do not");
    }

    @Test
    void afterAWhileItIsForgotten() {
        for (int i = 0; i < 20; i++) {
            penalties.failed("192.0.2.1", i);
        }
        assertEquals(0, penalties.failed("192.0.2.1", 20 + Penalties.MEMORY_SECONDS));
    }

    @Test
    void thereAreOnlySoManyAddresses() {
        for (int i = 0; i < 10; i++) {
            penalties.failed("first", 0);
        }
        for (int i = 0; i < Penalties.ADDRESSES; i++) {
            penalties.failed("2001:db8::" + i, 0);
        }
        assertEquals(0, penalties.failed("first", 0));
    }
}
