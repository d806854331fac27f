package org.nutjvm.cgi.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nutjvm.cgi.FakeSite;
import org.nutjvm.cgi.ups.UpsTrouble;
import org.nutjvm.common.conf.HostsConf.Host;

class MetricsTest {
    @TempDir
    Path directory;

    private FakeSite site() {
        return new FakeSite(directory)
                .ups(
                        "rack@pi",
                        "battery.charge",
                        "87",
                        "battery.runtime",
                        "1234",
                        "ups.load",
                        "12.50",
                        "ups.status",
                        "OB DISCHRG NEW",
                        "ups.beeper.status",
                        "enabled",
                        "input.voltage",
                        "230.1",
                        "device.model",
                        "Smart \"1500\" \\ <b>",
                        "device.mfr",
                        "APC",
                        "device.serial",
                        "0012345",
                        "driver.name",
                        "usbhid-ups",
                        "driver.version",
                        "2.8.5",
                        "ups.vendorid",
                        "051d",
                        "ups.timer.reboot",
                        "-1",
                        "outlet.1.switchable",
                        "no",
                        "input.L1-N.voltage",
                        "229")
                .trouble("desk@nas:3494", UpsTrouble.Kind.DRIVER, "Driver not connected");
    }

    private static final List<Host> HOSTS = List.of(new Host("rack@pi", "Rack"), new Host("desk@nas:3494", "Desk"));

