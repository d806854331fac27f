package org.nutjvm.common.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpsdUsersTest {
    private static UpsdUsers users(String text) {
        return UpsdUsers.of(ConfReader.parse("upsd.users", text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static List<String> texts(UpsdUsers users) {
        return users.complaints().stream().map(Complaint::text).toList();
    }

    @Test
    void readsUsers() {
        var users = users("""
                [admin]
                    password = "my pass"
                    actions = SET FSD
                    instcmds = test.battery.start beeper.off
                    instcmds=load.off
                [upsmon]
                    password=x
                    upsmon primary
                """);
        assertEquals(List.of(), users.complaints());
        assertTrue(users.mayAct("admin", "my pass", "set"));
        assertTrue(users.mayAct("admin", "my pass", "FSD"));
        assertFalse(users.mayAct("admin", "my pass", "LOGIN"));
        assertFalse(users.mayAct("admin", "wrong", "set"));
        assertFalse(users.mayAct("Admin", "my pass", "set"));
        assertFalse(users.mayAct("admin", null, "set"));
        assertFalse(users.mayAct(null, "x", "set"));
        assertTrue(users.mayCommand("admin", "my pass", "LOAD.OFF"));
        assertFalse(users.mayCommand("admin", "my pass", "load.on"));
        assertTrue(users.mayAct("upsmon", "x", "LOGIN"));
        assertTrue(users.mayAct("upsmon", "x", "MASTER"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"upsmon primary", "upsmon = primary", "upsmon=master", "UPSMON Primary", "upsmon master"})
    void primaryMayLoginAndForceShutdown(String line) {
        var users = users("[u]\npassword = p\n" + line + "\n");
        assertEquals(List.of("login", "master", "fsd"), users.users().getFirst().actions());
        assertEquals(List.of(), users.complaints());
    }

    @ParameterizedTest
    @ValueSource(strings = {"upsmon secondary", "upsmon = secondary", "upsmon slave", "upsmon=SLAVE"})
    void secondaryMayLogin(String line) {
        assertEquals(
                List.of("login"),
                users("[u]\n" + line + "\n").users().getFirst().actions());
    }

    @Test
    void allCommands() {
        var users = users("[u]\npassword = p\ninstcmds = ALL\n");
        assertTrue(users.mayCommand("u", "p", "whatever"));
        assertFalse(users.mayCommand("u", "q", "whatever"));
    }

    @Test
    void withoutPasswordNobodyIsThatUser() {
        var users = users("[u]\nactions = SET\n[v]\npassword = \"\"\nactions = SET\n");
        assertFalse(users.mayAct("u", "", "SET"));
        assertTrue(users.mayAct("v", "", "SET"));
        assertFalse(users.mayAct("v", "x", "SET"));
    }

    @Test
    void partOrMultipleOfThePasswordIsWrong() {
        var users = users("[u]\npassword = abab\nactions = SET\n");
        assertTrue(users.mayAct("u", "abab", "SET"));
        for (String wrong : List.of("", "ab", "aba", "ababab", "abababab", "abaB")) {
            assertFalse(users.mayAct("u", wrong, "SET"), wrong);
        }
    }

    @Test
    void firstSectionOfANameDecides() {
        var users = users("[a]\npassword = 1\n[b]\npassword = 2\n[a]\npassword = 3\nactions = SET\n");
        assertEquals(2, users.users().size());
        assertFalse(users.mayAct("a", "1", "SET"));
        assertFalse(users.mayAct("b", "2", "SET"), "what stands under somebody else's name is not for b");
        assertTrue(texts(users).getFirst().startsWith("Ignoring duplicate user a"));
    }

    @Test
    void sameSectionTwiceInARowGoesOn() {
        var users = users("[a]\npassword = 1\n[a]\npassword = 3\nactions = SET\n");
        assertTrue(users.mayAct("a", "1", "SET"));
        assertTrue(texts(users).get(1).startsWith("Ignoring duplicate password for a"));
    }

    @Test
    void unknownSettingGetsASuggestion() {
        var complaint = users("[u]\npasswrod = x\n").complaints().getFirst();
        assertEquals("Unrecognized user setting passwrod (upsd.users:2, did you mean password?)", complaint.text());
        assertEquals("passwrod", complaint.word());
    }

    @Test
    void whatCTakesSilentlyIsSaid() {
        assertTrue(texts(users("[u]\npassword secret\n")).getFirst().contains("it needs '= text'"));
        assertEquals(
                "upsmon", users("[u]\nadmin master\n").complaints().getFirst().suggestion());
        assertTrue(texts(users("[u]\nupsmon bigboss\n")).getFirst().startsWith("Unknown upsmon type bigboss"));
        assertEquals(
                "SET", users("[u]\nactions = SETT\n").complaints().getFirst().suggestion());
        assertTrue(texts(users("[u]\nallowfrom = x\n"))
                .getFirst()
                .startsWith("allowfrom in upsd.users is no longer used"));
        assertTrue(texts(users("password = x\n[u]\n"))
                .getFirst()
                .startsWith("Ignoring password definition outside user section"));
    }

    @Test
    void noPasswordIsPrinted() {
        var users = users("[u]\npassword = sesame open\n[u]\npassword = sesame\npassword sesame\n");
        assertEquals(4, users.complaints().size());
        assertFalse((texts(users) + users.users().toString()).contains("sesame"));
    }
}
