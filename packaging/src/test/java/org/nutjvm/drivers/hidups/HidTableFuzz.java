package org.nutjvm.drivers.hidups;

import java.nio.charset.StandardCharsets;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.fuzz.Must;

/// A table of the administrator's for usbhid-ups.
public final class HidTableFuzz {
    private static final Usages STANDARD = new TableReader()
            .read(ConfReader.parse(
                    "usages.hid",
                    "usage UPS 0x00840004\nusage PowerSummary 0x00840024\n".getBytes(StandardCharsets.US_ASCII)))
            .usages();

    private HidTableFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        var reader = new TableReader().read(ConfReader.parse("x.hid", data));
        Must.sayPlaces(reader.complaints(), "x.hid", data);
        int before = reader.complaints().size();
        var subdriver = reader.subdriver(STANDARD);
        for (String complaint :
                reader.complaints().subList(before, reader.complaints().size())) {
            Must.hold(!complaint.isBlank(), "no text");
        }
        for (var mapping : subdriver.mappings()) {
            var conversion = mapping.conversion();
            Must.hold(!mapping.line().isBlank(), "no line");
            if (conversion != null) {
                for (var choice : conversion.choices()) {
                    Must.hold(choice != null, "no choice");
                }
            }
        }
    }
}
