package org.nutjvm.common.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NutConfTest {
    private static NutConf conf(String text) {
        return NutConf.of("nut.conf", text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "MODE=standalone|standalone", "MODE='netserver'|netserver", "  MODE=\"none\" # why|none",
                "export MODE=netclient|netclient", "MODE=net\"server\"|netserver", "MODE=none~MODE=manual|manual",
                "MODE=no\\ne|none"
            })
    void valueIsRead(String text, String value) {
        assertEquals(Optional.of(value), conf(text.replace('~', '\n') + "\r\n").value(NutVariable.MODE));
    }

    @Test
    void quotedBlanks() {
        var conf = conf("UPSD_OPTIONS=\"-4 -D\"\nUPSMON_OPTIONS='-D \\'\nA=\n");
        assertEquals(Optional.of("-4 -D"), conf.value(NutVariable.UPSD_OPTIONS));
        assertEquals(Optional.of("-D \\"), conf.value(NutVariable.UPSMON_OPTIONS));
        assertEquals("", conf.values().get("A"));
        assertEquals(0, conf.complaints().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MODE = none|no blanks may stand",
                "MODE= none|no blanks may stand",
                "set -e|it is no assignment",
                "MOED=none|did you mean MODE?",
                "MODE=netsrever|did you mean netserver?",
                "MODE=net-client|did you mean netclient?",
                "MODE=server|MODE is none|standalone"
            })
    void mistakeIsSaid(String text, String said) {
        var complaint = conf("\n" + text).complaints().getFirst();
        assertEquals(2, complaint.line());
        assertTrue(complaint.text().contains(said), complaint::text);
    }

    @Test
    void missingFile(@TempDir Path dir) {
        assertThrows(ConfException.class, () -> NutConf.load(dir));
    }

    @Test
    void whatSteersATerminalIsNotRepeated() {
        var conf = NutConf.of(
                "nut.conf", "\u001b[2JMODE = \u009bnone\nMODE=stand\u0007alone\n".getBytes(StandardCharsets.UTF_8));
        for (var complaint : conf.complaints()) {
            assertTrue(complaint.text().chars().noneMatch(Character::isISOControl), complaint.text());
        }
        assertEquals("standalone", conf.values().get("MODE"));
    }
}
