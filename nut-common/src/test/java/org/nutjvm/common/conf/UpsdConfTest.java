package org.nutjvm.common.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpsdConfTest {
    private static UpsdConf conf(String text) {
        return UpsdConf.of(ConfReader.parse("/etc/nut/upsd.conf", text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static List<String> texts(UpsdConf conf) {
        return conf.complaints().stream().map(Complaint::text).toList();
    }

    @Test
    void emptyFileHasTheStandardValues() {
        var conf = conf("# nothing\n\n");
        assertEquals(15, conf.maxageSeconds());
        assertEquals(3600, conf.trackingDelaySeconds());
        assertEquals(List.of(), conf.listen());
        assertEquals(Optional.empty(), conf.allowNoDevice());
        assertFalse(conf.disableWeakSsl());
        assertEquals(List.of(), conf.complaints());
    }

    @Test
    void readsEveryWord() {
        var conf = conf("""
                MAXAGE 25
                TRACKINGDELAY 60
                ALLOW_NO_DEVICE true
                ALLOW_NOT_ALL_LISTENERS 1
                STATEPATH /run/s
                DATAPATH "/usr/share/my nut"
                LISTEN 127.0.0.1
                LISTEN ::1 3494
                MAXCONN 100
                CERTFILE /etc/nut/upsd.pem
                CERTPATH /etc/nut/cert
                CERTIDENT "my nut" secret
                CERTREQUEST REQUIRE
                DISABLE_WEAK_SSL yes
                debug_min 3
                """);
        assertEquals(List.of(), conf.complaints());
        assertEquals(25, conf.maxageSeconds());
        assertEquals(60, conf.trackingDelaySeconds());
        assertEquals(Optional.of(true), conf.allowNoDevice());
        assertEquals(Optional.of(true), conf.allowNotAllListeners());
        assertEquals(Optional.of("/run/s"), conf.statepath());
        assertEquals(Optional.of("/usr/share/my nut"), conf.datapath());
        assertEquals(
                List.of(new UpsdConf.Listen("127.0.0.1", "3493", 7), new UpsdConf.Listen("::1", "3494", 8)),
                conf.listen());
        assertEquals(OptionalInt.of(100), conf.maxconn());
        assertEquals(Optional.of("/etc/nut/upsd.pem"), conf.certfile());
        assertEquals(Optional.of("/etc/nut/cert"), conf.certpath());
        assertEquals("secret", conf.certident().orElseThrow().password());
        assertEquals("CertIdent[my nut]", conf.certident().orElseThrow().toString());
        assertEquals(OptionalInt.of(2), conf.certrequest());
        assertTrue(conf.disableWeakSsl());
        assertEquals(OptionalInt.of(3), conf.debugMin());
    }

    @Test
    void unknownWordGetsCsWordsAndASuggestion() {
        assertEquals(
                List.of(
                        "upsd.conf: invalid directive MAXAG 15 (/etc/nut/upsd.conf:2, did you mean MAXAGE?)",
                        "Encountered 1 config errors, those entries were ignored"),
                texts(conf("\nMAXAG 15\n")));
    }

    @Test
    void lowerCaseWordIsUnknownAsInC() {
        var conf = conf("maxage 20\n");
        assertEquals(15, conf.maxageSeconds());
        assertEquals("MAXAGE", conf.complaints().getFirst().suggestion());
    }

    @ParameterizedTest
    @CsvSource({
        "MAXAGE, non numeric value",
        "ALLOW_NO_DEVICE, non numeric and non boolean value",
        "MAXCONN, non numeric value",
        "DISABLE_WEAK_SSL, non boolean value",
        "CERTREQUEST, non numeric value"
    })
    void badValueIsCountedAndLeftOut(String word, String what) {
        var conf = conf(word + " maybe\n");
        assertEquals(
                word + " has " + what + " (maybe)! (/etc/nut/upsd.conf:1)",
                texts(conf).getFirst());
        assertTrue(texts(conf).get(1).startsWith("upsd.conf: invalid directive " + word + " maybe"));
        assertEquals(
                "Encountered 1 config errors, those entries were ignored",
                texts(conf).getLast());
        assertEquals(15, conf.maxageSeconds());
        assertEquals(Optional.empty(), conf.allowNoDevice());
    }

    @Test
    void missingValueIsInvalid() {
        assertTrue(texts(conf("MAXAGE\n"))
                .getFirst()
                .startsWith("upsd.conf: invalid directive MAXAGE: MAXAGE needs seconds"));
        assertTrue(texts(conf("CERTIDENT x\n")).getFirst().startsWith("upsd.conf: invalid directive CERTIDENT"));
    }

    @Test
    void obsoleteWordsOnlyWarn() {
        var conf = conf("ACL all 0.0.0.0/0\nACCEPT all\nREJECT all\n");
        assertEquals(3, conf.complaints().size());
        assertEquals(
                "ACL in upsd.conf is no longer supported - switch to LISTEN (/etc/nut/upsd.conf:1)",
                texts(conf).getFirst());
    }

    @Test
    void badDebugMinIsNoError() {
        var conf = conf("DEBUG_MIN -1\nDEBUG_MIN x\n");
        assertEquals(OptionalInt.empty(), conf.debugMin());
        assertEquals(2, conf.complaints().size());
    }

    @Test
    void restOfALineIsSaid() {
        var conf = conf("STATEPATH /a b\nLISTEN ::1 3493 x\nMAXAGE 7 # fine\nCERTIDENT a b\nACL a b c d\n");
        assertEquals(Optional.of("/a"), conf.statepath());
        assertEquals(3, conf.complaints().size());
        assertTrue(texts(conf).getFirst().startsWith("upsd.conf: STATEPATH takes directory, the rest of the line"));
        assertEquals(2, conf.complaints().get(1).line());
    }

    @Test
    void equalsSignIsAWordLikeAnother() {
        var conf = conf("STATEPATH = /a\nMAXAGE = 7\n");
        assertEquals(Optional.of("="), conf.statepath(), "as in C");
        assertEquals(15, conf.maxageSeconds());
        assertEquals(
                "upsd.conf: STATEPATH takes no '=' before its value (/etc/nut/upsd.conf:1)",
                texts(conf).getFirst());
    }

    @Test
    void parseErrorsAreCounted() {
        assertEquals(
                List.of(
                        "Parse error: /etc/nut/upsd.conf:1: Unbalanced word due to unescaped # in quotes",
                        "Encountered 1 config errors, those entries were ignored"),
                texts(conf("STATEPATH \"/a#")));
    }

    @Test
    void passwordsStayOutOfComplaints() {
        var texts = texts(
                conf("CERTIDNT name secret\nMONITOR a@b 1 u secret primary\npassword = secret\nCERTIDENT secret\n"));
        assertEquals(5, texts.size());
        assertFalse(String.join("\n", texts).contains("secret"), texts::toString);
    }
}
