package org.nutjvm.common.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nutjvm.common.conf.DriverCatalog.Form;
import org.nutjvm.common.conf.DriverCatalog.Link;

class DriverCatalogTest {
    private final DriverCatalog catalog = DriverCatalog.standard();

    @Test
    void everyDriverOfNutIsThereInOrder() {
        assertEquals(80, catalog.drivers().size());
        var sorted = new ArrayList<>(catalog.names());
        sorted.sort(null);
        assertEquals(sorted, catalog.names());
        for (DriverCatalog.Driver driver : catalog.drivers()) {
            assertTrue(driver.summary().length() > 10 && driver.summary().length() < 100, driver.toString());
            for (DriverCatalog.Option option : driver.options()) {
                assertFalse(option.meaning().isEmpty(), driver.name() + " " + option.name());
                for (UpsKey key : UpsKey.values()) {
                    assertFalse(key.is(option.name()), driver.name() + ": every section may have " + option.name());
                }
            }
        }
    }

    @Test
    void optionsOfAGroupAreTheDriversOwn() {
        DriverCatalog.Driver hid = catalog.driver("usbhid-ups").orElseThrow();
        assertEquals(Link.USB, hid.link());
        assertEquals(Form.VALUE, hid.option("VendorId").orElseThrow().form());
        assertEquals("vendorid", hid.option("VendorId").orElseThrow().name());
        assertEquals(Form.FLAG, hid.option("pollonly").orElseThrow().form());
        assertTrue(hid.option("community").isEmpty());
        assertEquals(
                Form.SECRET,
                catalog.driver("snmp-ups")
                        .orElseThrow()
                        .option("community")
                        .orElseThrow()
                        .form());
    }

    @Test
    void oldNamesLeadToDriversThatExist() {
        assertEquals(List.of("nutdrv_qx", "blazer_ser"), catalog.successors("megatec"));
        assertEquals(List.of(), catalog.successors("usbhid-ups"));
        assertTrue(catalog.driver("megatec").isEmpty());
    }

    @Test
    void whatIsNotOfTheFormatIsRefusedWithItsLine() {
        for (String bad : List.of(
                "driver x usb",
                "driver x parallel text",
                "value lost text",
                "driver x usb text\nuse nothing",
                "driver x usb text\nvalue a b\nflag A c",
                "driver x usb text\ndriver x usb text",
                "group",
                "colour x y")) {
            String message =
                    String.valueOf(assertThrows(IllegalArgumentException.class, () -> DriverCatalog.of(bad), bad)
                            .getMessage());
            assertTrue(message.startsWith("drivers.txt:" + bad.lines().count() + ": "), message);
        }
        assertThrows(IllegalArgumentException.class, () -> DriverCatalog.of("old x y"));
    }
}
