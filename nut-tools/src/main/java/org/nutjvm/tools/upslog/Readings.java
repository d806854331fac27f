package org.nutjvm.tools.upslog;

import java.time.Duration;
import java.util.Map;

/// The values of one UPS, asked for in two steps so that several can be on their way at once.
interface Readings extends AutoCloseable {
    /// Asks, unless the last question is not answered yet.
    void ask();

    /// The answer.
    ///
    /// @param limit how long to wait for it
    /// @return what is known; empty if nothing came in time
    Map<String, String> answer(Duration limit);

    @Override
    void close();
}
