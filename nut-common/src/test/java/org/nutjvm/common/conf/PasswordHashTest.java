package org.nutjvm.common.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
    /// By Python's hashlib, in the form of passlib.
    private static final String SHA256 =
            "$pbkdf2-sha256$1000$AAECAwQFBgcICQoLDA0ODw$yRTMTwbMbo9G0VfjobWqerzuuxe7BETNTErBbKKumGQ";

    private static final String SHA512 = "$pbkdf2-sha512$1000$AAECAwQFBgcICQoLDA0ODw"
            + "$Xpx07WjVx4vCIvrmBRj8uOoVVtGqJqtUv2J5bhizSQs7osCteF7W4A61dZDqSIqQjO.dxO6p5FT/Uy7QRBXSXA";

    @ParameterizedTest
    @ValueSource(strings = {SHA256, SHA512})
    void valuesOfOtherProgramsFitTheirPasswords(String text) {
        var hash = PasswordHash.of(text).orElseThrow();
        assertTrue(hash.matches("correct horse"));
        assertFalse(hash.matches("correct horse "));
        assertFalse(hash.matches(""));
        assertFalse(hash.toString().contains("AAECAw"));
    }

    @Test
    void oneMadeHereIsReadAgain() {
        var made = PasswordHash.make("secret", 10, new byte[16]);
        assertTrue(PasswordHash.of(made.text()).orElseThrow().matches("secret"));
        assertFalse(PasswordHash.of(made.text()).orElseThrow().matches("Secret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$pbkdf2-sha256$",
                "$pbkdf2-sha256$0$AAECAwQFBgcICQoLDA0ODw$yRTMTwbMbo9G0VfjobWqerzuuxe7BETNTErBbKKumGQ",
                "$pbkdf2-sha256$99999999$AAECAwQFBgcICQoLDA0ODw$yRTMTwbMbo9G0VfjobWqerzuuxe7BETNTErBbKKumGQ",
                "$pbkdf2-md5$1000$AAECAwQFBgcICQoLDA0ODw$yRTMTwbMbo9G0VfjobWqerzuuxe7BETNTErBbKKumGQ",
                "$pbkdf2-sha256$1000$AAEC$yRTMTwbMbo9G0VfjobWqerzuuxe7BETNTErBbKKumGQ",
                "$pbkdf2-sha256$1000$AAECAwQFBgcICQoLDA0ODw$",
                "$pbkdf2-sha256$1000$AAECAwQFBgcICQoLDA0ODw$y*TM",
                "$pbkdf2-"
            })
    void aDamagedOneIsNoPasswordEither(String text) {
        assertTrue(PasswordHash.of(text).isEmpty());
        var users = UpsdUsers.of(ConfReader.parse(
                "upsd.users", ("[a]\npassword = " + text + "\nactions = SET\n").getBytes(StandardCharsets.US_ASCII)));
        assertFalse(users.mayAct("a", text, "SET"));
        assertTrue(users.complaints().getFirst().text().contains("nutconf --hash-password"));
    }

    @Test
    void aUserWithACheckValueLogsInByThePassword() {
        var users = UpsdUsers.of(ConfReader.parse(
                "upsd.users", ("[a]\npassword = " + SHA256 + "\nactions = SET\n").getBytes(StandardCharsets.US_ASCII)));
        assertEquals(0, users.complaints().size());
        assertTrue(users.mayAct("a", "correct horse", "SET"));
        assertFalse(users.mayAct("a", SHA256, "SET"), "the check value itself is no password");
    }
}
