package org.nutjvm.tools.nutconf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Scans by a nut-scanner that is a shell script.
class ScanTest {
    private static final String FOUND = """
            USB:driver="usbhid-ups",port="auto",vendorid="0463",product="Ellipse "ECO", 650",nolock
            Scanning SNMP bus.
            SNMP:driver="snmp-ups",port="10.0.0.9",mibs="ietf"
            """;

    @TempDir
    Path dir;

    private void scanner(String script) throws IOException {
        Path program = Files.writeString(dir.resolve("nut-scanner"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private String run(int expected, String... args) {
        var all = new ArrayList<>(List.of("--local", dir.toString()));
        all.addAll(List.of(args));
        var out = new ByteArrayOutputStream();
        var text = new PrintStream(out, false, StandardCharsets.UTF_8);
        int code = new Nutconf(Map.of("PATH", "/nowhere:" + dir), text, text).run(all);
        assertEquals(expected, code, out.toString(StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--scan-usb | -U",
                "--scan-avahi | -A",
                "--scan-avahi 1500000 | -A -t 2",
                "--scan-xml-http 1 | -M -t 1",
                "--scan-serial | -E auto",
                "--scan-serial /dev/ttyS0 /dev/ttyS1 | -E /dev/ttyS0 /dev/ttyS1",
                "--scan-nut 10.0.0.1 10.0.0.9 3493 | -O -s 10.0.0.1 -e 10.0.0.9 -p 3493",
                "--scan-nut a b 1 2000000 | -O -s a -e b -p 1 -t 2",
                "--scan-ipmi a b username=u password=p auth-type=MD5 cipher-suite-id=3"
                        + " | -I -s a -e b -b u -B p -d MD5 -L 3",
                "--scan-snmp a b timeout=1000001 community=c sec-level=authPriv sec-name=n auth-password=A"
                        + " priv-password=X auth-protocol=SHA priv-protocol=AES"
                        + " | -S -s a -e b -t 2 -c c -l authPriv -u n -W A -X X -w SHA -x AES"
            })
    void whatIsAsked(String line, String asked) throws IOException {
        scanner("printf 'X:driver=\"d\",port=\"%s\"\\n' \"$*\"\n");
        assertEquals("X d -q -P " + asked + "\n", run(0, line.split(" ", -1)));
    }

    @Test
    void whatIsFound() throws IOException {
        scanner("cat <<'E'\n" + FOUND + "E\n");
        assertEquals("USB usbhid-ups auto\nSNMP snmp-ups 10.0.0.9\n", run(0, "--scan-usb"));
        assertEquals("""
                        [device_type_USB_no_001]
                        \tdriver = usbhid-ups
                        \tnolock = ""
                        \tport = auto
                        \tproduct = "Ellipse \\"ECO\\", 650"
                        \tvendorid = 0463

                        [device_type_SNMP_no_002]
                        \tdriver = snmp-ups
                        \tmibs = ietf
                        \tport = 10.0.0.9

                        """, run(0, "--scan-usb", "-v"));
    }

    @Test
    void aFailureIsToldButWhatWasFoundIsShown() throws IOException {
        scanner("echo 'USB:driver=\"x\",port=\"y\"'; exit 3\n");
        assertEquals(
                "USB x y\nError: " + dir.resolve("nut-scanner") + " failed with exit code 3\n", run(1, "--scan-usb"));
    }

    @Test
    void withoutScannerNothingIsWritten() {
        String said = run(1, "--set-mode", "none", "--scan-usb");
        assertTrue(said.contains("nut-scanner") && said.contains("/nowhere"), said);
        assertTrue(Files.notExists(dir.resolve("nut.conf")));
    }

    /// The backslashes that our nut-scanner writes are not doubled, and C's bare marks are understood.
    @Test
    void marksInValuesAreThoseOfTheDevice() {
        for (String line : List.of(
                "USB:driver=\"usbhid-ups\",port=\"auto\",product=\"A \\\"5\\\" \\#1\"",
                "USB:driver=\"usbhid-ups\",port=\"auto\",product=\"A \"5\" #1\"")) {
            var out = new ByteArrayOutputStream();
            Scan.show(line, true, new PrintStream(out, true, StandardCharsets.UTF_8));
            String text = out.toString(StandardCharsets.UTF_8);
            assertTrue(text.contains("\tproduct = \"A \\\"5\\\" \\#1\"\n"), text);
            assertTrue(text.contains("\tport = "), text);
        }
    }

    @Test
    void brokenLinesAreNoDevices() {
        for (String line : List.of("", ":", "x", "USB:", "USB:driver", "USB:driver=", "USB:driver=\"", "a:,,=\"\",")) {
            var out = new ByteArrayOutputStream();
            Scan.show(line, false, new PrintStream(out, true, StandardCharsets.UTF_8));
            assertTrue(out.toString(StandardCharsets.UTF_8).lines().count() <= 1, line);
        }
        assertThrows(Wrong.class, () -> Scan.of("--scan-nut", List.of("a", "b", "1", "-5")));
    }
}
