package org.nutjvm.drivers.nhs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nutjvm.drivers.port.PortLostException;
import org.nutjvm.drivers.port.ScriptedLine;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.TestDevice;

class NhsUpsTest {
    private static final String HARDWARE = "32531f070c40025f8cbefa78dc2019" + "31323334353637383930414243444546"
            + "1a0b15030405060708090a0b" + "00000000";
    private static final String LONG = "\u00ff\tS\u0083\0\0\0\u00df\u00fe";
    private static final String SHORT = "\u00ff\tS\u0003\0\0\0_\u00fe";
    private static final long SECOND = 1_000_000_000L;

    private final ScriptedLine line = new ScriptedLine();
    private final TestDevice device = new TestDevice();
    private boolean tellsHardware = true;
    private long slept;

    private static String packet(String hex) {
        byte[] body = HexFormat.of().parseHex(hex);
        var all = new ByteArrayOutputStream();
        int sum = 0;
        all.write(0xff);
        for (byte b : body) {
            sum += b;
            all.write(b);
        }
        all.write(sum);
        all.write(0xfe);
        return new String(all.toByteArray(), StandardCharsets.ISO_8859_1);
    }

    /// 127.5 V in, 13.62 V of the battery, load 37 %, 120.3 V out, 38.4 degrees.
    private static String data(int status) {
        return packet("15447f050d3e257602" + "8109" + "7803" + "2604" + "19"
                + HexFormat.of().toHexDigits((byte) status) + "00");
    }

    private Driver started(Map<String, String> options) throws IOException, DriverException {
        device.options.put("ah", "7");
        device.options.putAll(options);
        device.clock = () -> line.nanoTime() + slept;
        line.answers = c -> c == 0xfe && tellsHardware ? packet(HARDWARE) : "";
        Driver driver = new NhsProgram(line.port()).initups(device);
        driver.initinfo(device.dstate());
        return driver;
    }

    private void poll(Driver driver, String said) throws IOException {
        slept += SECOND;
        line.say(said);
        driver.updateinfo(device.dstate());
    }

    private @Nullable String value(String name) {
        return device.value(name);
    }

    @Test
    void valuesArePublished() throws IOException, DriverException {
        var driver = started(Map.of());
        poll(driver, data(0));
        poll(driver, data(0));
        assertEquals("""
            battery.capacity 7
            battery.capacity.nominal 6.30
            battery.charge 100
            battery.charger.status RESTING
            battery.current 12.22
            battery.current.total 24.45
            battery.packs 2
            battery.runtime 908
            battery.runtime.low 30
            battery.temperature 38
            battery.voltage 13.62
            battery.voltage.nominal 12
            device.mfr NHS Sistemas Eletronicos LTDA
            device.model COMPACT PLUS 2
            device.serial 1234567890ABCDEF
            input.transfer.high 140
            input.transfer.low 95
            input.voltage 127.50
            input.voltage.high.critical 142.80
            input.voltage.high.warning 145.60
            input.voltage.low.critical 96.90
            input.voltage.low.warning 98.80
            input.voltage.maximum 129.90
            input.voltage.minimum 118.20
            input.voltage.nominal 120
            output.power 370.00
            output.power.maximum 370.00
            output.power.maximum.percent 37
            output.power.minimum 370.00
            output.power.minimum.percent 37
            output.power.percent 37
            output.realpower 333
            output.voltage 120.30
            output.voltage.nominal 120
            ups.beeper.status disabled
            ups.firmware 12
            ups.firmware.aux 7
            ups.load 37
            ups.mfr NHS Sistemas Eletronicos LTDA
            ups.model COMPACT PLUS 2
            ups.power 370.00
            ups.power.nominal 1000
            ups.realpower 333
            ups.realpower.nominal 900
            ups.serial 1234567890ABCDEF
            ups.status OL
            ups.temperature 38.40
            """, device.values());
    }

