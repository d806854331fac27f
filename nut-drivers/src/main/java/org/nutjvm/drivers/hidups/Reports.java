package org.nutjvm.drivers.hidups;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hid.HidItem;
import org.nutjvm.drivers.hid.HidValue;
import org.nutjvm.drivers.hid.ReportDescriptor;
import org.nutjvm.drivers.hid.ReportType;

/// The last report of each id, and when to ask for it again (drivers/libhid.c: reportbuf_t). A report
/// that came is good for a while; one that failed is not asked for again within the same walk, and one
/// that timed out not for some seconds, up to a minute, for a device that keeps its driver waiting makes
/// everything else late. One shorter than it was before is none.
final class Reports {
    private static final long SECOND = 1_000_000_000L;
    private static final long AFTER_TIMEOUT = 4 * SECOND;
    private static final int AFTER_TIMEOUT_DOUBLED = 4;

    /// So many in a row without any answer between them mean that the device hangs.
    private static final int HUNG = 2;

    private static final int MAXREPORT_SIZE = 8;

    private final ReportDescriptor descriptor;
    private final boolean inputsOnly;
    private final boolean maxreport;
    private final long freshFor;
    private final LongSupplier nanoTime;
    private final byte[][] bytes = new byte[256][];
    private final int[] versions = new int[256];
    private final long[] readAt = new long[256];
    private final BitSet fresh = new BitSet(256);
    private final BitSet seen = new BitSet(256);
    private final BitSet readOnce = new BitSet(256);
    private final int[] came = new int[256];
    private final int[] answered = new int[256];
    private final int[] timedOut = new int[256];
    private final Map<Integer, Long> failingSince = new HashMap<>();
    private final Map<Integer, HidException> failed = new HashMap<>();
    private final Map<Integer, Long> notBefore = new HashMap<>();
    private HidTransport transport;
    private int timeouts;

    Reports(
            ReportDescriptor descriptor,
            HidTransport transport,
            boolean inputsOnly,
            boolean maxreport,
            long freshFor,
            LongSupplier nanoTime) {
        this.descriptor = descriptor;
        this.transport = transport;
        this.inputsOnly = inputsOnly;
        this.maxreport = maxreport;
        this.freshFor = freshFor;
        this.nanoTime = nanoTime;
    }

    /// Goes on with another connection to the same device.
    void reconnected(HidTransport to) {
        transport = to;
        fresh.clear();
        failed.clear();
        notBefore.clear();
        Arrays.fill(answered, 0);
        Arrays.fill(timedOut, 0);
        timeouts = 0;
    }

    HidTransport transport() {
        return transport;
    }

    /// A new walk may ask again for what failed in the last one.
    void walk() {
        failed.clear();
    }

    /// Everything may have changed.
    void expire() {
        fresh.clear();
    }

    /// The report as it last came, zeros before.
    byte[] last(int id) {
        byte[] report = bytes[id];
        if (report == null) {
            report = new byte[descriptor.reportLength(id)];
            bytes[id] = report;
        }
        return report;
    }

    /// How often the report has been another than before.
    int version(int id) {
        return versions[id];
    }

    /// Takes a report that came by itself.
    void arrived(byte[] report, int length) {
        good(report[0] & 0xff, report, length);
    }

    private void good(int id, byte[] from, int length) {
        byte[] to = last(id);
        int count = Math.min(length, to.length);
        if (!Arrays.equals(from, 0, count, to, 0, count)) {
            System.arraycopy(from, 0, to, 0, count);
            versions[id]++;
        }
        came[id] = Math.max(came[id], count);
        failingSince.remove(id);
        readAt[id] = nanoTime.getAsLong();
        fresh.set(id);
        seen.set(id);
        timeouts = 0;
    }

    /// The physical value of an item.
    double value(HidItem item) throws HidException {
        read(item);
        return lastValue(item);
    }

