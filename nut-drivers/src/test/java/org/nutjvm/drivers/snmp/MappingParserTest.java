package org.nutjvm.drivers.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.drivers.snmp.engine.Answers;
import org.nutjvm.drivers.snmp.mapping.Catalogue;
import org.nutjvm.drivers.snmp.mapping.Mapping;
import org.nutjvm.drivers.snmp.mapping.MappingParser;
import org.nutjvm.drivers.snmp.mapping.Oid;

/// Mapping files, good and bad.
class MappingParserTest {
    private static final String HEAD = """
            mapping mine 1.0 sysobjectid=1.3.6.1.4.1.99999.1
            probe 1.3.6.1.4.1.99999.1.1.0
            oid my 1.3.6.1.4.1.99999.1
            """;

    private static MappingParser.Result parse(String text) {
        return MappingParser.parse("mine.snmp", text.getBytes(StandardCharsets.US_ASCII), false);
    }

    private static void complains(String line, String complaint) {
        var result = parse(HEAD + line + "\n");
        assertEquals(1, result.complaints().size(), line + " " + result.complaints());
        assertEquals(complaint, result.complaints().getFirst().toString());
        assertEquals(List.of(), result.mappings().getFirst().entries());
    }

    @Test
    void whatIsWrongIsSaidWithLineAndCure() {
        complains(
                "nunber ups.load $my.2.0",
                "Unknown word 'nunber' at the beginning of a line (mine.snmp:4, did you mean number?)");
        complains("number ups.load $my.2.0 skale=1", "Unknown word 'skale' (mine.snmp:4, did you mean scale?)");
        complains(
                "number ups.load $me.2.0",
                "There is no 'oid me ...' above this line: write it there, or the identifier in full (mine.snmp:4, did you mean my?)");
        complains(
                "number ups.load $my.x.0",
                "'$my.x.0' is no object identifier: write numbers and dots, {device} for what differs (mine.snmp:4)");
        complains("number ups.load", "The line ends too early: number NAME OID ... (mine.snmp:4)");
        complains(
                "status $my.3.0 table=none", "There is no table 'none' above this line: write it there (mine.snmp:4)");
        complains("status $my.3.0", "Name the meanings of the codes by table=NAME (mine.snmp:4)");
        complains(
                "number ups.load $my.2.0 scale=0", "scale=0: a number other than 0 is expected, as 0.1 (mine.snmp:4)");
        complains("number ups.load $my.2.0 input=2", "How many phases: 1, 3 or any is expected, not '2' (mine.snmp:4)");
        complains(
                "command load.off $my.2.0",
                "A command needs value=WHAT-TO-WRITE, or the word param when the user gives it (mine.snmp:4)");
        complains(
                "number ups.load $my.2.0 write=octet",
                "write=octet: one of as-read, integer, text, ticks, oid is expected (mine.snmp:4)");
        complains(
                "mapping \"\" 2",
                "A mapping needs a name and a version: mapping NAME VERSION sysobjectid=OID (mine.snmp:4)");
        complains("trap $my.0.5", "A trap is written: trap OID \"what the device means by it\" (mine.snmp:4)");
        complains(
                "trap $my.0.5 \"on battery\"\ntrap $my.0.5 \"off\"",
                "This trap is known already: the first line counts (mine.snmp:5)");
    }

    @Test
    void trapsHaveMeanings() {
        var traps = parse(HEAD + "trap $my.0.5 \"on battery\"\n")
                .mappings()
                .getFirst()
                .traps();
        assertEquals(Map.of(Oid.of(1, 3, 6, 1, 4, 1, 99999, 1, 0, 5), "on battery"), traps);
    }

    @Test
    void aBadLineTakesNothingElseWithIt() {
        var result = parse(HEAD + "nonsense\nnumber ups.load $my.2.0 scale=0.1\n");
        assertEquals(1, result.complaints().size());
        assertEquals(1, result.mappings().getFirst().entries().size());
    }

    @Test
    void aFileWithoutAMappingIsRefused() {
        var result = parse("number ups.load 1.3.6.1\n");
        assertEquals(List.of(), result.mappings());
        assertEquals(
                "mine.snmp names no mapping: begin it with a line 'mapping NAME VERSION sysobjectid=OID'",
                result.complaints().getFirst().toString());
    }

