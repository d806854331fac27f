package org.nutjvm.drivers.qx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hid.Hex;
import org.nutjvm.drivers.usb.UsbBus;
import org.nutjvm.drivers.usb.UsbDevice;
import org.nutjvm.drivers.usb.UsbException;
import org.nutjvm.drivers.usb.UsbHandle;
import org.nutjvm.drivers.usb.UsbId;

/// A bus with a UPS behind one of the chips, which a test can unplug, and whose transfers it can have fail. What goes
/// over
/// the bus is kept.
final class PlayedChip implements UsbBus, UsbDevice {
    /// What its UPS says to what, without ends.
    final Map<String, String> says = new HashMap<>();
    /// What it says in string descriptors.
    final Map<Integer, String> strings = new HashMap<>();
    /// Transfers, in hexadecimal.
    final List<String> log = new ArrayList<>();
    /// How the next input transfers fail.
    final Queue<UsbException.Kind> faults = new ArrayDeque<>();
    /// What the UPS was asked.
    final List<String> heard = new ArrayList<>();

    UsbId id;
    String maker = "ACME";
    String product = "Bridge";
    boolean plugged = true;
    boolean claimed;
    boolean haltStays;
    UsbException.@Nullable Kind claimFault;
    int opened;
    int resets;
    int clears;
    boolean closed;
    /// Whether the next answers lose their second half.
    boolean halves;
    List<UsbHandle.Endpoint> endpoints = List.of();

    private final String kind;
    private final StringBuilder hearing = new StringBuilder();
    private byte[] waiting = new byte[0];

    PlayedChip(String kind, int vendor, int productId) {
        this.kind = kind;
        id = new UsbId(vendor, productId);
    }

    /// All transfers since the last call.
    List<String> transfers() {
        var all = List.copyOf(log);
        log.clear();
        return all;
    }

    /// Something of an old answer.
    void late(String text) {
        waiting = text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public List<UsbDevice> devices() {
        return plugged ? List.of(this) : List.of();
    }

    @Override
    public String version() {
        return "played";
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public UsbId id() {
        return id;
    }

    @Override
    public int release() {
        return 0x0100;
    }

    @Override
    public String bus() {
        return "001";
    }

    @Override
    public String address() {
        return "003";
    }

    @Override
    public String port() {
        return "002";
    }

    @Override
    public String node() {
        return "/dev/bus/usb/001/003";
    }

    @Override
    public UsbHandle open() {
        opened++;
        return new Handle();
    }

    private void hear(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r') {
                answer(hearing.toString());
                hearing.setLength(0);
                return;
            }
            hearing.append(c);
        }
    }

    private void answer(String asked) {
        heard.add(asked);
        String answer = says.get(asked);
        String whole = answer == null ? "" : halves ? answer.substring(0, answer.length() / 2) : answer + "\r";
        boolean padded = kind.equals("ippon") || kind.equals("omron");
        waiting = Arrays.copyOf(whole.getBytes(StandardCharsets.ISO_8859_1), padded ? 64 : whole.length());
        if (padded && answer == null) {
            waiting = new byte[] {0, '\r'};
        }
    }

    private final class Handle implements UsbHandle {
        private boolean gone;

        @Override
        public String manufacturer() {
            return maker;
        }

        @Override
        public String product() {
            return product;
        }

        @Override
        public @Nullable String serial() {
            return null;
        }

        @Override
        public @Nullable String string(int index) throws UsbException {
            check();
            log.add("string " + Integer.toHexString(index));
            heard.add("0x" + Integer.toHexString(index));
            return strings.get(index);
        }

        private void check() throws UsbException {
            if (closed || gone) {
                throw new IllegalStateException("used after it was closed");
            }
            if (!plugged) {
                throw new UsbException(UsbException.Kind.GONE, "No such device");
            }
        }

        @Override
        public void claim(int interfaceNumber) throws UsbException {
            check();
            if (claimFault != null) {
                throw new UsbException(claimFault, "claim " + claimFault);
            }
            claimed = true;
        }

        @Override
        public void setAltInterface(int interfaceNumber, int setting) {}

        @Override
        public byte[] extraDescriptors(int configuration, int interfaceNumber) {
            return new byte[0];
        }

        @Override
        public int control(int type, int request, int value, int index, byte[] data, int timeoutMillis)
                throws UsbException {
            check();
            String name = String.format("%02x %02x %04x %04x", type, request, value, index);
            if ((type & 0x80) != 0) {
                log.add(name + " <" + data.length);
                return in(value, data);
            }
            log.add(name + " " + Hex.of(data, data.length).replace(" ", ""));
            String text = new String(data, StandardCharsets.ISO_8859_1);
            switch (kind) {
                case "sgs" -> hear(text.substring(1, 1 + data[0]));
                case "armac" -> hear(text.substring(1, 1 + (data[0] & 0x0f)));
                case "ablerex" -> hear(text.substring(3, 3 + data[2]));
                default -> hear(text);
            }
            return data.length;
        }

        private int in(int value, byte[] data) throws UsbException {
            fail();
            byte[] from = waiting;
            if (!kind.equals("ablerex")) {
                String text = strings.get(value & 0xff);
                if (text == null) {
                    throw new UsbException(UsbException.Kind.STALL, "no such string");
                }
                heard.add("0x" + Integer.toHexString(value & 0xff));
                from = new byte[2 + 2 * text.length()];
                from[0] = (byte) from.length;
                from[1] = 3;
                for (int i = 0; i < text.length(); i++) {
                    from[2 + 2 * i] = (byte) text.charAt(i);
                }
            }
            int count = Math.min(from.length, data.length);
            System.arraycopy(from, 0, data, 0, count);
            return kind.equals("ablerex") ? data.length : count;
        }

        private void fail() throws UsbException {
            var fault = faults.poll();
            if (fault != null) {
                throw new UsbException(fault, "played " + fault);
            }
        }

        @Override
        public int interruptIn(int endpoint, byte[] data, int timeoutMillis) throws UsbException {
            check();
            fail();
            int lead = kind.equals("sgs") || kind.equals("armac") ? 1 : 0;
            int most = kind.equals("armac") ? 5 : data.length - lead;
            int count = Math.min(waiting.length, most);
            if (count == 0) {
                return 0;
            }
            Arrays.fill(data, (byte) 0);
            System.arraycopy(waiting, 0, data, lead, count);
            if (lead > 0) {
                data[0] = (byte) count;
            }
            waiting = Arrays.copyOfRange(waiting, count, waiting.length);
            log.add("in " + Integer.toHexString(endpoint) + " <" + data.length);
            return lead > 0 ? kind.equals("armac") ? count + 1 : 8 : count;
        }

        @Override
        public int interruptOut(int endpoint, byte[] data, int timeoutMillis) throws UsbException {
            check();
            log.add("out " + Integer.toHexString(endpoint) + " "
                    + Hex.of(data, data.length).replace(" ", ""));
            String text = new String(data, StandardCharsets.ISO_8859_1);
            hear(kind.equals("fuji") ? text.substring(4, 3 + data[2]) + "\r" : text.substring(1));
            return data.length;
        }

        @Override
        public List<Endpoint> soleEndpoints(int configuration) {
            return endpoints;
        }

        @Override
        public void clearHalt(int endpoint) throws UsbException {
            clears++;
            if (haltStays) {
                throw new UsbException(UsbException.Kind.STALL, "still halted");
            }
        }

        @Override
        public void release() {
            claimed = false;
        }

        @Override
        public void reset() {
            resets++;
        }

        @Override
        public void close() {
            gone = true;
        }
    }
}
