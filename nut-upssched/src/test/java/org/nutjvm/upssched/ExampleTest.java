package org.nutjvm.upssched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.common.conf.UpsmonConf;
import org.nutjvm.common.conf.UpsschedConf;

/// The example that is shipped, with its script, and with seconds in place of quarters of a minute. `wall`, `upsmon`
/// and upslog are stand-ins that note what comes.
class ExampleTest {
    private static final Path EXAMPLE =
            Path.of(System.getProperty("nut.root", ".."), "packaging/src/main/share/examples/upssched");

    private final Box box = new Box();
    private long upslog;
    private Process fakeUpslog;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectory(box.dir().resolve("bin"));
        box.script("bin/wall", "echo wall: $(cat) >> " + box.log());
        box.script("bin/upsmon", "echo upsmon \"$@\" >> " + box.log());
        box.script("bin/hostname", "echo blackfire");
        box.script("bin/logger", "echo logger >> " + box.log());
        box.script(
                "upslog",
                "trap 'echo USR1 >> " + box.log() + "' USR1; echo $$ > " + box.run
                        + "/upslog.pid; while :; do sleep 1 & wait; done");
        fakeUpslog = new ProcessBuilder(box.dir().resolve("upslog").toString()).start();
        upslog = fakeUpslog.pid();
        box.await("upslog runs", () -> Files.exists(box.run.resolve("upslog.pid")));
        Files.copy(EXAMPLE.resolve("upsevent"), box.dir().resolve("upsevent"), StandardCopyOption.COPY_ATTRIBUTES);
        String conf = Files.readString(EXAMPLE.resolve("upssched.conf"))
                .replace("/etc/nut/upsevent", box.dir().resolve("upsevent").toString())
                .replace("/run/nut", box.run.toString())
                .replace("onbattwarn 15", "onbattwarn 1")
                .replace("earlyshutdown 60", "earlyshutdown 3");
        box.write(conf);
    }

    @AfterEach
    void end() {
        ProcessHandle.of(upslog).ifPresent(ProcessHandle::destroyForcibly);
        fakeUpslog.destroyForcibly();
        box.close();
    }

    private int event(String type) {
        Map<String, String> env = new HashMap<>(box.env(type, "bessie@localhost"));
        env.put("PATH", box.dir().resolve("bin") + ":/usr/bin:/bin");
        return box.call(env, "UPS bessie@localhost: " + type);
    }

    @Test
    void aLongOutageWarnsAndThenShutsDown() {
        assertEquals(0, event("ONBATT"));
        box.await("shutdown", () -> box.calls().contains("upsmon -c fsd"));
        var calls = box.calls().stream().filter(c -> !c.equals("USR1")).toList();
        assertEquals(
                List.of(
                        "wall: blackfire runs on battery: bessie@localhost",
                        "wall: On battery for a while: blackfire shuts down now",
                        "upsmon -c fsd"),
                calls);
        assertTrue(box.calls().contains("USR1"), "upslog is told");
    }

    @Test
    void aBlinkIsNobodysNews() {
        assertEquals(0, event("ONBATT"));
        assertEquals(0, event("ONLINE"));
        box.await("upslog is told of both", () -> box.calls().size() == 2);
        box.await("the daemon ends", () -> !Files.exists(box.run.resolve("upssched.pipe")));
        assertEquals(List.of("USR1", "USR1"), box.calls());
    }

    @Test
    void noearlyKeepsTheMachineUp() throws IOException {
        Files.createFile(box.conf.resolve("noearly"));
        assertEquals(0, event("ONBATT"));
        box.await("the second message", () -> box.calls().stream().anyMatch(c -> c.contains("going on")));
        box.await("the daemon ends", () -> !Files.exists(box.run.resolve("upssched.pipe")));
        assertFalse(box.calls().contains("upsmon -c fsd"), box.calls().toString());
    }

    @Test
    void itsFilesAreWellFormed() throws IOException {
        assertEquals(
                List.of(), UpsschedConf.load(EXAMPLE.resolve("upssched.conf")).complaints());
        assertEquals(
                List.of(),
                UpsmonConf.of(ConfReader.read(EXAMPLE.resolve("upsmon.conf"))).complaints());
        Path sample = EXAMPLE.resolve("../../../etc/upssched.conf.sample");
        assertEquals(List.of(), UpsschedConf.load(sample).complaints());
        Path all = Files.writeString(
                box.dir().resolve("all"), Files.readString(sample).replaceAll("(?m)^#([A-Z]{2})", "$1"));
        var read = UpsschedConf.load(all);
        assertEquals(List.of(), read.complaints());
        assertEquals(5, read.rules().size());
    }
}
