package org.nutjvm.common.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsTest {
    @ParameterizedTest
    @ValueSource(strings = {"HUP", "USR2", "URG", "WINCH"})
    void theActionRunsEachTime(String name) throws InterruptedException {
        var came = new LinkedBlockingQueue<String>();
        Signals.on(name, () -> came.add(name));
        try {
            for (int i = 0; i < 3; i++) {
                send(name);
                assertEquals(name, came.poll(10, TimeUnit.SECONDS));
            }
        } finally {
            Signals.on(name, () -> {});
        }
    }

    @Test
    void whatTheJvmKeepsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Signals.on("KILL", () -> {}));
        assertThrows(IllegalArgumentException.class, () -> Signals.on("NOSUCH", () -> {}));
        assertThrows(IllegalArgumentException.class, () -> Signals.on("QUIT", () -> {}));
    }

    private static void send(String name) {
        assertTrue(PidFile.send(ProcessHandle.current().pid(), name, List.of(), Map.of())
                .sent());
    }
}
