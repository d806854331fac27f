package org.nutjvm.packaging.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.nutjvm.common.scan.KnownDevices;
import org.nutjvm.common.scan.UsbModel;

/// Rules of udev that let the group `nut` use each USB device a driver knows: of ours, and of C NUT's, which run
/// under our upsd as well. They come from the tables nut-scanner works with.
final class UdevRules {
    /// As upstream's file is called: rules after 60, where others have set the owner, and before 70.
    static final String FILE = "62-nut-usbups.rules";

    private UdevRules() {}

    static void write(Path directory) throws IOException {
        var models = new ArrayList<UsbModel>();
        for (KnownDevices known : ServiceLoader.load(KnownDevices.class)) {
            models.addAll(known.usb());
        }
        if (models.isEmpty()) {
            throw new IOException("no driver on the class path knows a USB device: the image is made by `mvn package`");
        }
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(FILE), text(models), StandardCharsets.US_ASCII);
    }

    /// The rules, a line for each vendor.
    ///
    /// udev starts no unit here: a driver's is active, or tried again every few seconds, also while its device
    /// is away.
    static String text(List<UsbModel> models) {
        SortedMap<Integer, TreeSet<Integer>> products = new TreeMap<>();
        for (UsbModel model : models) {
            products.computeIfAbsent(model.vendor(), vendor -> new TreeSet<>()).add(model.product());
        }
        return products.entrySet().stream()
                .map(vendor ->
                        "ATTR{idVendor}==\"%s\", ATTR{idProduct}==\"%s\", MODE=\"0664\", GROUP=\"nut\", TAG+=\"systemd\"\n"
                                .formatted(
                                        hex(vendor.getKey()),
                                        vendor.getValue().stream()
                                                .map(UdevRules::hex)
                                                .collect(Collectors.joining("|"))))
                .collect(Collectors.joining("", """
                        # Lets NUT's drivers use the USB devices they know. Made from their tables: `nut-scanner -U` knows the same.
                        # For another device copy a line to /etc/udev/rules.d/62-nut-local.rules, with its ids (lsusb).
                        ACTION=="remove", GOTO="nut_usbups_end"
                        SUBSYSTEM!="usb", GOTO="nut_usbups_end"
                        ENV{DEVTYPE}!="usb_device", GOTO="nut_usbups_end"
                        """, "LABEL=\"nut_usbups_end\"\n"));
    }

    private static String hex(int id) {
        return HexFormat.of().toHexDigits((short) id);
    }
}
