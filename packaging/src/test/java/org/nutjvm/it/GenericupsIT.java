package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// genericups beside C's, on a pseudo terminal to which a preloaded library gives modem lines. With
/// `-Dnut.wirings=all` every wiring in every state, otherwise four unlike ones in six.
@ExtendWith(LogsOnFailure.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GenericupsIT {
    private static final int CTS = 0x20;
    private static final int DCD = 0x40;
    private static final int RNG = 0x80;
    private static final int DSR = 0x100;

    private static final boolean ALL = System.getProperty("nut.wirings", "").equals("all");

    private static final List<Integer> WIRINGS =
            ALL ? IntStream.range(0, 24).boxed().toList() : List.of(2, 7, 22, 23);

    /// A bit for each line.
    private static final List<Integer> STATES =
            ALL ? IntStream.range(0, 16).boxed().toList() : List.of(0, 1, 2, 4, 8, 15);

    private static final List<String> OF_ONES_OWN =
            List.of("CP=DTR", "OL=-CTS", "LB=DCD", "RB=-RNG", "BYPASS=DSR", "SD=RTS", "mfr=Own", "serial=7");

    private final Sandbox workshop = new Sandbox();

    @SuppressWarnings("NullAway.Init") // compiled before the first test
    private Path shim;

    @BeforeAll
    void compile() {
        assumeTrue(
                Maker.C.find("genericups").isPresent(), "C's genericups is not installed: apt-get install nut-server");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "no gcc: apt-get install gcc libc6-dev");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/socat")), "no socat: apt-get install socat");
        shim = modemLines(workshop);
    }

    /// Compiles what gives a pseudo terminal modem lines, for LD_PRELOAD.
    static Path modemLines(Sandbox workshop) {
        Path shim = workshop.dir().resolve("modem-lines.so");
        var source = Path.of(System.getProperty("nut.root", ".."), "packaging", "src", "test", "c", "modem-lines.c");
        var made = workshop.run(
                "gcc",
                List.of(
                        "gcc",
                        "-O1",
                        "-shared",
                        "-fPIC",
                        "-o",
                        shim.toString(),
                        source.toAbsolutePath().toString()));
        assertEquals(0, made.exit(), made.err());
        return shim;
    }

    @AfterAll
    void close() {
        workshop.close();
    }

    /// A driver at a line of its own.
    private final class Rig implements AutoCloseable {
        final Sandbox box = new Sandbox();
        private final Path in = box.dir().resolve("lines");
        private final Path log = box.dir().resolve("log");
        private final List<String> words = new ArrayList<>();
        private final Maker maker;

        Rig(Maker maker, List<String> settings) {
            this.maker = maker;
            Path near = box.dir().resolve("near");
            Path far = box.dir().resolve("far");
            DeviceOnPty.line(box, near, far);
            box.environment("LD_PRELOAD", shim.toString())
                    .environment("LINES_IN", in.toString())
                    .environment("LINES_LOG", log.toString());
            lines(0);
            words.addAll(List.of("-s", "box", "-x", "port=" + near));
            settings.forEach(setting -> words.addAll(List.of("-x", setting)));
        }

        void start() {
            var command = new ArrayList<>(words);
            command.addAll(List.of("-F", "-i", "1"));
            box.daemon(maker, "genericups", command.toArray(String[]::new));
        }

        void lines(int bits) {
            try {
                Path next = Files.writeString(box.dir().resolve("next"), Integer.toHexString(bits));
                Files.move(next, in, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String log() {
            try {
                return Files.exists(log) ? Files.readString(log) : "";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<String> dump() {
            Path socket = box.state().resolve("genericups-box");
            Await.until("socket of " + maker, () -> Files.exists(socket));
            try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                    var reader = Channels.newReader(channel, StandardCharsets.US_ASCII);
                    var lines = new BufferedReader(reader)) {
                channel.write(ByteBuffer.wrap("DUMPALL\n".getBytes(StandardCharsets.US_ASCII)));
                var all = new ArrayList<String>();
                for (String line = lines.readLine();
                        line != null && !line.equals("DUMPDONE");
                        line = lines.readLine()) {
                    if (!line.contains(" driver.")
                            && !line.contains("device.type")
                            && !line.equals("ADDCMD shutdown.default")) {
                        all.add(line);
                    }
                }
                return all.stream().sorted().toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            box.close();
        }
    }

    /// Both drivers with the same settings, from their start through the states of the four lines.
    private void compare(List<List<String>> all) {
        var c = new ArrayList<Rig>();
        var ours = new ArrayList<Rig>();
        try {
            for (var settings : all) {
                c.add(new Rig(Maker.C, settings));
                ours.add(new Rig(Maker.OURS, settings));
            }
            c.forEach(Rig::start);
            ours.forEach(Rig::start);
            for (int state : STATES) {
                int bits = ((state & 1) != 0 ? CTS : 0)
                        | ((state & 2) != 0 ? DCD : 0)
                        | ((state & 4) != 0 ? RNG : 0)
                        | ((state & 8) != 0 ? DSR : 0);
                c.forEach(rig -> rig.lines(bits));
                ours.forEach(rig -> rig.lines(bits));
                // Each polls every second: two polls have seen the new state, unless the machine is very busy.
                pause(2200);
                for (int i = 0; i < c.size(); i++) {
                    var theirs = c.get(i);
                    var same = ours.get(i);
                    Await.until(
                            all.get(i) + " is the same with lines " + Integer.toHexString(bits),
                            () -> theirs.dump().equals(same.dump()));
                }
            }
            for (int i = 0; i < c.size(); i++) {
                assertEquals(c.get(i).log(), ours.get(i).log(), "lines set with " + all.get(i));
            }
        } finally {
            c.forEach(Rig::close);
            ours.forEach(Rig::close);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void everyStateOfTheLinesMeansWhatItMeansToC() {
        var all = new ArrayList<List<String>>();
        WIRINGS.forEach(wiring -> all.add(List.of("upstype=" + wiring)));
        var own = new ArrayList<>(OF_ONES_OWN);
        own.add("upstype=23");
        all.add(own);
        compare(all);
    }

    @Test
    void killpowerMovesTheLinesAsCDoes() {
        for (int wiring : WIRINGS) {
            for (String sdtime : wiring == WIRINGS.getFirst() ? List.of("", "sdtime=1") : List.of("")) {
                var settings = new ArrayList<>(List.of("upstype=" + wiring));
                if (!sdtime.isEmpty()) {
                    settings.add(sdtime);
                }
                try (var c = new Rig(Maker.C, settings);
                        var ours = new Rig(Maker.OURS, settings)) {
                    String moved = cut(c);
                    assertTrue(moved.contains("set "), settings + " moves no line: " + moved);
                    assertEquals(moved, cut(ours), settings.toString());
                }
            }
        }
    }

    private static String cut(Rig rig) {
        var command = new ArrayList<>(rig.words);
        command.addAll(List.of("-k", "-u", System.getProperty("user.name")));
        var result = rig.box.run(rig.maker, "genericups", command.toArray(String[]::new));
        return result.exit() + "\n" + rig.log();
    }
}
