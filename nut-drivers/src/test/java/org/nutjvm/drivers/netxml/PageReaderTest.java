package org.nutjvm.drivers.netxml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageReaderTest {
    private static Page read(String text) throws IOException {
        return new PageReader().read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void linksAreCollectedByTheirPlace() throws IOException {
        var page = read(PlayedCard.OLD);
        assertTrue(page.is("PRODUCT_INFO"));
        assertEquals("/upsprop.xml", page.url("SUMMARY/XML_SUMMARY_PAGE"));
        assertEquals("/getvalue.cgi", page.url("UPS_DATA/GET_OBJECT"));
        assertEquals("/subscribe.cgi", page.url("ALARMS/SUBSCRIPTION"));
        assertEquals("Transverse", page.attributes().get("TYPE"));
        assertEquals("/ws/summary.xml", read(PlayedCard.NEW).url("SUMMARY/XML_SUMMARY_PAGE"));
    }

    @Test
    void objectsKeepTheirOrderAndEmptyOnesAreNone() throws IOException {
        var page = read("<Summary><OBJECT name='a'> 1&lt;2\n</OBJECT><Object NAME='b'></Object>"
                + "<OTHER>x</OTHER><OBJECT>y</OBJECT><OBJECT name='c'><![CDATA[z]]></OBJECT></Summary>");
        assertEquals("SUMMARY", page.root());
        assertEquals(List.of(new Page.Told("a", "1<2"), new Page.Told("c", "z")), page.objects());
        assertEquals(
                255,
                read("<SUMMARY><OBJECT name='a'>" + "x".repeat(70_000) + "</OBJECT></SUMMARY>")
                        .objects()
                        .getFirst()
                        .value()
                        .length());
    }

    @Test
    void alarmsAndConfigurationsAreAttributes() throws IOException {
        var alarm =
                read("<ALARM object='UPS.PowerSummary.PresentStatus.ACPresent' value='0' date='2008/03/01 15:23'/>");
        assertEquals(List.of(new Page.Told("UPS.PowerSummary.PresentStatus.ACPresent", "0")), alarm.objects());
        var client = read("<XML-CLIENT><GENERAL><SHUTDOWN shutdownTimer='NONE' shutdownDuration='150'/></GENERAL>"
                + "</XML-CLIENT>");
        assertEquals(Map.of("shutdowntimer", "NONE", "shutdownduration", "150"), client.client());
    }

    @Test
    void lettersAreReadAsTheDocumentSays() throws IOException {
        String page = "<SUMMARY><OBJECT name='a'>Z\u00fcrich</OBJECT></SUMMARY>";
        for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16)) {
            String said = "<?xml version='1.0' encoding='" + charset + "'?>" + page;
            var read = new PageReader().read(said.getBytes(charset));
            assertEquals("Z\u00fcrich", read.objects().getFirst().value(), charset.name());
        }
        assertEquals("Z\u00fcrich", read("\uFEFF" + page).objects().getFirst().value());
    }

    @Test
    void malformedLettersAreAnErrorAndNoLineOnStandardError() {
        var before = System.err;
        var said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            for (String bad : new String[] {"<a>\u00ff</a>", "\u00ff", "<?xml encoding='UTF-8'?><a>\u00e4\u00e4</a>"}) {
                assertThrows(
                        IOException.class, () -> new PageReader().read(bad.getBytes(StandardCharsets.ISO_8859_1)), bad);
            }
        } finally {
            System.setErr(before);
        }
        assertEquals("", said.toString(StandardCharsets.UTF_8));
    }

    @Test
    void nothingHostileIsRead() {
        for (String hostile : new String[] {
            "",
            "text",
            "<a><b></a>",
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><SUMMARY><OBJECT name='a'>&x;</OBJECT></SUMMARY>",
            "<!DOCTYPE a [<!ENTITY x 'y'>]><SUMMARY><OBJECT name='a'>&x;</OBJECT></SUMMARY>",
            "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/x'><SUMMARY/>",
            "<SUMMARY><OBJECT name='a'>&x;</OBJECT></SUMMARY>",
            "<a>".repeat(20) + "</a>".repeat(20),
            "<SUMMARY>" + "<OBJECT name='a'>1</OBJECT>".repeat(5000) + "</SUMMARY>",
        }) {
            assertThrows(IOException.class, () -> read(hostile), hostile);
        }
    }
}
