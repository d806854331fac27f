package org.nutjvm.drivers.usbhid;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Input reports on their way from the thread that reads them to the driver's loop: the last of each
/// id. A device that sends faster than the loop takes costs no more than its newest reports.
final class InputReports {
    private final Map<Integer, byte[]> latest = new LinkedHashMap<>();

    /// Adds one.
    ///
    /// @return whether there was none, so that the loop has to be told
    synchronized boolean add(byte[] report) {
        boolean first = latest.isEmpty();
        latest.put(report[0] & 0xff, report);
        return first;
    }

    /// Takes all there are.
    synchronized List<byte[]> take() {
        var taken = new ArrayList<>(latest.values());
        latest.clear();
        return taken;
    }
}
