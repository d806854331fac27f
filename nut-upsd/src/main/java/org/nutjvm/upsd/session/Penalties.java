package org.nutjvm.upsd.session;

import java.util.LinkedHashMap;
import java.util.Map;

/// How long addresses from which wrong passwords came have to wait for their answers: not at all for the first
/// five, which may be mistakes, then a second more each time, up to four. C's clients wait five seconds for an
/// answer.
public final class Penalties {
    static final int FREE = 5;
    static final int MOST_SECONDS = 4;

    /// Without a wrong password for so long all is forgotten.
    static final int MEMORY_SECONDS = 300;

    /// Addresses that are remembered: whoever has more, as with IPv6, is slowed down by the number of connections.
    static final int ADDRESSES = 1024;

    private record Failures(int count, long last) {}

    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > ADDRESSES;
        }
    };

    /// Notes a wrong password.
    ///
    /// @param now seconds of any clock that never goes back
    /// @return for how many seconds the answer is to be kept back
    public int failed(String address, long now) {
        var before = failures.get(address);
        int count = before == null || now - before.last() > MEMORY_SECONDS ? 1 : Math.min(before.count() + 1, 1000);
        failures.put(address, new Failures(count, now));
        return Math.clamp(count - FREE, 0, MOST_SECONDS);
    }
}