    private List<String> lines() {
        return Metrics.text(HOSTS, site()).lines().toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "network_ups_tools_battery_charge{ups=\"rack\",server=\"pi\"} 87",
                "network_ups_tools_battery_runtime{ups=\"rack\",server=\"pi\"} 1234",
                "network_ups_tools_ups_load{ups=\"rack\",server=\"pi\"} 12.5",
                "network_ups_tools_ups_timer_reboot{ups=\"rack\",server=\"pi\"} -1",
                "network_ups_tools_ups_beeper_status{ups=\"rack\",server=\"pi\"} 1",
                "network_ups_tools_input_L1_N_voltage{ups=\"rack\",server=\"pi\"} 229",
                "network_ups_tools_ups_status{ups=\"rack\",server=\"pi\",flag=\"OB\"} 1",
                "network_ups_tools_ups_status{ups=\"rack\",server=\"pi\",flag=\"NEW\"} 1",
                "network_ups_tools_ups_status{ups=\"rack\",server=\"pi\",flag=\"OL\"} 0",
                "network_ups_tools_device_info{ups=\"rack\",server=\"pi\",model=\"Smart \\\"1500\\\" \\\\ <b>\",mfr=\"APC\","
                        + "serial=\"0012345\",type=\"\",description=\"\",contact=\"\",location=\"\",part=\"\",macaddr=\"\"} 1",
                "nut_battery_charge{ups=\"rack\",server=\"pi\"} 0.87",
                "nut_load{ups=\"rack\",server=\"pi\"} 0.125",
                "nut_battery_runtime_seconds{ups=\"rack\",server=\"pi\"} 1234",
                "nut_input_voltage_volts{ups=\"rack\",server=\"pi\"} 230.1",
                "nut_input_volts{ups=\"rack\",server=\"pi\"} 230.1",
                "nut_status{ups=\"rack\",server=\"pi\"} 2",
                "nut_beeper_status{ups=\"rack\",server=\"pi\"} 1",
                "nut_ups_status{ups=\"rack\",server=\"pi\",status=\"OB\"} 1",
                "nut_ups_status{ups=\"rack\",server=\"pi\",status=\"OL\"} 0",
                "nut_server_info{server=\"pi\",version=\"9.9\"} 1",
                "nut_ups_up{ups=\"rack\",server=\"pi\"} 1",
                "nut_ups_up{ups=\"desk\",server=\"nas:3494\"} 0",
                "# UNIT nut_input_voltage_volts volts",
                "# TYPE network_ups_tools_ups_status gauge",
                "nut_exporter_left_out 0"
            })
    void saysWhatExportersSay(String line) {
        assertTrue(lines().contains(line), String.join("\n", lines()));
    }

    @Test
    void aUpsWithoutDataHasNoValues() {
        assertEquals(
                List.of("nut_ups_up{ups=\"desk\",server=\"nas:3494\"} 0"),
                lines().stream().filter(line -> line.contains("\"desk\"")).toList());
    }

    @Test
    void whatIsNoNumberIsLeftOut() {
        for (String line : lines()) {
            assertFalse(
                    line.startsWith("network_ups_tools_device_serial")
                            || line.startsWith("network_ups_tools_ups_vendorid")
                            || line.startsWith("network_ups_tools_driver_version")
                            || line.startsWith("network_ups_tools_outlet_1_switchable"),
                    line);
        }
    }

    /// What OpenMetrics asks of the whole: names together, each described once before, no sample twice, the end.
    @Test
    void theWholeIsInOrder() {
        var again = new ArrayList<>(HOSTS);
        again.add(new Host("rack@pi:3493", "the same under another spelling"));
        var site = site().ups("rack@pi:3493", "ups.status", "OL");
        List<String> lines = Metrics.text(again, site).lines().toList();
        var done = new HashSet<String>();
        var samples = new HashSet<String>();
        String family = "";
        for (String line : lines.subList(0, lines.size() - 1)) {
            String[] words = line.split("[ {]", 4);
            if (line.startsWith("# TYPE ")) {
                family = words[2];
                assertTrue(done.add(family), "twice: " + family);
            } else if (line.startsWith("# ")) {
                assertEquals(family, words[2]);
            } else {
                assertEquals(family, words[0]);
                assertTrue(samples.add(line.substring(0, line.lastIndexOf(' '))), "twice: " + line);
            }
        }
        assertEquals("# EOF", lines.getLast());
        assertTrue(Metrics.text(again, site).endsWith("# EOF\n"));
    }

    @Test
    void anyTextIsALabelAndNothingMore() {
        var site = new FakeSite(directory)
                .ups(
                        "u",
                        "ups.status",
                        "OL\"} 1\nx",
                        "device.model",
                        "a\nb\\\"",
                        "bad\nname{x=\"",
                        "7",
                        "ups.mfr",
                        "\u00fc");
        String text = Metrics.text(List.of(new Host("u", "caf\u00c3\u00a9 \u00fc")), site);
        assertTrue(text.contains("flag=\"OL\\\"}\"} 1\n"), text);
        assertTrue(text.contains("model=\"a\\nb\\\\\\\"\""), text);
        assertTrue(text.contains("network_ups_tools_bad_name_x__{ups=\"u\",server=\"localhost\"} 7\n"), text);
        assertTrue(text.contains("# HELP network_ups_tools_bad_name_x__ NUT's bad\\nname{x=\\\".\n"), text);
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(
                text,
                new String(
                        new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8),
                        StandardCharsets.ISO_8859_1));
    }

    @Test
    void tooMuchIsLeftOutAndCounted() {
        var site = new FakeSite(directory);
        var hosts = new ArrayList<Host>();
        for (int i = 0; i < 12; i++) {
            site.ups("u" + i, "device.model", "x".repeat(1 << 20));
            hosts.add(new Host("u" + i, ""));
        }
        String text = Metrics.text(hosts, site);
        assertTrue(text.endsWith("nut_exporter_left_out 8\n# EOF\n"), text.substring(text.length() - 200));
    }

    @ParameterizedTest
    @CsvSource({
        "12.50, 12.5",
        "0, 0",
        "-1, -1",
        "007, 7",
        "+5, 5",
        ".5, 0.5",
        "5., 5",
        "'1 ', 1",
        "1e5,",
        "NaN,",
        "Infinity,",
        "0x10,",
        "1.2.3,",
        "'',",
        "-,",
        "., ",
        "12 V,",
        "123456789012345678901234567890123,",
        "enabled,",
        "on,"
    })
    void numbers(String value, String number) {
        assertEquals(number, Values.number(value));
    }
}
