package org.nutjvm.packaging.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.common.scan.UsbModel;

/// The rules of udev.
class UdevRulesTest {
    @Test
    void aLineForEachVendorWithEachProductOnce() {
        var text = UdevRules.text(List.of(
                new UsbModel(0x0764, 0x0601, "usbhid-ups"),
                new UsbModel(0x051d, 0x0002, "usbhid-ups"),
                new UsbModel(0x0764, 0x0501, "usbhid-ups"),
                new UsbModel(0x0764, 0x0601, "another"),
                new UsbModel(0x0463, 0xffff, "usbhid-ups")));
        assertEquals(
                List.of(
                        "ATTR{idVendor}==\"0463\", ATTR{idProduct}==\"ffff\"",
                        "ATTR{idVendor}==\"051d\", ATTR{idProduct}==\"0002\"",
                        "ATTR{idVendor}==\"0764\", ATTR{idProduct}==\"0501|0601\""),
                text.lines()
                        .filter(line -> line.startsWith("ATTR"))
                        .map(line -> line.substring(0, line.indexOf(", MODE")))
                        .toList());
        assertTrue(text.endsWith("LABEL=\"nut_usbups_end\"\n"), text);
    }

    @Test
    void driversOnTheClassPathAreAsked(@TempDir Path dir) throws IOException {
        UdevRules.write(dir);
        var text = Files.readString(dir.resolve(UdevRules.FILE));
        assertTrue(text.contains("\"051d\", ATTR{idProduct}==\"0000|0002|"), text);
    }
}
