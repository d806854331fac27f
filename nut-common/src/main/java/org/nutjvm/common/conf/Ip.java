package org.nutjvm.common.conf;

import java.util.Optional;

/// Addresses as text to bytes. Nothing is looked up.
final class Ip {
    private Ip() {}

    /// 4 bytes of `192.0.2.1`, 16 of `2001:db8::1`; empty if it is no address.
    static Optional<byte[]> bytes(String text) {
        return text.indexOf(':') >= 0 ? six(text) : four(text);
    }

    private static Optional<byte[]> four(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            int number = parts[i].matches("\\d{1,3}") ? Integer.parseInt(parts[i]) : -1;
            if (number < 0 || number > 255) {
                return Optional.empty();
            }
            bytes[i] = (byte) number;
        }
        return Optional.of(bytes);
    }

    private static Optional<byte[]> six(String text) {
        int gap = text.indexOf("::");
        String[] head = groups(gap < 0 ? text : text.substring(0, gap));
        String[] tail = groups(gap < 0 ? "" : text.substring(gap + 2));
        int count = head.length + tail.length;
        if (gap < 0 ? count != 8 : count > 7) {
            return Optional.empty();
        }
        byte[] bytes = new byte[16];
        boolean right = put(head, bytes, 0) && put(tail, bytes, 16 - 2 * tail.length);
        return right ? Optional.of(bytes) : Optional.empty();
    }

    private static String[] groups(String text) {
        return text.isEmpty() ? new String[0] : text.split(":", -1);
    }

    private static boolean put(String[] groups, byte[] bytes, int from) {
        for (int i = 0; i < groups.length; i++) {
            if (!groups[i].matches("[0-9a-fA-F]{1,4}")) {
                return false;
            }
            int value = Integer.parseInt(groups[i], 16);
            bytes[from + 2 * i] = (byte) (value >> 8);
            bytes[from + 2 * i + 1] = (byte) value;
        }
        return true;
    }
}