    @ParameterizedTest
    @CsvSource({
        "00,OL,",
        "80,OL CHRG,",
        "01,ALARM OB DISCHRG,",
        "03,ALARM OB LB,[LOW BATTERY]",
        "04,ALARM OB DISCHRG,[NETWORK FAILURE]",
        "06,ALARM OB LB DISCHRG,[LOW BATTERY] [NETWORK FAILURE]",
        "08,ALARM OB,[FAST NETWORK FAILURE]",
        "88,ALARM OL CHRG,[FAST NETWORK FAILURE]",
        "02,ALARM OL,[LOW BATTERY]",
        "40,ALARM OL,[ON BYPASS]",
        "30,ALARM OL,[220V IN] [220V OUT]"
    })
    void bitsMakeStatusAndAlarms(String bits, String status, @Nullable String alarm)
            throws IOException, DriverException {
        var driver = started(Map.of());
        poll(driver, data(Integer.parseInt(bits, 16)));
        String expected = alarm == null ? status.replace("ALARM ", "").replace(" DISCHRG", "") : status;
        assertEquals(expected, value("ups.status"));
        assertEquals(alarm, value("ups.alarm"));
    }

    @Test
    void lowInputMeansOnBattery() throws IOException, DriverException {
        var driver = started(Map.of());
        poll(driver, packet("15445f000d3e257602" + "8109" + "7803" + "2604" + "190000"));
        assertEquals("OB DISCHRG", value("ups.status"));
    }

    @Test
    void hardwareIsAskedForUntilItComes() throws IOException, DriverException {
        tellsHardware = false;
        var driver = started(Map.of());
        line.sent();
        for (int i = 0; i < 6; i++) {
            poll(driver, data(0));
            assertEquals(LONG, line.sent());
        }
        poll(driver, data(0));
        assertEquals(LONG, line.sent());
        poll(driver, data(0));
        assertEquals(SHORT, line.sent());
        assertEquals("OL", value("ups.status"));
        assertNull(value("ups.model"));
        assertNull(value("battery.runtime"));
        poll(driver, packet("12531f070c40025f8cbefa78dc2019") + data(0));
        assertEquals("COMPACT PLUS 2", value("ups.model"));
        assertEquals("----------------", value("ups.serial"));
        line.sent();
        poll(driver, data(0));
        assertEquals("", line.sent());
    }

    @Test
    void silenceIsStaleAfterSecondsAndSpeechIsNot() throws IOException, DriverException {
        var driver = started(Map.of());
        assertThrows(IOException.class, () -> poll(driver, ""));
        poll(driver, data(0));
        poll(driver, "");
        slept += 10 * SECOND;
        assertThrows(IOException.class, () -> poll(driver, ""));
        poll(driver, data(1));
        assertEquals("OB", value("ups.status"));
    }

    @Test
    void portThatGoesIsOpenedAgain() throws IOException, DriverException {
        var driver = started(Map.of());
        poll(driver, data(0));
        line.broken = new PortLostException(new IOException("Input/output error"));
        assertThrows(IOException.class, () -> poll(driver, ""));
        line.broken = null;
        line.log.clear();
        // What was said before the loss is no news of a device that says nothing yet.
        assertThrows(IOException.class, () -> poll(driver, ""));
        assertTrue(line.log.getFirst().startsWith("open /dev/ttyS0 2400"));
        assertEquals(LONG, line.sent());
        poll(driver, data(1));
        assertEquals("OB", value("ups.status"));
    }

    @Test
    void silenceAndALostPortMayEndWithAnotherDevice() throws IOException, DriverException {
        var driver = started(Map.of());
        poll(driver, data(0));
        poll(driver, data(0));
        assertEquals("908", value("battery.runtime"));
        tellsHardware = false;
        slept += 10 * SECOND;
        assertThrows(IOException.class, () -> poll(driver, ""));
        line.sent();
        poll(driver, data(0));
        assertEquals(LONG, line.sent());
        assertEquals("OL", value("ups.status"));
        assertNull(value("battery.runtime"));
        assertNull(value("battery.current"));
        assertNull(value("ups.power"));
    }

