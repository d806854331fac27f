package org.nutjvm.tools.drivers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.common.conf.UpsConf;

/// What drivers need, and what ups.conf says of starting them.
class MediaTest {
    private static UpsConf conf(String text) {
        return UpsConf.of(ConfReader.parse("ups.conf", text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /// Upstream's script gives the same words for each.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            usbhid-ups      | auto                 | usb
            snmp-ups        | 10.0.0.1             | network
            netxml-ups      | http://10.0.0.1      | network
            apcsmart        | /dev/ttyS0           | serial
            nutdrv_qx       | auto                 | usb
            nutdrv_qx       | /dev/ttyUSB0         | usb
            nutdrv_qx       | /dev/ttyS1           | serial
            dummy-ups       | office.dev           | ''
            dummy-ups       | ups@localhost        | network-localhost,drivers=ups
            dummy-ups       | ups@10.0.0.7         | network
            dummy-ups       | ups@thishost.lan     | network,drivers=ups
            clone           | dummy-ups-one        | drivers=dummy-ups-one
            failover        | dummy-ups-a,usb-b    | drivers=dummy-ups-a,usb-b
            apcupsd-ups     | localhost:3551       | network-localhost
            apcupsd-ups     | nas:3551             | network
            apc_modbus      | auto                 | usb
            apc_modbus      | /dev/ttyS0           | serial
            apc_modbus      | 127.0.0.1:502        | network-localhost
            """)
    void mediaOfADriver(String driver, String port, String expected) {
        var section = conf("[x]\ndriver = " + driver + "\nport = " + port + "\n")
                .sections()
                .getFirst();
        assertEquals(expected, Media.of(section, "thishost").toString());
    }

    @Test
    void aSectionsNumbersGoBeforeTheGlobalOnes() {
        var conf = DriversConf.of(conf("""
                maxstartdelay = 9
                maxretry = 3
                retrydelay = 0
                driverpath = /a:/b
                debug_min = 2
                nowait
                [one]
                  driver = d
                  port = p
                [two]
                  driver = d
                  maxstartdelay = 20
                  maxretry = 1
                  retrydelay = 7
                  sdorder = 4
                """), Map.of("NUT_STATEPATH", "/s"), "/home", "h");
        var one = conf.upses().get(0);
        var two = conf.upses().get(1);
        assertEquals(9, one.maxstartdelaySeconds());
        assertEquals(3, one.attempts());
        assertEquals(0, one.retrydelaySeconds());
        assertEquals(0, one.sdorder());
        assertEquals(20, two.maxstartdelaySeconds());
        assertEquals(1, two.attempts());
        assertEquals(7, two.retrydelaySeconds());
        assertEquals(4, two.sdorder());
        assertEquals("[/a, /b]", conf.driverpath().toString());
        assertEquals("/s/d-one", conf.socket(one).toString());
        assertEquals(2, conf.debugMin());
        assertEquals(true, conf.nowait());
    }

    @Test
    void upstreamsDefaults() {
        var conf = DriversConf.of(conf("[one]\n driver = d\n port = p\n"), Map.of(), "/home", "h");
        var one = conf.upses().getFirst();
        assertEquals(75, one.maxstartdelaySeconds());
        assertEquals(1, one.attempts());
        assertEquals(5, one.retrydelaySeconds());
        assertEquals("[/home/bin, /lib/nut]", conf.driverpath().toString());
        assertEquals("/run/nut/d-one", conf.socket(one).toString());
        assertEquals(false, conf.nowait());
    }

    @Test
    void nonsenseIsNotedAndPassedOver() {
        var conf = DriversConf.of(
                conf("maxretry = 0\ndebug_min = lots\nnowait\n[one]\n driver = d\n maxretry = -2\n"),
                Map.of("NUT_IGNORE_NOWAIT", "true"),
                "",
                "h");
        assertEquals(1, conf.upses().getFirst().attempts());
        assertEquals(0, conf.debugMin());
        assertEquals(false, conf.nowait());
        assertEquals("""
                NOTE: 'nowait' setting ignored due to NUT_IGNORE_NOWAIT envvar
                NOTE: invalid 'maxretry' setting ignored: 0
                NOTE: invalid 'maxretry' setting ignored for one: -2
                WARNING : Invalid debug_min value found in ups.conf global settings""", String.join("\n", conf.notes()));
    }
}
