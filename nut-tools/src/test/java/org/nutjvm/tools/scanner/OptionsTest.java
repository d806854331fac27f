package org.nutjvm.tools.scanner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nutjvm.tools.shared.Failure;

class OptionsTest {
    private static Options options(String... args) throws Failure {
        var line = Options.cli().parse(List.of(args));
        assertEquals("", line.complaint());
        return Options.of(line);
    }

    private static List<String> targets(String... args) throws Failure {
        return options(args).targets().stream().map(IpRange::text).toList();
    }

    private static String refusal(String... args) {
        var failure = assertThrows(Failure.class, () -> options(args));
        return failure.getMessage();
    }

    @Test
    void withoutAChoiceEverythingButSerialPortsIsSearched() throws Failure {
        var all = EnumSet.complementOf(EnumSet.of(Bus.SERIAL));
        assertEquals(all, options().buses());
        assertEquals(all, options("-UU", "-C").buses());
        assertEquals(EnumSet.allOf(Bus.class), options("-C", "-E", "auto").buses());
        assertEquals(Set.of(Bus.USB, Bus.NUT), options("-U", "--oldnut_scan").buses());
        assertEquals(Set.of(Bus.SERIAL), options("--eaton_serial=0-3").buses());
    }

    @Test
    void whatCannotBeSearchedIsNamed() throws Failure {
        assertEquals(
                List.of("IPMI"),
                options("-I", "-b", "user", "-B", "x", "-d", "NONE", "-L", "3").unavailable());
        assertEquals(
                List.of("IPMI"),
                options("--ipmi_scan", "--username=me", "--password", "x", "--authType=MD2", "--cipher_suite_id=3")
                        .unavailable());
        assertEquals(Set.of(), options("-I").buses());
        assertEquals(Set.of(Bus.USB), options("-J", "-U").buses());
    }

    @Test
    void addressesStandInTheirOrder() throws Failure {
        assertEquals(List.of("10.0.0.1", "10.0.0.2", "10.0.0.3"), targets("-s", "10.0.0.1", "-e", "10.0.0.3"));
        assertEquals(List.of("10.0.0.1", "10.0.0.2"), targets("-e", "10.0.0.2", "-s", "10.0.0.1"));
        assertEquals(List.of("10.0.0.1", "10.0.0.2"), targets("-s", "10.0.0.2", "-e", "10.0.0.1"));
        assertEquals(List.of("10.0.0.9"), targets("-e", "10.0.0.9"));
        assertEquals(List.of("10.0.0.9", "10.0.1.0", "10.0.1.1"), targets("-s", "10.0.0.9", "-m", "10.0.1.1/31"));
        assertEquals(List.of("10.0.0.1", "10.0.0.5"), targets("-s", "10.0.0.1", "-s", "10.0.0.5"));
        assertEquals(List.of("10.0.0.1"), targets("-s", "10.0.0.1", "-m", "10.0.0.1/32"), "each is asked once");
        assertEquals(256, targets("--mask_cidr", "192.168.1.77/24").size());
        assertEquals("192.168.1.0", targets("-m", "192.168.1.77/24").getFirst());
        assertEquals(List.of("::1"), targets("-s", "[::1]"));
        assertEquals(List.of("fe80::1:0", "fe80::1:1"), targets("-m", "[fe80::1:1]/127"));
        assertEquals(List.of("127.0.0.1"), targets("-s", "localhost"));
        assertEquals(1 << 16, targets("-m", "10.0.0.0/16").size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/8     | Too many addresses: -m 10.0.0.0/8 makes them 16777216, and at most 65536",
                "2001:db8::/64  | Too many addresses: -m 2001:db8::/64 makes them 18446744073709551616",
                "10.0.0.0       | Bad netmask: none",
                "10.0.0.0/      | Bad netmask: ",
                "10.0.0.0/0     | Bad netmask: 0",
                "10.0.0.0/33    | Bad netmask: 33",
                "10.0.0.0/-1    | Bad netmask: -1",
                "10.0.0.0/24x   | Bad netmask: 24x",
                "10.0.0.0/255.255.255.0 | Bad netmask: 255.255.255.0",
                "::1/129        | Bad netmask: 129",
                "/24            | Invalid address: ''",
                "[]/24          | Invalid address: '[]'",
                "1.2.3.4.5/24   | Invalid address: 1.2.3.4.5",
                "auto5          | Unknown word for -m: auto5",
                "auto/129       | Invalid auto-net limit value, should be an integer [0..128]: auto/129",
                "auto4/33       | Invalid auto-net limit value, should be an integer [0..32]: auto4/33",
                "auto/x         | Invalid auto-net limit value"
            })
    void aBadNetworkIsRefused(String given, String message) {
        String refusal = refusal("-m", given);
        assertTrue(refusal.startsWith(message), refusal);
    }

