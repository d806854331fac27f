package org.nutjvm.common.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainLogTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> env = new HashMap<>(Map.of("NUT_DEBUG_SYSLOG", "stderr"));

    @Test
    void writesPlainLines() {
        var log = log(0);
        log.error("one\ntwo");
        log.info("three");
        log.debug(1, "hidden");
        log.detail("hidden");
        assertEquals("one\\ntwo\nthree\n", said());
    }

    @Test
    void debugsWithStampAndTag() {
        env.put("NUT_DEBUG_PROCNAME", "true");
        env.put("NUT_DEBUG_PID", "true");
        var log = log(2);
        log.debug(2, "seen");
        log.debug(3, "hidden");
        log.detail("detail");
        assertTrue(
                said().matches(" +0\\.\\d{6}\t\\[D2:" + ProcessHandle.current().pid()
                        + ":prog\\] seen\n +0\\.\\d{6}\tdetail\n"),
                said());
    }

    @Test
    void theEnvironmentDecidesWhereThereIsNoOption() {
        env.put("NUT_DEBUG_LEVEL", "3");
        assertEquals(3, log(0).debugLevel());
        assertTrue(said().contains("Defaulting debug verbosity to NUT_DEBUG_LEVEL=3"), said());
        assertEquals(1, log(1).debugLevel());
        env.put("NUT_DEBUG_LEVEL", "");
        assertEquals(0, log(0).debugLevel());
        env.put("NUT_DEBUG_LEVEL", "much");
        assertEquals(0, log(0).debugLevel());
    }

    @Test
    void inTheBackgroundStderrIsForThoseWhoAskForIt() {
        env.put("NUT_DEBUG_SYSLOG", "none");
        var quiet = log(0);
        quiet.info("foreground");
        quiet.background();
        quiet.info("background");
        assertEquals("foreground\n", said());
        env.put("NUT_DEBUG_SYSLOG", "stderr");
        var loud = log(0);
        loud.background();
        loud.info("asked for");
        assertTrue(said().endsWith("asked for\n"), said());
    }

    private PlainLog log(int debugCount) {
        return new PlainLog("prog", env, new PrintStream(err, true, StandardCharsets.UTF_8), debugCount);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
