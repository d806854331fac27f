package org.nutjvm.tools.scanner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nutjvm.common.conf.DriverCatalog;
import org.nutjvm.common.conf.ModelList;
import org.nutjvm.common.scan.UsbModel;
import org.nutjvm.common.scan.UsbPorts.Names;
import org.nutjvm.common.scan.UsbPorts.Plugged;

class UsbSearchTest {
    private static final List<UsbModel> MODELS = List.of(
            new UsbModel(0x051d, 0x0003, "usbhid-ups"),
            new UsbModel(0x051d, 0x0003, "apc_modbus"),
            new UsbModel(0x06da, 0x0002, "bcmxcp_usb"),
            new UsbModel(0x051d, 0x0003, "usbhid-ups"));

    private final Fixture fixture = new Fixture();

    /// @param names0 null if the device cannot be opened
    private record Stick(
            int vendor, int product, String port, @Nullable Names names0) implements Plugged {
        @Override
        public int release() {
            return 0x106;
        }

        @Override
        public String bus() {
            return "001";
        }

        @Override
        public String address() {
            return "004";
        }

        @Override
        public Names names() throws IOException {
            if (names0 == null) {
                throw new IOException("open: Access denied (insufficient permissions)");
            }
            return names0;
        }
    }

    private static HardwareList list() {
        return new HardwareList(ModelList.standard(), DriverCatalog.standard());
    }

    private String found(int detail, Plugged... plugged) throws IOException {
        var search = new UsbSearch(() -> List.of(plugged), MODELS, UsbSearchTest::list, detail, fixture.progress);
        return Listing.of(List.of(search.find()), Listing.Form.PLAIN);
    }

    @Test
    void aKnownDeviceIsDescribedAndOthersAreLeftOut() throws IOException {
        var names = new Names("American Power Conversion", "Smart-UPS 750  ", "AS1  ");
        assertEquals("""
                [nutdev-usb1]
                \tdriver = "usbhid-ups"\t# alternately: apc_modbus
                \tport = "auto"
                \tvendorid = "051D"
                \tproductid = "0003"
                \tproduct = "Smart-UPS 750"
                \tserial = "AS1"
                \tvendor = "American Power Conversion"
                \t# bus = "001"
                \t# device = "004"
                \t# busport = "002"
                """, found(0, new Stick(0x1d6b, 2, "", null), new Stick(0x051d, 3, "002", names)));
        assertEquals("", fixture.said());
    }

    @Test
    void deviceThatNoTableKnowsIsNamedByTheHardwareList() throws IOException {
        var powercom = new Stick(0x0d9f, 0x2222, "", new Names("POWERCOM Co.,LTD\n", "Imperial", null));
        var keyboard = new Stick(0x413c, 0x2003, "", new Names("Dell", "Dell USB Keyboard", "1"));
        var shut = new Stick(0x0d9f, 0x2223, "", null);
        assertEquals("", found(0, powercom, keyboard, shut));
        assertEquals(
                "USB device 0D9F:2222 (POWERCOM Co.,LTD. Imperial) is in no driver's table. NUT's hardware list has "
                        + "Powercom Imperial: powercom or usbhid-ups; nut-check --model says more.",
                fixture.said().strip());
    }

    @Test
    void placesCountAsFarAsAskedFor() throws IOException {
        var stick = new Stick(0x051d, 3, "", new Names(null, null, null));
        String some = found(1, stick);
        assertTrue(some.contains("\tbus = \"001\"\n\t# device = \"004\"\n\tbusport = \".*\"\n"), some);
        String all = found(3, stick);
        assertTrue(all.contains("\tdevice = \"004\"\n"), all);
        assertTrue(all.endsWith("\t###NOTMATCHED-YET### bcdDevice = \"0106\"\n"), all);
    }

    @Test
    void aDeviceThatCannotBeOpenedIsFoundByItsIds() throws IOException {
        String text = found(0, new Stick(0x051d, 3, "002", null));
        assertTrue(text.contains("vendorid = \"051D\"\n\tproductid = \"0003\"\n\t# bus"), text);
        assertTrue(
                fixture.said().contains("WARNING: Failed to open device bus '001' device/port '004' bus/port '002'"));
        assertTrue(fixture.said().contains("Access denied"), fixture.said());
    }

    @Test
    void driversWithoutTheCommonSettingsGetThemAsComments() throws IOException {
        String text = found(0, new Stick(0x06da, 2, "002", new Names("Powerware", "UPS", null)));
        assertTrue(text.contains("\t# vendorid = \"06DA\"\n\t# productid = \"0002\"\n\t# product = \"UPS\"\n"), text);
        assertTrue(text.contains("\t# vendor = \"Powerware\"\n"), text);
    }

    @Test
    void aMachineWithoutUsbSaysSo() {
        var search = new UsbSearch(
                () -> {
                    throw new IOException("No USB device found");
                },
                MODELS,
                UsbSearchTest::list,
                0,
                fixture.progress);
        assertEquals(
                "No USB device found",
                assertThrows(IOException.class, search::find).getMessage());
    }
}
