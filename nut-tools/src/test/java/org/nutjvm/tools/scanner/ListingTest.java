package org.nutjvm.tools.scanner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.common.conf.UpsConf;

class ListingTest {
    private static final Device USB = Device.of(Kind.USB, "usbhid-ups", "auto")
            .orDrivenBy(List.of("apc_modbus"))
            .with("vendorid", "051D")
            .with("serial", "000000")
            .noted("bus", "001", "")
            .noted("bcdDevice", "0106", "NOTMATCHED-YET");
    private static final Device SERVED = Device.of(Kind.NUT, "dummy-ups", "eco@10.0.0.7");
    private static final List<List<Device>> FOUND = List.of(List.of(USB), List.of(), List.of(SERVED));

    @Test
    void upsConfHasASectionForEachDevice() {
        assertEquals("""
                [nutdev-usb1]
                \tdriver = "usbhid-ups"\t# alternately: apc_modbus
                \tport = "auto"
                \tvendorid = "051D"
                \tserial = "000000"
                \t# bus = "001"
                \t###NOTMATCHED-YET### bcdDevice = "0106"
                [nutdev-nut2]
                \tdriver = "dummy-ups"
                \tport = "eco@10.0.0.7"
                """, Listing.of(FOUND, Listing.Form.PLAIN));
    }

    @Test
    void whatLooksWrongIsACommentBehindItsBus() {
        String text = Listing.of(FOUND, Listing.Form.CHECKED);
        assertTrue(
                text.contains("\n# WARNING: all-same character \"serial\" with 6 copies of '0' (0x30) reported in some"
                        + " devices: nutdev-usb1\n[nutdev-nut2]\n"),
                text);
    }

    @Test
    void parsableIsALineForEachDeviceWithoutComments() {
        assertEquals("""
                USB:driver="usbhid-ups",port="auto",vendorid="051D",serial="000000"
                NUT:driver="dummy-ups",port="eco@10.0.0.7"
                """, Listing.of(FOUND, Listing.Form.PARSABLE));
    }

    @Test
    void jsonTellsWhatCountsFromWhatDoesNot() {
        assertEquals("""
                {
                  "devices": [
                    {"name": "nutdev-usb1", "type": "USB", "driver": "usbhid-ups", "alternately": ["apc_modbus"], \
                "port": "auto", "settings": {"vendorid": "051D", "serial": "000000"}, \
                "unset": {"bus": "001", "bcdDevice": "0106"}},
                    {"name": "nutdev-nut2", "type": "NUT", "driver": "dummy-ups", "alternately": [], \
                "port": "eco@10.0.0.7", "settings": {}, "unset": {}}
                  ],
                  "warnings": ["all-same character \\"serial\\" with 6 copies of '0' (0x30) reported in some devices: \
                nutdev-usb1"]
                }
                """, Listing.of(FOUND, Listing.Form.JSON));
        assertEquals("{\n  \"devices\": [],\n  \"warnings\": []\n}\n", Listing.of(List.of(), Listing.Form.JSON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "ends with \\",
                "\"\n[evil]\n\tdriver = /bin/sh\n",
                "a\"b\\\"c#d=e[f]",
                "\u0000\u001b[2J\u007f",
                "Büro\u2028über",
                " "
            })
    void nothingADeviceSaysLeavesItsPlace(String said) {
        var hostile = Device.of(Kind.SNMP, "snmp-ups", said)
                .with("desc", said)
                .noted("bus", said, "")
                .with("mibs", "ietf");
        String text = Listing.of(List.of(List.of(hostile, hostile)), Listing.Form.CHECKED);
        var conf = UpsConf.of(ConfReader.parse("ups.conf", text.getBytes(StandardCharsets.ISO_8859_1)));
        assertEquals(
                List.of("nutdev-snmp1", "nutdev-snmp2"),
                conf.sections().stream().map(UpsConf.Section::name).toList(),
                text);
        for (var section : conf.sections()) {
            assertEquals(Device.clean(said), section.value("desc").orElseThrow());
            assertEquals(Device.clean(said), section.value("port").orElseThrow());
            assertEquals("ietf", section.value("mibs").orElseThrow());
            assertEquals(4, section.settings().size(), text);
        }
        for (var form : Listing.Form.values()) {
            String written = Listing.of(List.of(List.of(hostile)), form);
            assertTrue(written.chars().allMatch(c -> c == '\n' || c == '\t' || (c >= ' ' && c <= '~')), written);
        }
    }

    @Test
    void aLongTextIsCut() {
        var device = Device.of(Kind.SNMP, "snmp-ups", "10.0.0.1").with("desc", "x".repeat(60_000));
        assertEquals(Device.TEXT_LIMIT, String.valueOf(device.value("desc")).length());
    }

    @Test
    void serialNumbersThatTellNothingAreReported() {
        var blank = Device.of(Kind.USB, "usbhid-ups", "auto").with("serial", "");
        var trailing = Device.of(Kind.USB, "usbhid-ups", "auto").with("serial", "A1 ");
        var twin = Device.of(Kind.USB, "usbhid-ups", "auto").with("serial", "B7");
        var none = Device.of(Kind.USB, "usbhid-ups", "auto");
        var warnings = SanityCheck.of(
                List.of(blank, trailing, twin, none, twin), List.of("usb1", "usb2", "usb3", "usb4", "usb5"));
        assertEquals(3, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).endsWith("<empty> \"serial\" reported in some devices: usb1"));
        assertTrue(warnings.get(1).endsWith("device configuration(s): usb2"));
        assertTrue(warnings.get(2).startsWith("same \"serial\" value \"B7\""));
        assertTrue(warnings.get(2).endsWith(": usb3,usb5"));
        assertEquals(List.of(), SanityCheck.of(List.of(none), List.of("usb1")));
    }
}
