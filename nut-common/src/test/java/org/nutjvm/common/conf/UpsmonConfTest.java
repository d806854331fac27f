package org.nutjvm.common.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpsmonConfTest {
    @Test
    void anEmptyFileHasTheDocumentedValues() {
        var conf = read("");
        assertEquals(List.of(), conf.monitors());
        assertEquals(
                List.of(1, 5, 5, -1, 15, 15, 5, 0, 300, 43200, 30, -1, 0),
                List.of(
                        conf.minsupplies(),
                        conf.pollfreq(),
                        conf.pollfreqalert(),
                        conf.pollfailLogThrottleMax(),
                        conf.deadtime(),
                        conf.hostsync(),
                        conf.finaldelay(),
                        conf.shutdownexit(),
                        conf.nocommwarntime(),
                        conf.rbwarntime(),
                        conf.offduration(),
                        conf.overduration(),
                        conf.oblbduration()));
        assertTrue(conf.alarmcritical());
        assertEquals(List.of(), conf.complaints());
    }

    @ParameterizedTest
    @CsvSource({"primary, true", "master, true", "MASTER, true", "secondary, false", "slave, false"})
    void rolesOfBothTimesAreKnown(String role, boolean primary) {
        var conf = read("MONITOR ups@host:3493 2 mon \"s e\" " + role);
        var monitor = conf.monitors().getFirst();
        assertEquals(
                "ups@host:3493 2 mon s e " + primary,
                monitor.sys() + " " + monitor.powervalue() + " " + monitor.user() + " " + monitor.password() + " "
                        + monitor.primary());
        assertEquals(List.of(), conf.complaints());
    }

    @Test
    void aRoleThatIsNoneIsSaidAndTakenForSecondary() {
        var conf = read("MONITOR ups@host 1 mon two words master");
        assertFalse(conf.monitors().getFirst().primary());
        assertTrue(conf.complaints().getFirst().text().contains("has to be primary or secondary"));
    }

    @Test
    void aMonitorLineWithoutUserIsNotTaken() {
        var conf = read("MONITOR ups@host 1 secret master");
        assertEquals(List.of(), conf.monitors());
        assertTrue(conf.complaints().getFirst().text().startsWith("Unable to use old-style MONITOR line"));
        assertFalse(conf.complaints().toString().contains("secret"), "a password is not for the log");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1x", ""})
    void aMonitorLineWithABadPowervalueIsNotTaken(String powervalue) {
        var conf = read("MONITOR ups@host \"" + powervalue + "\" mon pw primary");
        assertEquals(List.of(), conf.monitors());
        assertTrue(conf.complaints().getFirst().text().contains("ignoring invalid power value"));
    }

    @Test
    void aUpsIsWatchedOnce() {
        var conf = read("MONITOR u@h 1 a b primary\nMONITOR u@h 1 a b primary");
        assertEquals(1, conf.totalPowervalue());
        assertEquals(2, conf.complaints().getFirst().line());
    }

    @Test
    void commandsAreAShellLineOrWords() {
        var conf = read("SHUTDOWNCMD \"/sbin/shutdown -h +0\"\nNOTIFYCMD /bin/tell \"a b\" c");
        assertEquals(List.of("/sbin/shutdown -h +0"), conf.shutdowncmd());
        assertEquals(List.of("/bin/tell", "a b", "c"), conf.notifycmd());
    }

    @Test
    void notifyLinesReplaceTextAndPlaces() {
        var conf = read("NOTIFYMSG onbatt \"%s is dying\"\nNOTIFYFLAG ONBATT EXEC+SYSLOG\nNOTIFYFLAG ONLINE IGNORE");
        assertEquals("%s is dying", conf.message(NotifyType.ONBATT));
        assertEquals("UPS %s on line power", conf.message(NotifyType.ONLINE));
        assertEquals(Set.of(NotifyFlag.EXEC, NotifyFlag.SYSLOG), conf.flags(NotifyType.ONBATT));
        assertEquals(Set.of(NotifyFlag.IGNORE), conf.flags(NotifyType.ONLINE));
        assertEquals(UpsmonConf.DEFAULT_FLAGS, conf.flags(NotifyType.FSD));
    }

    @Test
    void unknownEventsAndFlagsAreSaidWithTheNearestKnown() {
        var conf = read("NOTIFYFLAG ONBAT EXEC\nNOTIFYFLAG ONBATT SYSLOG+WALLi\nNOTIFYMSG NONSENSE x");
        assertEquals("ONBATT", conf.complaints().get(0).suggestion());
        assertTrue(conf.complaints().get(1).text().startsWith("Invalid notify flag: [WALLi]"));
        assertTrue(conf.complaints().get(2).text().startsWith("'NONSENSE' is not a valid notify event name"));
        assertEquals(Set.of(NotifyFlag.SYSLOG), conf.flags(NotifyType.ONBATT));
    }

    @ParameterizedTest
    @CsvSource({"yes, 0", "on, 0", "true, 0", "no, -1", "OFF, -1", "False, -1", "30, 30", "-5, -5", "later, 0"})
    void shutdownexitIsAWordOrSeconds(String written, int seconds) {
        assertEquals(seconds, read("SHUTDOWNEXIT " + written).shutdownexit());
    }

    @Test
    void negativeNumbersAreIgnoredWhereTheyMeanNothing() {
        var conf = read("POLLFREQ -1\nMINSUPPLIES -2\nFINALDELAY -3\nOFFDURATION -1\nOBLBDURATION -9"
                + "\nDEADTIME -5\nHOSTSYNC -1");
        assertEquals(5, conf.pollfreq());
        assertEquals(1, conf.minsupplies());
        assertEquals(5, conf.finaldelay());
        assertEquals(-1, conf.offduration());
        assertEquals(0, conf.oblbduration());
        assertEquals(15, conf.deadtime(), "else a UPS on battery were dead whenever it does not answer at once");
        assertEquals(15, conf.hostsync());
        assertEquals(5, conf.complaints().size());
    }

    @Test
    void aWordInsteadOfANumberIsSaid() {
        var conf = read("DEADTIME fifteen");
        assertEquals(15, conf.deadtime(), "0 were a shutdown at the first silence on battery");
        assertTrue(conf.complaints().getFirst().text().startsWith("DEADTIME has non numeric value fifteen"));
    }

    @Test
    void anUnknownDirectiveIsSaidWithFileLineAndNearest() {
        var conf = read("\nPOLFREQ 5\nDEADTIME 20");
        var complaint = conf.complaints().getFirst();
        assertTrue(complaint.text().startsWith("upsmon.conf line 2: invalid directive POLFREQ 5"), complaint.text());
        assertEquals("POLLFREQ", complaint.suggestion());
        assertEquals(20, conf.deadtime(), "nothing else is lost");
    }

    @Test
    void tlsWordsAreRead() {
        var tls =
                read("CERTPATH /c\nCERTFILE /c/me.pem\nCERTIDENT me pw\nCERTHOST h:1 \"N S\" 1 0\nCERTVERIFY 1\nFORCESSL 1")
                        .tls();
        assertEquals(Optional.of("/c"), tls.certpath());
        assertEquals(
                "CertHost[host=h:1, name=N S, certverify=1, forcessl=0]",
                tls.hosts().getFirst().toString());
        assertTrue(tls.certverify() && tls.forcessl());
        assertEquals("CertIdent[me]", tls.certident().orElseThrow().toString());
    }

    private static UpsmonConf read(String text) {
        return UpsmonConf.of(ConfReader.parse("upsmon.conf", text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
