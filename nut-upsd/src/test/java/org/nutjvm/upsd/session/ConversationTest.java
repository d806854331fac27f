package org.nutjvm.upsd.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.common.conf.UpsdUsers;
import org.nutjvm.common.wire.DriverRequest;
import org.nutjvm.common.wire.NutError;
import org.nutjvm.common.wire.Request;

class ConversationTest {
    private final Scripted upsd = new Scripted();

    ConversationTest() throws IOException {}

    private void asAdmin() {
        upsd.ask("USERNAME admin");
        upsd.ask("PASSWORD secret");
    }

    /// Worded by each version for itself, and so not in the transcripts.
    @Test
    void bannerVersionAndHelp() {
        assertEquals(
                "Network UPS Tools upsd 1.2.3 - https://www.networkupstools.org/\n",
                upsd.ask("VER").text());
        assertEquals(
                "Commands: HELP VER PROTVER GET LIST SET INSTCMD LOGIN LOGOUT USERNAME PASSWORD STARTTLS\n",
                upsd.ask("HELP").text());
        assertEquals(
                "VAR any server.version \"1.2.3\"\n",
                upsd.ask("GET VAR any SERVER.Version").text());
        assertEquals(
                "VAR any server.info \"Network UPS Tools upsd 1.2.3 - https://www.networkupstools.org/\"\n",
                upsd.ask("GET VAR any server.info").text());
    }

    @Test
    void encryptionIsNotConfigured() {
        assertEquals("ERR FEATURE-NOT-CONFIGURED\n", upsd.ask("STARTTLS").text());
        assertEquals(
                "VAR dummy ups.load \"12\"\n",
                upsd.ask("GET VAR dummy ups.load").text());
    }

    @Test
    void descriptionsComeFromTheTableWithoutThePrefixOfARepeater() throws IOException {
        var described = new Descriptions() {
            @Override
            public String var(String name) {
                return "about " + name + " \"quoted\"";
            }

            @Override
            public String cmd(String name) {
                return "does " + name;
            }
        };
        var conversation = new Conversation(upsd.devices, UpsdUsers.NONE, upsd.tracking, described, "1");
        assertEquals(
                "DESC dummy upstream.ups.load \"about ups.load \\\"quoted\\\"\"\n",
                conversation
                        .answer(upsd.session, new Request.GetDesc("dummy", "upstream.ups.load"), 0)
                        .text());
        assertEquals(
                "CMDDESC dummy load.off \"does load.off\"\n",
                conversation
                        .answer(upsd.session, new Request.GetCmdDesc("dummy", "load.off"), 0)
                        .text());
    }

    @Test
    void untilTheDriverHasSpokenTheStatusIsWait() {
        var device = new Device("fresh", null);
        upsd.devices.replace(List.of(device));
        var feed = new DriverFeed(device, upsd.tracking);
        assertEquals(
                "ERR DRIVER-NOT-CONNECTED\n",
                upsd.ask("GET VAR fresh ups.status").text());
        feed.connected(0);
        assertEquals(
                "VAR fresh ups.status \"WAIT\"\n",
                upsd.ask("GET VAR fresh ups.status").text());
        feed.disconnected();
        assertEquals("ERR DRIVER-NOT-CONNECTED\n", upsd.ask("LIST VAR fresh").text());
    }

    @Test
    void staleDataAreNotToldButTheDeviceCanBeLoggedInto() {
        upsd.feed.judge(100, 15);
        assertEquals("ERR DATA-STALE\n", upsd.ask("GET VAR dummy ups.status").text());
        assertEquals("ERR DATA-STALE\n", upsd.ask("LIST VAR dummy").text());
        assertEquals("ERR DATA-STALE\n", upsd.ask("LIST CMD dummy").text());
        assertEquals("ERR DATA-STALE\n", upsd.ask("GET NUMLOGINS dummy").text());
        upsd.ask("USERNAME monitor");
        upsd.ask("PASSWORD \"mon pass\"");
        assertEquals("ERR DATA-STALE\n", upsd.ask("INSTCMD dummy beeper.mute").text());
        assertEquals("OK\n", upsd.ask("LOGIN dummy").text());
    }

    @Test
    void aWordIsInNoRangeAndNoNumber() {
        asAdmin();
        assertEquals(
                "ERR INVALID-VALUE\n",
                upsd.ask("SET VAR dummy input.transfer.low high").text());
        assertEquals(
                "ERR INVALID-VALUE\n",
                upsd.ask("SET VAR dummy input.transfer.low 99999999999").text());
        assertEquals(
                "ERR INVALID-VALUE\n",
                upsd.ask("SET VAR dummy ups.delay.start soon").text());
        assertEquals(
                "ERR INVALID-VALUE\n",
                upsd.ask("SET VAR dummy ups.delay.start 1.2.3").text());
        assertEquals(
                "ERR INVALID-VALUE\n",
                upsd.ask("SET VAR dummy ups.delay.start \"\"").text());
        assertEquals("OK\n", upsd.ask("SET VAR dummy ups.delay.start +1.5").text());
        assertEquals(
                "OK\n", upsd.ask("SET VAR dummy battery.charge.low anything").text());
    }