    @Test
    void runTimeWithoutLoadIsNotTheLastOne() throws IOException, DriverException {
        var driver = started(Map.of());
        poll(driver, data(0));
        poll(driver, data(0));
        assertEquals("908", value("battery.runtime"));
        poll(driver, packet("15447f050d3e007602" + "8109" + "7803" + "2604" + "190000"));
        assertEquals("0.00", value("ups.power"));
        assertNull(value("battery.runtime"));
    }

    @Test
    void anySplitAndAnyNoiseGivesThePacketsThatAreWhole() {
        var random = new Random(7);
        for (int round = 0; round < 2000; round++) {
            var reader = new PacketReader();
            var found = new ArrayList<byte[]>();
            var sent = new ByteArrayOutputStream();
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            sent.writeBytes(noise);
            byte[] data = data(random.nextInt(256)).getBytes(StandardCharsets.ISO_8859_1);
            sent.writeBytes(data);
            for (byte b : sent.toByteArray()) {
                byte[] packet = reader.feed(b);
                if (packet != null) {
                    found.add(packet);
                }
            }
            assertEquals(1, found.size(), "round " + round);
            assertArrayEquals(data, found.getFirst());
        }
    }

    @Test
    void marksWithinAPacketDoNotEndIt() {
        for (int status : List.of(0xff, 0xfe)) {
            var reader = new PacketReader();
            int packets = 0;
            for (char c : (data(status) + data(status)).toCharArray()) {
                packets += reader.feed((byte) c) == null ? 0 : 1;
            }
            assertEquals(2, packets);
        }
    }

    @Test
    void oneFlippedBitMakesNoPacket() {
        byte[] good = data(0).getBytes(StandardCharsets.ISO_8859_1);
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            var reader = new PacketReader();
            for (byte b : bad) {
                assertNull(reader.feed(b), "bit " + bit);
            }
        }
    }

    @Test
    void rawBytesArePublishedOnDemand() throws IOException, DriverException {
        var driver = started(Map.of("debug_pkt_data", "", "debug_pkt_hwinfo", "", "debug_pkt_raw", ""));
        poll(driver, data(0x80));
        assertEquals("true", value("experimental.nhs.data.s_charger_on"));
        assertEquals("1", value("experimental.nhs.data.status_p0"));
        assertEquals("750", value("experimental.nhs.data.icarregrms_real"));
        assertEquals("2", value("experimental.nhs.hw.numbatteries"));
        assertEquals("true", value("experimental.nhs.hw.s_sealed_battery"));
        assertEquals("true", value("experimental.nhs.hw.c_buzzer_disable"));
    }

    @Test
    void settingsAreChecked() {
        var missing = assertThrows(DriverException.class, () -> new NhsProgram(line.port()).initups(device));
        assertTrue(missing.text().contains("Please set AH"), missing.text());
        for (var wrong : Map.of("ah", "x", "pf", "7", "vbat", "0", "baud", "99").entrySet()) {
            device.options.clear();
            assertThrows(DriverException.class, () -> started(Map.of(wrong.getKey(), wrong.getValue())));
        }
    }

    @Test
    void settingsCount() throws IOException, DriverException {
        var driver = started(Map.of("numbatteries", "4", "vbat", "24", "pf", "0.5", "vin_low_warn_perc", "10"));
        poll(driver, data(0));
        poll(driver, data(0));
        assertEquals("4", value("battery.packs"));
        assertEquals("57", value("battery.charge"));
        assertEquals("185", value("ups.realpower"));
        assertEquals("104.50", value("input.voltage.low.warning"));
    }

    @Test
    void shutdownIsNotPossible() throws IOException, DriverException {
        assertEquals(Outcome.FAILED, started(Map.of()).shutdown());
    }
}
