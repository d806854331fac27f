package org.nutjvm.drivers.hidups;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hid.DescriptorParser;
import org.nutjvm.drivers.hid.Hex;
import org.nutjvm.drivers.hid.HidCorpus;
import org.nutjvm.drivers.hid.Repair;
import org.nutjvm.drivers.hid.ReportDescriptor;
import org.nutjvm.drivers.usb.UsbId;

/// A device that plays a capture: its reports and strings; what it does not know it stalls.
public final class PlayedDevice implements HidTransport {
    /// Feature reports by id.
    public final Map<Integer, byte[]> features = new HashMap<>();
    final Map<Integer, byte[]> inputs = new HashMap<>();
    public final Map<Integer, String> strings = new HashMap<>();
    final Map<Integer, HidException.Kind> faults = new HashMap<>();
    final List<String> written = new ArrayList<>();
    public final UsbId id;
    public final @Nullable String vendor;
    public final @Nullable String product;
    public final @Nullable String serial;
    int asked;

    private final byte[] descriptor;

    private PlayedDevice(
            UsbId id, byte[] descriptor, @Nullable String vendor, @Nullable String product, @Nullable String serial) {
        this.id = id;
        this.descriptor = descriptor;
        this.vendor = vendor;
        this.product = product;
        this.serial = serial;
    }

    static PlayedDevice of(UsbId id, byte[] descriptor) {
        return new PlayedDevice(id, descriptor, null, null, null);
    }

    /// A device of the collection.
    public static PlayedDevice load(String device) throws IOException {
        String json = Files.readString(HidCorpus.capture(device, "device.json"));
        var strings = strings(json);
        var played = new PlayedDevice(
                new UsbId(hex(json, "vendorid"), hex(json, "productid")),
                HidCorpus.descriptor(device),
                strings.get(index(json, "iManufacturer")),
                strings.get(index(json, "iProduct")),
                strings.get(index(json, "iSerialNumber")));
        played.strings.putAll(strings);
        played.play(HidCorpus.capture(device, "reports.txt"));
        return played;
    }

    private static int index(String json, String name) {
        int at = json.indexOf("\"" + name + "\": ");
        if (at < 0) {
            return 0;
        }
        String rest = json.substring(at + name.length() + 4);
        return Integer.parseInt(
                rest.substring(0, rest.indexOf('\n')).replace(",", "").strip());
    }

    private static Map<Integer, String> strings(String json) {
        var all = new HashMap<Integer, String>();
        int strings = json.indexOf("\"strings\": {");
        if (strings >= 0) {
            String block = json.substring(strings, json.indexOf('}', strings));
            for (String line :
                    block.lines().skip(1).filter(l -> l.contains("\"")).toList()) {
                String[] quoted = line.split("\"", -1);
                all.put(Integer.parseInt(quoted[1]), quoted[3]);
            }
        }
        return all;
    }

    void play(Path reports) throws IOException {
        HidCorpus.reports(reports).forEach((name, bytes) -> {
            int report = Integer.parseInt(name.substring(name.indexOf("0x") + 2), 16);
            (name.startsWith("FEATURE") ? features : inputs).put(report, bytes);
        });
    }

    private static int hex(String json, String name) {
        return Integer.parseInt(String.valueOf(field(json, name)), 16);
    }

    private static @Nullable String field(String json, String name) {
        int at = json.indexOf("\n \"" + name + "\": \"");
        if (at < 0) {
            return null;
        }
        int from = at + name.length() + 7;
        return json.substring(from, json.indexOf('"', from));
    }

    public byte[] descriptor() {
        return descriptor.clone();
    }

    ReportDescriptor parsed(Subdriver subdriver) {
        return subdriver.repair(DescriptorParser.parse(descriptor, Repair.all()), id, Repair.all());
    }

    @Override
    public int getReport(int report, byte[] buffer) throws HidException {
        asked++;
        var fault = faults.get(report);
        if (fault != null) {
            throw new HidException(fault, "played fault of report 0x" + Hex.of(report, 2));
        }
        byte[] bytes = features.get(report);
        if (bytes == null) {
            throw new HidException(HidException.Kind.STALL, "no report 0x" + Hex.of(report, 2));
        }
        int length = Math.min(bytes.length, buffer.length);
        System.arraycopy(bytes, 0, buffer, 0, length);
        return length;
    }

    @Override
    public void setReport(byte[] report) {
        written.add("SET_REPORT type=3 id=0x" + Hex.of(report[0], 2) + " len=" + report.length + ": "
                + Hex.of(report, report.length));
    }

    @Override
    public @Nullable String string(int index) {
        return strings.get(index);
    }
}