    /// Sees to it that an item's report is as new as it has to be.
    void read(HidItem item) throws HidException {
        if (inputsOnly || item.type() == ReportType.INPUT) {
            arrivedOnce(item.reportId());
        } else {
            refresh(item.reportId());
        }
    }

    /// Whether the device has ever sent so much of the report that the item was in it.
    boolean came(HidItem item) {
        return came[item.reportId()] * Byte.SIZE >= Byte.SIZE + item.offset() + item.size();
    }

    /// Whether the report was to be had before, or nothing was: that none of these can be read says something of the
    /// link. Some devices declare reports that they never answer.
    boolean ought(int id) {
        return readOnce.isEmpty() || readOnce.get(id);
    }

    /// For how long a report that could be read once can no longer be, in nanoseconds. One that only comes by itself
    /// fails for no time.
    long failingFor(int id) {
        Long since = failingSince.get(id);
        return since == null || !readOnce.get(id) ? 0 : nanoTime.getAsLong() - since;
    }

    /// The same from the report as it last came.
    double lastValue(HidItem item) {
        return HidValue.physical(item, HidValue.logical(item, last(item.reportId())));
    }

    private void arrivedOnce(int id) throws HidException {
        if (!seen.get(id)) {
            throw new HidException(
                    HidException.Kind.STALL, "report 0x" + Integer.toHexString(id) + " has not come yet");
        }
    }

    private void refresh(int id) throws HidException {
        long now = nanoTime.getAsLong();
        if (fresh.get(id) && now - readAt[id] < freshFor) {
            return;
        }
        var before = failed.get(id);
        if (before != null) {
            throw before;
        }
        Long due = notBefore.get(id);
        if (due != null && now - due < 0) {
            throw new HidException(HidException.Kind.TIMEOUT, "report 0x" + Integer.toHexString(id) + " timed out");
        }
        try {
            read(id);
        } catch (HidException e) {
            failed.put(id, e);
            failingSince.putIfAbsent(id, nanoTime.getAsLong());
            if (e.kind() == HidException.Kind.TIMEOUT) {
                timedOut(id, e);
            }
            throw e;
        }
    }

    private void read(int id) throws HidException {
        byte[] to = last(id);
        byte[] buffer = new byte[maxreport ? Math.max(MAXREPORT_SIZE, to.length) : to.length];
        int length = transport.getReport(id, buffer);
        timeouts = 0;
        timedOut[id] = 0;
        notBefore.remove(id);
        int counts = Math.min(length, to.length);
        if (counts < answered[id]) {
            throw new HidException(
                    HidException.Kind.IO,
                    "report 0x" + Integer.toHexString(id) + " is short: " + counts + " of " + answered[id] + " bytes");
        }
        answered[id] = counts;
        readOnce.set(id);
        good(id, buffer, length);
    }

    private void timedOut(int id, HidException e) throws HidException {
        notBefore.put(id, nanoTime.getAsLong() + (AFTER_TIMEOUT << timedOut[id]));
        timedOut[id] = Math.min(timedOut[id] + 1, AFTER_TIMEOUT_DOUBLED);
        timeouts++;
        if (timeouts >= HUNG) {
            throw new HidException(HidException.Kind.BROKEN, "the device does not answer: " + e.getMessage());
        }
    }

    /// Writes an item; the rest of its report stays as it was last read.
    void set(HidItem item, double value) throws HidException {
        int id = item.reportId();
        byte[] report = Arrays.copyOf(last(id), descriptor.reportLength(id));
        report[0] = (byte) id;
        HidValue.put(item, report, HidValue.logical(item, value));
        transport.setReport(report);
        bytes[id] = report;
        versions[id]++;
        expire();
    }

    /// A string of the device, empty when it cannot be had.
    String string(int index) {
        if (index < 1 || index > 255) {
            return "";
        }
        try {
            @Nullable String text = transport.string(index);
            return text == null ? "" : text.stripTrailing();
        } catch (HidException e) {
            return "";
        }
    }
}
