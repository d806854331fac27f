package org.nutjvm.drivers.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.Random;

/// A driver on a line that turns bad: whatever becomes of a poll, all that is published is what it was.
public final class BadLine {
    /// What a line does to the answer to a question.
    public interface Damage {
        String of(Random random, String asked, String answer);
    }

    private final Driver driver;
    private final TestDevice device;
    private final String good;

    /// @param driver one that has polled on a good line
    public BadLine(Driver driver, TestDevice device) {
        this.driver = driver;
        this.device = device;
        good = device.dump();
    }

    /// Polls.
    ///
    /// @return whether it worked
    public boolean poll() {
        boolean worked = true;
        try {
            driver.updateinfo(device.dstate());
        } catch (IOException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
            worked = false;
        }
        assertEquals(good, device.dump());
        return worked;
    }
}
