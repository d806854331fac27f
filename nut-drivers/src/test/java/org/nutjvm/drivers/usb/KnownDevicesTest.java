package org.nutjvm.drivers.usb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nutjvm.common.conf.DriverCatalog;
import org.nutjvm.common.scan.KnownDevices;
import org.nutjvm.common.scan.SnmpModel;
import org.nutjvm.common.scan.UsbModel;

/// What programs that look for devices are told.
class KnownDevicesTest {
    private static List<UsbModel> usb() throws IOException {
        var all = new ArrayList<UsbModel>();
        for (var known : ServiceLoader.load(KnownDevices.class)) {
            all.addAll(known.usb());
        }
        return all;
    }

    private static List<String> drivers(int vendor, int product) throws IOException {
        return usb().stream()
                .filter(model -> model.vendor() == vendor && model.product() == product)
                .map(UsbModel::driver)
                .toList();
    }

    @Test
    void usbDevicesComeFromTheDriversTables() throws IOException {
        assertEquals(List.of("usbhid-ups"), drivers(0x0463, 0xffff));
        assertEquals(List.of("usbhid-ups", "apc_modbus"), drivers(0x051d, 0x0003));
        assertEquals(List.of("nutdrv_qx", "blazer_usb"), drivers(0x0665, 0x5161));
        assertEquals(List.of(), drivers(0x050d, 0x0218), "what the table says is none");
        assertEquals(List.of(), drivers(0x2341, 0x0043), "most Arduinos are no UPSes");
    }

    @Test
    void snmpAgentsComeFromTheMappings() throws IOException {
        var all = new ArrayList<SnmpModel>();
        for (var known : ServiceLoader.load(KnownDevices.class)) {
            all.addAll(known.snmp());
        }
        assertTrue(all.size() >= 36, "only " + all.size());
        for (var model : all) {
            assertFalse(model.probes().isEmpty(), model.toString());
            for (String probe : model.probes()) {
                assertTrue(probe.startsWith("1.3.6.1."), model.toString());
            }
        }
        assertTrue(all.stream()
                .anyMatch(model -> model.mibs().equals("ietf")
                        && model.sysobjectid().equals("1.3.6.1.2.1.33")
                        && model.probes().getFirst().equals("1.3.6.1.2.1.33.1.1.2.0")));
    }

    @Test
    void noDriverIsBothOursAndElsewhere() throws IOException {
        var elsewhere = new HashSet<String>();
        new KnownElsewhere().usb().forEach(model -> elsewhere.add(model.driver()));
        assertFalse(elsewhere.isEmpty());
        for (var known : ServiceLoader.load(KnownDevices.class)) {
            if (!(known instanceof KnownElsewhere)) {
                for (var model : known.usb()) {
                    assertFalse(
                            elsewhere.contains(model.driver()),
                            model.driver() + " is ours: its lines in elsewhere.txt are to go");
                }
            }
        }
    }

    @Test
    void allDriversAreOnesThereAre() throws IOException {
        var catalog = DriverCatalog.standard();
        for (var model : usb()) {
            assertTrue(catalog.driver(model.driver()).isPresent(), model.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0665:5161", "06655161x nutdrv_qx", "0665-5161 nutdrv_qx", "066g:5161 nutdrv_qx"})
    void aBadLineOfTheTableIsRefused(String line) {
        assertThrows(IOException.class, () -> KnownElsewhere.read(line));
    }
}
