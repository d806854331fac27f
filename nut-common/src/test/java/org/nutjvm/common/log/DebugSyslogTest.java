package org.nutjvm.common.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nutjvm.common.conf.NutConf;
import org.nutjvm.common.conf.NutVariable;

class DebugSyslogTest {
    @Test
    void wordsOfNutConfAreKnown() {
        for (String word : NutVariable.NUT_DEBUG_SYSLOG.entry().arguments().split("\\|", -1)) {
            assertNotEquals(DebugSyslog.UNKNOWN, DebugSyslog.of(word), word);
        }
    }

    /// What the programs take is no mistake in nut.conf.
    @Test
    void knownWordsAreThoseOfNutConf() {
        for (String word : List.of("default", "syslog", "true", "stderr", "none", "false")) {
            assertNotEquals(DebugSyslog.UNKNOWN, DebugSyslog.of(word), word);
            byte[] text = ("NUT_DEBUG_SYSLOG=" + word + "\n").getBytes(StandardCharsets.US_ASCII);
            assertEquals(List.of(), NutConf.of("nut.conf", text).complaints(), word);
        }
    }
}
