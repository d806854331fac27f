package org.nutjvm.tools.scanner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nutjvm.common.conf.DriverCatalog;
import org.nutjvm.common.conf.ModelList;

class HardwareListTest {
    private static final HardwareList LIST = new HardwareList(ModelList.standard(), DriverCatalog.standard());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POWERCOM CO.,LTD|Imperial IMD-625AP|Powercom Imperial: powercom or usbhid-ups",
                "|Powercom WOW-700U|Powercom WOW: powercom or usbhid-ups",
                "Tripp Lite|SmartUPS 750|Tripp Lite SmartUPS: tripplite",
                "Ragtech|UPS X1|devices of Ragtech: ragtech",
                "Riello UPS|Sentry UPS|devices of Riello: riello_usb, riello_ser",
                "Dell|Dell USB Keyboard|",
                "HP|LaserJet 1020|",
                "Prolific Technology Inc.|USB-Serial Controller|",
                "Linux Foundation|2.0 root hub|",
                "Some Corp|Backups to go|",
                "||"
            })
    void driversAreThoseOfMakerAndModel(String vendor, String product, String expected) {
        assertEquals(
                expected == null ? "" : expected,
                LIST.about(vendor == null ? "" : vendor, product == null ? "" : product)
                        .orElse(""));
    }
}
