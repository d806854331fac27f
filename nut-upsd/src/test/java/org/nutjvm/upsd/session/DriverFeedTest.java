package org.nutjvm.upsd.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriverFeedTest {
    private static final Note STALE = new Note(Note.Level.NOTICE, "Data for UPS [d] is stale - check driver");
    private static final Note FRESH = new Note(Note.Level.NOTICE, "UPS [d] data is no longer stale");

    private final Device device = new Device("d", null);
    private final DriverFeed feed = new DriverFeed(device, new Tracking(() -> 0));

    private List<Note> say(String lines, long now) {
        byte[] bytes = lines.getBytes(StandardCharsets.ISO_8859_1);
        return feed.read(bytes, bytes.length, now);
    }

    @Test
    void anySplitGivesTheSameTree() {
        byte[] lines = "SETINFO ups.status \"OL\"\nSETINFO a \"b \\\" c\"\nADDCMD x\nSETFLAGS a RW STRING\nSETAUX a 9\n"
                .getBytes(StandardCharsets.ISO_8859_1);
        feed.connected(0);
        feed.read(lines, lines.length, 0);
        var whole =
                List.of(device.tree().vars().toString(), device.tree().cmds().toString());
        for (int cut = 0; cut <= lines.length; cut++) {
            feed.connected(0);
            feed.read(lines, cut, 0);
            byte[] rest = Arrays.copyOfRange(lines, cut, lines.length);
            feed.read(rest, rest.length, 0);
            assertEquals(
                    whole,
                    List.of(
                            device.tree().vars().toString(),
                            device.tree().cmds().toString()),
                    "cut at " + cut);
        }
    }

    @Test
    void silenceIsStaleOneSecondAfterMaxage() {
        feed.connected(100);
        assertNull(feed.judge(116, 15));
        assertEquals(STALE, feed.judge(117, 15));
        assertNull(feed.judge(118, 15));
        say("PONG\n", 118);
        assertEquals(FRESH, feed.judge(118, 15));
    }

    @Test
    void aDriverIsAskedForASignOfLifeAfterAThirdOfMaxage() {
        feed.connected(100);
        assertFalse(feed.pingDue(105, 15));
        assertTrue(feed.pingDue(106, 15));
        feed.pinged(106);
        assertFalse(feed.pingDue(111, 15));
        assertTrue(feed.pingDue(112, 15));
        say("PONG\n", 112);
        assertFalse(feed.pingDue(117, 15));
    }

    @Test
    void whatTheDriverSaysOfItsDataCountsAfterTheDump() {
        feed.connected(0);
        say("DATASTALE\n", 0);
        assertNull(feed.judge(0, 15));
        say("DUMPDONE\n", 0);
        assertEquals(STALE, feed.judge(0, 15));
        say("DATAOK\n", 0);
        assertEquals(FRESH, feed.judge(0, 15));
        say("DATASTALE\n", 1);
        assertEquals(STALE, feed.judge(1, 15));
    }

    @Test
    void anUnknownLineIsNoSignOfLifeAndMentionedAFewTimes() {
        feed.connected(0);
        int notes = 0;
        for (int i = 0; i < 100; i++) {
            notes += say("NONSENSE\n\n", 50).size();
        }
        assertEquals(5, notes);
        assertEquals(STALE, feed.judge(50, 15));
    }

    @Test
    void aMalformedLineIsMentionedAndTheNextOneCounts() {
        feed.connected(0);
        assertEquals(1, say("SETINFO a \"b#\nSETINFO c \"d\"\n", 0).size());
        assertEquals("d", device.tree().value("c"));
    }

    @Test
    void aLineWithoutEndIsNoDrivers() {
        feed.connected(0);
        say("x".repeat(DriverFeed.LINE_LIMIT), 0);
        assertFalse(feed.endless());
        say("x", 0);
        assertTrue(feed.endless());
        feed.connected(0);
        assertFalse(feed.endless());
    }

    @Test
    void aDumpWithoutEndIsNoDrivers() {
        feed.connected(0);
        String line = "SETINFO a \"b\"\n".repeat(1000);
        for (int i = 0; i <= DriverFeed.DUMP_LIMIT / line.length() && !feed.endless(); i++) {
            say(line, 0);
        }
        assertTrue(feed.endless());
        feed.connected(0);
        say("DUMPDONE\n", 0);
        for (int i = 0; i <= DriverFeed.DUMP_LIMIT / line.length(); i++) {
            say(line, 0);
        }
        assertFalse(feed.endless());
    }

    @Test
    void whoHasMoreToSayThanADeviceIsNoDriver() {
        feed.connected(0);
        say("DUMPDONE\n", 0);
        String value = "y".repeat(500);
        for (int i = 0; i < DriverFeed.LETTERS_LIMIT / 500 - 100; i++) {
            say("SETINFO var." + i + " \"" + value + "\"\n", 0);
            say("SETINFO var." + i + " \"\"\nSETINFO var." + i + " \"" + value + "\"\n", 0);
        }
        assertFalse(feed.endless());
        for (int i = 0; i < 200; i++) {
            say("SETINFO more." + i + " \"" + value + "\"\n", 0);
        }
        assertTrue(feed.endless());
        feed.disconnected();
        feed.connected(0);
        say("SETINFO a \"b\"\n", 0);
        assertFalse(feed.endless());
    }

    @Test
    void nothingIsLeftOfAnEarlierConnection() {
        feed.connected(0);
        say("SETINFO a \"1\"\nADDCMD c\nDATAOK\nDUMPDONE\nSETINFO half", 0);
        feed.disconnected();
        feed.connected(0);
        say("SETINFO b \"2\"\n", 0);
        assertEquals("[b, ups.status]", device.tree().vars().keySet().toString());
        assertTrue(device.tree().cmds().isEmpty());
    }
}