    @Test
    void theOutcomeOfATrackedCommandIsToldUntilItExpires() {
        asAdmin();
        upsd.ask("SET TRACKING ON");
        String reply = upsd.ask("INSTCMD dummy load.off.delay 20").text();
        assertTrue(
                reply.matches("OK TRACKING [0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}\n"),
                reply);
        String id = reply.substring(12).trim();
        assertEquals("PENDING\n", upsd.ask("GET TRACKING " + id).text());
        byte[] line = ("TRACKING " + id + " 0\n").getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(
                List.of(Note.info("tracking ID: " + id + "\tresult: SUCCESS")), upsd.feed.read(line, line.length, 5));
        assertEquals(
                "SUCCESS\n",
                upsd.ask("GET TRACKING " + id.toLowerCase(Locale.ROOT)).text());
        upsd.tracking.expire(3600, 3600);
        assertEquals("SUCCESS\n", upsd.ask("GET TRACKING " + id).text());
        upsd.tracking.expire(3601, 3600);
        assertEquals("ERR UNKNOWN\n", upsd.ask("GET TRACKING " + id).text());
    }

    @Test
    void whatIsSetIsLoggedWithWhoAndWithoutPassword() {
        asAdmin();
        assertEquals(
                Note.info("Set variable: admin@127.0.0.1 set ups.id on dummy to abc (tracking ID: disabled)"),
                upsd.ask("SET VAR dummy ups.id abc").note());
        assertEquals(
                Note.info(
                        "Instant command: admin@127.0.0.1 did beeper.mute with value 5 on dummy (tracking ID: disabled)"),
                upsd.ask("INSTCMD dummy beeper.mute 5").note());
    }

    @Test
    void whatTheDriverIsToldIsAnAction() {
        asAdmin();
        assertEquals(
                new Answer.Action.Tell(
                        upsd.dummy, new DriverRequest.Set("ups.id", "abc", Optional.empty()), NutError.SET_FAILED),
                upsd.ask("SET VAR dummy ups.id abc").action());
    }

    @Test
    void aDenialNamesUserAddressAndCommandAndGrowsRare() {
        upsd.ask("USERNAME admin");
        upsd.ask("PASSWORD guess");
        int notes = 0;
        for (int i = 0; i < 64; i++) {
            var answer = upsd.ask("SET VAR dummy ups.id abc");
            assertEquals("ERR ACCESS-DENIED\n", answer.text());
            if (i == 0) {
                assertEquals(
                        new Note(Note.Level.NOTICE, "ACCESS-DENIED for admin@127.0.0.1: SET VAR dummy ups.id"),
                        answer.note());
            }
            var note = answer.note();
            notes += note == null ? 0 : 1;
            assertFalse(note != null && note.text().contains("guess"));
        }
        assertEquals(8, notes);
    }

    @Test
    void logoutClosesAndLeavingEndsTheLogin() {
        upsd.ask("USERNAME monitor");
        upsd.ask("PASSWORD \"mon pass\"");
        upsd.ask("LOGIN dummy");
        assertEquals("NUMLOGINS dummy 1\n", upsd.ask("GET NUMLOGINS dummy").text());
        var bye = upsd.ask("LOGOUT");
        assertInstanceOf(Answer.Action.Close.class, bye.action());
        assertNotNull(bye.note());
        upsd.session.leave();
        upsd.session.leave();
        assertEquals(
                "NUMLOGINS dummy 0\n",
                upsd.ask(new Session(2, "::1"), "GET NUMLOGINS dummy").text());
    }

    @Test
    void clientsAreListedNewestConnectionFirst() {
        for (int i = 1; i <= 3; i++) {
            var session = new Session(10 + (i * 7) % 5, "10.0.0." + i);
            upsd.ask(session, "USERNAME second");
            upsd.ask(session, "PASSWORD sec");
            upsd.ask(session, "LOGIN dummy");
        }
        assertEquals("""
                BEGIN LIST CLIENT dummy
                CLIENT dummy 10.0.0.2
                CLIENT dummy 10.0.0.1
                CLIENT dummy 10.0.0.3
                END LIST CLIENT dummy
                """, upsd.ask("LIST CLIENT dummy").text());
    }

    @Test
    void newUsersCountAtOnce() {
        asAdmin();
        assertEquals("OK\n", upsd.ask("SET VAR dummy ups.id abc").text());
        upsd.conversation.users(UpsdUsers.of(ConfReader.parse(
                "upsd.users", "[admin]\npassword = other\nactions = SET\n".getBytes(StandardCharsets.ISO_8859_1))));
        assertEquals("ERR ACCESS-DENIED\n", upsd.ask("SET VAR dummy ups.id abc").text());
    }

    @Test
    void onlyRepliesThatAreTrueForAllAreLasting() {
        assertTrue(upsd.ask("GET VAR dummy ups.load").lasting());
        assertTrue(upsd.ask("LIST VAR dummy").lasting());
        assertFalse(upsd.ask("GET NUMLOGINS dummy").lasting());
        assertFalse(upsd.ask("GET TRACKING").lasting());
        assertFalse(upsd.ask("LIST CLIENT dummy").lasting());
        assertFalse(upsd.ask("GET VAR dummy no.such").lasting());
        assertNull(upsd.ask("GET VAR dummy ups.load").action());
    }

    @Test
    void whateverChangesAnAnswerChangesTheStamp() {
        long stamp = upsd.dummy.stamp();
        upsd.dummy.tree().setinfo("ups.load", "13");
        assertTrue(upsd.dummy.stamp() > stamp);
        stamp = upsd.dummy.stamp();
        upsd.dummy.setFsd();
        assertTrue(upsd.dummy.stamp() > stamp);
        stamp = upsd.dummy.stamp();
        upsd.feed.judge(100, 15);
        assertTrue(upsd.dummy.stamp() > stamp);
        stamp = upsd.dummy.stamp();
        upsd.feed.disconnected();
        assertTrue(upsd.dummy.stamp() > stamp);
        stamp = upsd.dummy.stamp();
        upsd.dummy.desc("other");
        assertTrue(upsd.dummy.stamp() > stamp);
    }
}
