package org.nutjvm.common.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.common.io.Jvm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {
    private static final Logger LOG = LoggerFactory.getLogger(LoggingTest.class);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final List<Logging> started = new ArrayList<>();

    private Logging start(Map<String, String> env, int debugCount) {
        var logging = Logging.start("upsx", env, err, debugCount);
        started.add(logging);
        return logging;
    }

    @AfterEach
    void close() {
        started.forEach(Logging::close);
    }

    private String said() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void sayAll() {
        LOG.error("error");
        LOG.warn("warning");
        LOG.info(Priority.NOTICE, "notice");
        LOG.info("info");
        LOG.debug("one");
        LOG.debug(Priority.D2, "two");
        LOG.trace("three");
        LOG.debug(Priority.D5, "five");
    }

    @Test
    void plainLinesWithoutDebugging() {
        start(Map.of(), 0);
        sayAll();
        assertEquals("error\nwarning\nnotice\ninfo\n", said());
    }

    @Test
    void debuggingStampsAllAndTagsDebugMessages() {
        start(Map.of(), 2);
        sayAll();
        String[] lines = said().split("\n", -1);
        assertEquals(7, lines.length);
        assertTrue(lines[0].matches(" +\\d+\\.\\d{6}\terror"), lines[0]);
        assertTrue(lines[4].matches(" +\\d+\\.\\d{6}\t\\[D1:upsx\\] one"), lines[4]);
        assertTrue(lines[5].matches(" +\\d+\\.\\d{6}\t\\[D2:upsx\\] two"), lines[5]);
    }

    @Test
    void traceIsLevel3() {
        var logging = start(Map.of(), 3);
        LOG.trace("three");
        assertTrue(said().endsWith("[D3:upsx] three\n"), said());
        assertEquals(3, logging.debugLevel());
    }

    @Test
    void levelsChangeWhileRunning() {
        var logging = start(Map.of(), 0);
        assertFalse(LOG.isDebugEnabled());
        LOG.debug("before");
        logging.debugLevel(1);
        LOG.debug("between");
        logging.debugLevel(0);
        LOG.debug("after");
        assertTrue(said().endsWith("[D1:upsx] between\n"), said());
        assertEquals(1, said().lines().count());
    }

    @Test
    void theEnvironmentsLevelCountsWithoutD() {
        start(Map.of("NUT_DEBUG_LEVEL", "2"), 0);
        LOG.debug(Priority.D2, "two");
        assertTrue(
                said().contains("Defaulting debug verbosity to NUT_DEBUG_LEVEL=2 since none was requested by"
                        + " command-line options"),
                said());
        assertTrue(said().contains("[D2:upsx] two"), said());
    }

    @Test
    void commandLineBeatsEnvironmentWhichMayBeEmptyOrRubbish() {
        assertEquals(1, start(Map.of("NUT_DEBUG_LEVEL", "6"), 1).debugLevel());
        assertEquals(0, start(Map.of("NUT_DEBUG_LEVEL", ""), 0).debugLevel());
        assertEquals(0, start(Map.of("NUT_DEBUG_LEVEL", "much"), 0).debugLevel());
        assertEquals(0, start(Map.of("NUT_DEBUG_LEVEL", "-1"), 0).debugLevel());
        assertEquals("", said());
    }

    @Test
    void tagsTellWhatTheEnvironmentAsksFor() {
        long pid = ProcessHandle.current().pid();
        var logging = start(Map.of("NUT_DEBUG_PID", "", "NUT_DEBUG_PROCNAME", ""), 1);
        LOG.debug("a");
        logging.tag("myups");
        LOG.debug("b");
        assertTrue(said().contains("[D1:" + pid + ":upsx] a\n"), said());
        assertTrue(said().contains("[D1:" + pid + ":upsx:myups] b\n"), said());
    }

    @Test
    void withoutProcnameTheTagStandsAlone() {
        start(Map.of(), 1).tag("myups");
        LOG.debug("b");
        assertTrue(said().endsWith("[D1:myups] b\n"), said());
    }

    @Test
    void aMessageIsOneLineWhateverAPeerSent() {
        start(Map.of(), 0);
        LOG.warn("from {}", "x\nroot logged in\u001b[2J");
        assertEquals("from x\\nroot logged in\\x1B[2J\n", said());
    }

    @Test
    void exceptionsTellTheirReasonAndFramesOnlyWhenItIsSerious() {
        start(Map.of(), 0);
        LOG.warn("reading", new IOException("gone\naway"));
        assertEquals("reading: java.io.IOException: gone\\naway\n", said());
        LOG.error("loop", new IllegalStateException("impossible"));
        assertTrue(said().contains("\n    at org.nutjvm.common.log.LoggingTest."), said());
    }

    @Test
    void inTheBackgroundStderrIsSilentUnlessAskedFor() {
        var logging = start(Map.of("NUT_DEBUG_SYSLOG", "none"), 0);
        logging.background();
        LOG.error("lost");
        assertEquals("", said());
        logging.close();
        start(Map.of("NUT_DEBUG_SYSLOG", "stderr"), 0).background();
        LOG.error("seen");
        assertEquals("Startup successful: upsx\nseen\n", said());
    }

    @Test
    void anUnknownWordForSyslogIsReported() {
        start(Map.of("NUT_DEBUG_SYSLOG", "perhaps"), 0);
        assertEquals("unknown NUT_DEBUG_SYSLOG='perhaps' value, ignored (assuming enabled)\n", said());
    }

    @Test
    void thresholdsGoFrom0To7() {
        var logging = start(Map.of(), 0);
        assertThrows(IllegalArgumentException.class, () -> logging.quiet(8));
        logging.quiet(7);
        LOG.info("still on standard error");
        assertEquals("still on standard error\n", said());
    }

    @Test
    void twoProgramsOfOneJvmKeepTheirLogsApart() throws InterruptedException {
        start(Map.of(), 0);
        var other = new ByteArrayOutputStream();
        var thread = new Thread(() -> {
            try (var logging = Logging.start("other", Map.of(), new PrintStream(other, true), 1)) {
                LOG.debug("there, {}", logging.debugLevel());
            }
        });
        thread.start();
        thread.join(10_000);
        LOG.info("here");
        LOG.debug("not here");
        assertEquals("here\n", said());
        assertTrue(other.toString(StandardCharsets.UTF_8).endsWith("[D1:other] there, 1\n"));
    }

    @Test
    void prioritiesGoBeforeLinesForTheJournal(@TempDir Path dir) throws Exception {
        Path log = Files.createFile(dir.resolve("err"));
        String journal = Files.getAttribute(log, "unix:dev") + ":" + Files.getAttribute(log, "unix:ino");
        assertEquals(0, say(log, journal));
        assertEquals("<2>critical\n<3>error\n<4>warning\n<5>notice\n<6>info\n", Files.readString(log));
        assertEquals(0, say(log, "1:2"));
        assertEquals("critical\nerror\nwarning\nnotice\ninfo\n", Files.readString(log), "not the journal's any more");
    }

    private static int say(Path log, String journal) throws IOException, InterruptedException {
        return Jvm.of(Sayer.class)
                .env("JOURNAL_STREAM", journal)
                .builder()
                .redirectError(log.toFile())
                .start()
                .waitFor();
    }

    /// Says something of each kind on its standard error.
    static final class Sayer {
        public static void main(String[] args) {
            Logging.start("upsx", System.getenv(), System.err, args.length).quiet(0);
            LOG.error(Priority.CRIT, "critical");
            LOG.error("error");
            LOG.warn("warning");
            LOG.info(Priority.NOTICE, "notice");
            LOG.info("info");
            LOG.debug("debug");
        }
    }
}
