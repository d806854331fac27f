package org.nutjvm.drivers.qx;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.DriverException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The subdrivers by their names, as `subdriver` in ups.conf has them.
final class UsbBridges {
    private static final Logger LOG = LoggerFactory.getLogger(UsbBridges.class);

    /// Those of nutdrv_qx.
    static final List<String> ALL = List.of(
            "cypress",
            "phoenixtec",
            "phoenix",
            "ippon",
            "omron",
            "krauler",
            "fabula",
            "hunnox",
            "fuji",
            "sgs",
            "snr",
            "ablerex",
            "armac",
            "gtec");

    /// Those of blazer_usb.
    static final List<String> BLAZER = List.of("cypress", "phoenix", "ippon", "krauler");

    private static final int ENGLISH = 0x0409;
    private static final Map<String, Integer> FABULA = Map.of("Q1", 0x03, "F", 0x0d, "I", 0x0c, "Q", 0x07, "C", 0x0a);

    private UsbBridges() {}

    /// One of them.
    ///
    /// @param langid the language of the setting `langid_fix`, or -1
    static UsbBridge of(String name, int langid, boolean novendor, UsbBridge.Pause pause) {
        return switch (name) {
            case "cypress" -> new ReportBridge(0x200, 8, 5000, 8, false, false);
            case "phoenix" -> new ReportBridge(0x200, 8, 1000, 8, false, true);
            case "ippon" -> new ReportBridge(0x2, 8, 1000, 64, true, false);
            case "omron" -> new ReportBridge(0x2, 16, 1000, 64, true, false);
            case "gtec" -> new ReportBridge(0x2, 8, 5000, 128, false, false);
            case "sgs" -> new SgsBridge();
            case "phoenixtec" -> new PhoenixtecBridge();
            case "krauler" ->
                new StringBridge(
                        Map.of(
                                "Q1", 0x03, "F", 0x0d, "I", 0x0c, "T", 0x04, "TL", 0x05, "Q", 0x07, "C", 0x0b, "CT",
                                0x0b),
                        Map.of("Q1", '(', "F", '#', "I", '#', "T", '\r', "TL", '\r', "Q", '\r', "C", '\r', "CT", '\r'),
                        false,
                        10,
                        512,
                        langid,
                        false);
            case "fabula" -> new StringBridge(FABULA, Map.of(), true, 1, 255, -1, false);
            case "hunnox" ->
                new HunnoxBridge(
                        new StringBridge(
                                Map.of("Q1", 0x03, "F", 0x0d, "I", 0x0c, "Q", 0x07, "C", 0x0a, "BL", 0xf3),
                                Map.of(),
                                true,
                                1,
                                102,
                                langid,
                                false),
                        novendor,
                        pause);
            case "snr" ->
                new StringBridge(
                        Map.of("Q1", 0x03, "F", 0x0d, "I", 0x0c),
                        Map.of("Q1", '(', "F", '#', "I", '#'),
                        false,
                        10,
                        102,
                        langid < 0 ? ENGLISH : langid,
                        true);
            case "fuji" -> new FujiBridge();
            case "ablerex" -> new AblerexBridge(pause);
            case "armac" -> new ArmacBridge(pause);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /// The subdriver of the settings, or an empty text if the device's own is to be taken.
    static String chosen(Device device, List<String> known) throws DriverException {
        String asked = device.getval("subdriver");
        if (asked == null) {
            return "";
        }
        if (device.getval("vendorid") == null || device.getval("productid") == null) {
            throw new DriverException("When specifying a USB 'subdriver', 'vendorid' and 'productid' are mandatory.");
        }
        String name = asked.strip().toLowerCase(Locale.ROOT);
        if (!known.contains(name)) {
            throw new DriverException("Subdriver '" + asked + "' not found! There are " + String.join(", ", known));
        }
        return name;
    }

    /// The language of the setting `langid_fix`, or -1.
    static int langid(Device device) throws DriverException {
        String text = device.getval("langid_fix");
        if (text == null) {
            return -1;
        }
        try {
            String digits = text.strip().toLowerCase(Locale.ROOT);
            int langid = Integer.parseInt(digits.startsWith("0x") ? digits.substring(2) : digits, 16);
            if (langid >= 0 && langid <= 0xffff) {
                LOG.debug("language {} is asked for texts", Integer.toHexString(langid));
                return langid;
            }
        } catch (NumberFormatException e) {
            LOG.debug("langid_fix: {}", String.valueOf(e.getMessage()));
        }
        throw new DriverException(
                "Setting langid_fix = '" + text + "' is no hexadecimal number such as 0x409 (USB language id)");
    }
}