    @Test
    void everyBuiltInMappingIsWithoutFault() throws IOException {
        var catalogue = Played.catalogue(); // which does not bear complaints
        int entries = 0;
        for (var head : catalogue.heads()) {
            var mapping = catalogue.load(head);
            assertEquals(head, mapping.head());
            assertTrue(!mapping.entries().isEmpty(), head.name());
            assertTrue(!head.probes().isEmpty(), head.name());
            entries += mapping.entries().size();
        }
        assertTrue(catalogue.heads().size() >= 36, "as many as C has");
        assertTrue(entries > 1800, entries + " lines");
    }

    @Test
    void anAdministratorsMappingGoesFirst(@TempDir Path dir) throws Exception {
        Files.writeString(dir.resolve("mine.snmp"), """
                mapping mine 0.1 sysobjectid=1.3.6.1.4.1.99999.1
                probe 1.3.6.1.4.1.99999.1.1.0
                oid my 1.3.6.1.4.1.99999.1
                table power
                    1 OL
                    2 "OB LB"
                text ups.model $my.1.0 length=32 once
                status $my.2.0 table=power
                number battery.charge $my.3.0 scale=0.1
                number outlet.{outlet}.current $my.4.1.{outlet} scale=0.01
                """);
        var complaints = new ArrayList<String>();
        var catalogue = new Catalogue(dir, complaint -> complaints.add(complaint.toString()));
        var recording = Recording.of("""
                1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.1
                1.3.6.1.4.1.99999.1.1.0|4|Home made
                1.3.6.1.4.1.99999.1.2.0|2|2
                1.3.6.1.4.1.99999.1.3.0|66|875
                1.3.6.1.4.1.99999.1.4.1.1|2|150
                1.3.6.1.4.1.99999.1.4.1.2|2|75
                """);
        var played = new Played(catalogue, recording, "auto");
        assertEquals(List.of(), complaints);
        assertEquals("OB LB", played.dump().get("ups.status"));
        assertEquals("87.50", played.dump().get("battery.charge"));
        assertEquals("2", played.dump().get("outlet.count"));
        assertEquals("1.50", played.dump().get("outlet.1.current"));
        assertEquals("0.75", played.dump().get("outlet.2.current"));
        assertEquals("its sysObjectID is 1.3.6.1.4.1.99999.1", played.reason);
        var named = new Played(catalogue, recording, "ietf");
        assertNull(named.head, "an UPS-MIB it does not have");
    }

    @Test
    void identifiersAreReadAndOrdered() {
        assertNull(Oid.parse(""));
        assertNull(Oid.parse("1..3"));
        assertNull(Oid.parse("1.3.x"));
        assertNull(Oid.parse("1.3.4294967296"));
        assertNull(Oid.parse("1." + "3.".repeat(Oid.LIMIT) + "1"));
        var oid = oid(".1.3.6.4294967295");
        assertEquals("1.3.6.4294967295", oid.toString());
        assertTrue(oid("1.3.6.9").compareTo(oid) < 0);
        assertEquals(oid("1.3.6"), oid("1.3.6.0").justBefore());
        assertEquals(oid("1.3.6.4.4294967295"), oid("1.3.6.5").justBefore());
        assertTrue(oid("1.3.6.4.7").compareTo(oid("1.3.6.5").justBefore()) < 0);
    }

    private static Oid oid(String text) {
        var oid = Oid.parse(text);
        assertNotNull(oid);
        return oid;
    }

    @Test
    void hostileAnswersDoNoHarm() throws Exception {
        var catalogue = Played.catalogue();
        Mapping.Head epdu = null;
        for (var head : catalogue.heads()) {
            if (head.name().equals("eaton_epdu")) {
                epdu = head;
            }
        }
        assertNotNull(epdu);
        var recording = Recording.of("""
                1.3.6.1.4.1.534.6.6.7.1.1.0|4|0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34
                1.3.6.1.4.1.534.6.6.7.1.2.1.2.0|4|model
                1.3.6.1.4.1.534.6.6.7.1.2.1.22.0|2|2147483647
                1.3.6.1.4.1.534.6.6.7.1.2.1.21.0|2|-5
                """);
        var report = Played.evaluate(catalogue.load(epdu), recording, new Answers());
        assertEquals(32, report.devices());
        assertTrue(report.variables().size() < 16_384);
    }
}
