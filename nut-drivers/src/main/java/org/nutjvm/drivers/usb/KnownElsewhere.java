package org.nutjvm.drivers.usb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.nutjvm.common.scan.KnownDevices;
import org.nutjvm.common.scan.UsbModel;
import org.nutjvm.drivers.hid.Hex;
import org.nutjvm.drivers.spi.BuiltIn;

/// The USB devices of drivers that only C NUT has.
public final class KnownElsewhere implements KnownDevices {
    private static final String TABLE = "elsewhere.txt";

    @Override
    public List<UsbModel> usb() throws IOException {
        return read(BuiltIn.text(KnownElsewhere.class, TABLE));
    }

    /// Reads the table.
    ///
    /// @throws IOException when a line is none of it
    static List<UsbModel> read(String text) throws IOException {
        var models = new ArrayList<UsbModel>();
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.strip().split(" +", -1);
            long vendor = words[0].length() == 9 ? Hex.parse(words[0].substring(0, 4)) : -1;
            long product = words[0].length() == 9 ? Hex.parse(words[0].substring(5)) : -1;
            if (vendor < 0 || product < 0 || words[0].charAt(4) != ':' || words.length < 2) {
                throw new IOException(TABLE + ": '" + line + "' is no id and drivers, like 0665:5161 nutdrv_qx");
            }
            for (int i = 1; i < words.length; i++) {
                models.add(new UsbModel((int) vendor, (int) product, words[i]));
            }
        }
        return models;
    }
}
