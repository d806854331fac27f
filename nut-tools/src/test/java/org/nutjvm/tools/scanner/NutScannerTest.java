package org.nutjvm.tools.scanner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.common.NutVersion;

@Timeout(30)
class NutScannerTest {
    @TempDir
    private Path conf = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(boolean interactive, String... args) {
        return new NutScanner(
                        Map.of("NUT_CONFPATH", conf.toString()),
                        new PrintStream(out, true, StandardCharsets.ISO_8859_1),
                        new PrintStream(err, true, StandardCharsets.ISO_8859_1),
                        interactive)
                .run(List.of(args));
    }

    private int run(String... args) {
        return run(false, args);
    }

    private String out() {
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private String err() {
        return err.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void helpVersionAndWhatIsAvailable() {
        assertEquals(0, run("-h"));
        assertTrue(out().contains("  -E, --eaton_serial <ports>"), out());
        out.reset();
        assertEquals(0, run("--version"));
        assertEquals(NutVersion.banner("nut-scanner") + "\n", out());
        out.reset();
        assertEquals(0, run("-a"));
        assertEquals("OLDNUT\nUSB\nSNMP\nXML\nAVAHI\nEATON_SERIAL\n", out());
        assertEquals("", err());
    }

    @Test
    void anUnknownOptionIsUpstreamsMinusOne() {
        assertEquals(255, run("-Z"));
        assertTrue(err().startsWith("nut-scanner: invalid option -- 'Z'\n"), err());
        err.reset();
        assertEquals(255, run("--foo"));
        assertTrue(err().startsWith("nut-scanner: unrecognized option '--foo'\n"), err());
        assertTrue(err().contains("WARNING: Some error has occurred while processing 'nut-scanner' command-line"));
    }

    @Test
    void filesAreFoundAndNothingIsFoundInPeace() throws IOException {
        assertEquals(0, run("-n"));
        assertEquals("", out());
        assertEquals("Scanning NUT simulation devices.\n", err());
        Files.createFile(conf.resolve("evolution.seq"));
        err.reset();
        assertEquals(0, run("-n", "-q", "-P"));
        assertEquals("NUT_SIMULATION:driver=\"dummy-ups\",port=\"evolution.seq\"\n", out());
        assertEquals("", err());
    }

    @Test
    void aMissingDirectoryIsToldOf() throws IOException {
        Files.delete(conf);
        assertEquals(0, run("-n", "-q"));
        assertEquals("Failed to open " + conf + ", skip NUT simulation scan\n", err());
    }

    @Test
    void withoutAddressesNetworksAreNotSearched() {
        assertEquals(0, run("-S", "-O"));
        assertEquals("""
                No IP range(s) requested, skipping SNMP
                No IP range(s) requested, skipping NUT bus (old libupsclient connect method)
                """, err());
    }

    @Test
    void whatIsNotAvailableSaysSo() {
        assertEquals(1, run("-I"));
        assertEquals("IPMI devices cannot be searched: this program has no access to IPMI\n", err());
        assertEquals("", out());
        err.reset();
        assertEquals(0, run("-J", "-n", "-q"), "the others go on");
        assertEquals("UPower devices cannot be searched: this program has no access to UPower\n", err());
    }

    @Test
    void withoutItsPartForUsbTheProgramSaysSo() {
        assertEquals(0, run("-U", "-q"));
        assertTrue(err().contains("USB cannot be searched"), err());
    }

    @Test
    void aBadRangeEndsIt() {
        assertEquals(1, run("-n", "-m", "10.0.0.0/8"));
        assertTrue(err().startsWith("Too many addresses: "), err());
        assertTrue(err().contains("Give a smaller network"), err());
        assertEquals("", out());
    }

    @Test
    void progressIsShownOnATerminalOnlyAndLeavesNoTrace() {
        String[] args = {"-M", "-s", "127.0.0.1", "-t", "1"};
        assertEquals(0, run(false, args));
        assertFalse(err().contains("\r"), err());
        err.reset();
        assertEquals(0, run(true, args));
        assertTrue(err().contains("Searching: XML "), err());
        assertTrue(err().endsWith("\r\033[K"), err());
        err.reset();
        assertEquals(0, run(true, "-M", "-s", "127.0.0.1", "-t", "1", "-q"));
        assertEquals("", err());
    }
}