    @Test
    void badRangesAreRefused() {
        assertTrue(refusal("-s", "10.0.0.1", "-e", "::1").contains("not of one family"));
        assertTrue(refusal("-s", "10.0.0.0", "-e", "10.255.255.255").startsWith("Too many addresses: -s 10.0.0.0 -e"));
        assertTrue(refusal("-m", "10.0.0.0/16", "-s", "10.9.0.1").startsWith("Too many addresses"), "in sum");
        assertTrue(refusal("-s", "").startsWith("Invalid address"));
    }

    @Test
    void numbersOutOfBoundsAreToldOf() throws Failure {
        assertEquals(Duration.ofSeconds(2), options("-t", "2").timeout());
        for (String bad : List.of("0", "-3", "x", "5s", "99999999999", "86400")) {
            var options = options("-t", bad);
            assertEquals(Duration.ofSeconds(5), options.timeout());
            assertTrue(options.remarks().getFirst().startsWith("Illegal timeout value, using default 5s"), bad);
        }
        assertEquals(7, options("--thread=7").inFlight());
        assertEquals(256, options("-T", "0").inFlight());
        assertEquals(1024, options("-T", "100000").inFlight());
        assertEquals(1, options("-T", "100000").remarks().size());
        assertEquals("Bad port: 65536", refusal("-p", "65536"));
        assertEquals("Bad port: nut", refusal("-p", "nut"));
    }

    @Test
    void aWordWithoutALetterIsIgnoredAndToldOf() throws Failure {
        var options = options("-m", "10.0.0.1/32", "24", "-U");
        assertEquals(Set.of(Bus.USB), options.buses());
        assertEquals(1, options.remarks().size(), options.remarks().toString());
    }

    @Test
    void autoIsDoneOnce() throws Failure {
        var remarks = options("-m", "auto/0", "-m", "auto4").remarks();
        assertTrue(remarks.contains("Duplicate request for connected subnet scan ignored"), remarks.toString());
    }

    @Test
    void theLastFormCounts() throws Failure {
        assertEquals(Listing.Form.CHECKED, options().form());
        assertEquals(Listing.Form.PARSABLE, options("-Q", "-P").form());
        assertEquals(Listing.Form.JSON, options("-P", "--json").form());
        assertEquals(Listing.Form.PLAIN, options("--disp_nut_conf").form());
    }

    @Test
    void eachUTellsMoreOfUsbPlaces() throws Failure {
        assertEquals(0, options().usbDetail());
        assertEquals(0, options("-U").usbDetail());
        assertEquals(2, options("-UUU").usbDetail());
        assertEquals(3, options("-UUUUUUU").usbDetail());
    }

    @Test
    void snmpVersion3NeedsWhatItsLevelNeeds() throws Failure {
        assertFalse(options().snmp().version3());
        assertFalse(options("-c", "x", "-l", "authPriv").snmp().version3(), "a community is for version 1");
        assertTrue(options("-l", "noAuthNoPriv", "-u", "me").snmp().version3());
        assertEquals("Bad SNMPv3 securityLevel: high", refusal("-l", "high"));
        assertEquals("securityName is required for SNMPv3", refusal("-l", "noAuthNoPriv"));
        assertEquals("authPassword is required for SNMPv3 in authNoPriv mode", refusal("-l", "authNoPriv", "-u", "me"));
        assertEquals(
                "privPassword is required for SNMPv3 in authPriv mode",
                refusal("-l", "authPriv", "-u", "me", "-W", "12345678"));
        assertTrue(refusal("-l", "authNoPriv", "-u", "me", "-W", "short").contains("less than 8"));
        assertEquals(
                "Bad SNMPv3 authProtocol: sha", refusal("-l", "authNoPriv", "-u", "me", "-W", "12345678", "-w", "sha"));
        assertFalse(options("-l", "authNoPriv", "-u", "me", "-W", "12345678")
                .toString()
                .contains("12345678"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x-1", "3-0", "0-99", "ttyS0", "A", "0,1"})
    void badSerialPortsAreRefused(String given) {
        assertThrows(Failure.class, () -> SerialPorts.of(given));
    }

    @Test
    void serialPortsAreNamedOrNumbered() throws Failure {
        assertEquals(30, SerialPorts.of("auto").size());
        assertEquals(List.of("/dev/ttyS1", "/dev/ttyUSB1", "/dev/cua1"), SerialPorts.of("1"));
        assertEquals(6, SerialPorts.of("0-1").size());
        assertEquals(
                List.of("/dev/ttyS0", "/dev/serial/by-id/x-1"),
                SerialPorts.of("/dev/ttyS0,/dev/serial/by-id/x-1 /dev/ttyS0"));
    }
}
