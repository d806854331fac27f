package org.nutjvm.drivers.qx;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.usb.UsbException;
import org.nutjvm.drivers.usb.UsbHandle;

/// Chips that answer in string descriptors: which one is read is the question.
///
/// @param indices the descriptor of each question, without its end
/// @param leads what the first character of its answer has to be
/// @param shutdowns whether a shutdown is a descriptor, too
/// @param tries how often one that says "no" is read; the answer is none if it is 1
/// @param length how much is asked for at once
/// @param langid in which language, or -1 for the device's first
/// @param wake whether something has to be read from its endpoint first
record StringBridge(
        Map<String, Integer> indices,
        Map<String, Character> leads,
        boolean shutdowns,
        int tries,
        int length,
        int langid,
        boolean wake)
        implements UsbBridge {
    private static final String REFUSED = "UPS No Ack";
    private static final int STANDARD_IN = 0x80;
    private static final int GET_DESCRIPTOR = 0x06;
    private static final int STRING = 0x300;

    @Override
    public String ask(UsbHandle handle, String question) throws UsbException {
        if (wake) {
            handle.interruptIn(IN, new byte[length], 1000);
        }
        String asked = question.replace("\r", "");
        int index = index(asked);
        if (index <= 0) {
            return question;
        }
        for (int i = 0; i < tries; i++) {
            String answer = langid < 0 ? handle.string(index) : raw(handle, index, langid, length);
            if (answer == null) {
                continue;
            }
            if (answer.isEmpty()) {
                return "";
            }
            String whole = UsbBridge.ended(answer);
            if (!whole.equalsIgnoreCase(REFUSED + "\r")) {
                Character lead = leads.get(asked);
                return lead == null ? whole : UsbBridge.ended(lead + whole.substring(1));
            }
        }
        return "";
    }

    @Override
    public boolean drained(UsbHandle handle) {
        return false;
    }

    private int index(String asked) {
        Integer index = indices.get(asked);
        return index != null ? index : shutdowns ? shutdown(asked) : 0;
    }

    /// The descriptor of `Sn` and `SnRm`: the delay in its high half, from tenths of a minute to ten minutes; with 8 it
    /// comes
    /// back.
    static int shutdown(String asked) {
        int back = asked.indexOf('R');
        String delay = asked.substring(Math.min(1, asked.length()), back < 0 ? asked.length() : back);
        var minutes = Numbers.plain(delay);
        if (!asked.startsWith("S") || minutes.isEmpty()) {
            return 0;
        }
        double n = Math.clamp(minutes.getAsDouble(), 0.5, 10);
        int steps = n < 1 ? 1 + (int) Math.round((n - 0.5) * 10) : 6 + (int) (n - 1);
        boolean stays = back >= 0 && Orders.seconds(asked.substring(back + 1)) == 0;
        return steps * 16 + (stays ? 0 : 8);
    }

    /// A descriptor as it comes, or null if it is not whole.
    static @Nullable String raw(UsbHandle handle, int index, int langid, int length) throws UsbException {
        byte[] bytes = new byte[length];
        int count = handle.control(STANDARD_IN, GET_DESCRIPTOR, STRING | index, langid, bytes, 1000);
        if (count != (bytes[0] & 0xff)) {
            return count <= 0 ? "" : null;
        }
        var text = new StringBuilder();
        for (int i = 2; i + 1 < count; i += 2) {
            text.append(bytes[i + 1] == 0 ? (char) (bytes[i] & 0xff) : '?');
        }
        return text.toString();
    }
}
