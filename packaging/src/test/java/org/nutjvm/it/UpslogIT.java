package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// upslog as a process, beside C's, against either server, and the picture of its log.
@ExtendWith(LogsOnFailure.class)
class UpslogIT {
    private static final Path EXAMPLES =
            Maker.image().resolve("share").resolve("examples").resolve("upslog");

    private Sandbox box;
    private int port;

    @BeforeEach
    void open() {
        box = new Sandbox();
        box.environment("NUT_QUIET_INIT_BANNER", "true");
        port = Sandbox.freePort();
    }

    @AfterEach
    void close() {
        box.close();
    }

    private void serve(Maker server) {
        box.write("office.dev", """
                ups.status: OL CHRG
                ups.load: 12.5
                battery.charge: 97
                device.mfr: A "quoted" maker
                """);
        box.write("ups.conf", "[one]\n  driver = dummy-ups\n  port = office.dev\n  mode = dummy-once\n");
        box.write("upsd.conf", "LISTEN 127.0.0.1 " + port + "\n");
        box.write("upsd.users", "");
        box.daemon(Maker.OURS, "dummy-ups", "-a", "one", "-F");
        Await.until("the driver's socket", () -> Files.exists(box.state().resolve("dummy-ups-one")));
        box.daemon(server, "upsd", "-F");
        Await.until(
                "data", () -> box.run(Maker.OURS, "upsc", at(), "ups.status").exit() == 0);
    }

    private String at() {
        return "one@127.0.0.1:" + port;
    }

    private Proc upslog(Maker maker, String... arguments) {
        var command = new ArrayList<>(List.of(maker.program("upslog").toString(), "-F"));
        if (Sandbox.root()) {
            command.addAll(List.of("-u", "root"));
        }
        command.addAll(List.of(arguments));
        return box.start(maker + " upslog", command);
    }

    private static long lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file).size() : 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// The first two lines each writes, and what the program says of itself at the start.
    @ParameterizedTest
    @EnumSource
    void writesTheLinesCWrites(Maker server) throws IOException {
        serve(server);
        String format = "%TIME @Y@m@d @Z% %HOST% %UPSHOST% [%VAR ups.status%] %VAR battery.charge% %VAR ups.load%"
                + " %VAR device.mfr% %VAR no.such% %VAR% %VAR status% %NOSUCH% %var ups.load% 100%% %TIMEX @A@n%~ 5% o";
        var written = new ArrayList<List<String>>();
        for (var maker : Maker.values()) {
            var file = box.dir().resolve(maker + ".log");
            var proc = upslog(maker, "-i", "1", "-s", at(), "-l", file.toString(), "-f", format, "-p", "pid" + maker);
            Await.until("two lines", () -> lines(file) >= 4);
            if (maker == Maker.OURS) { // Debian's leaves it out in the foreground
                assertEquals(proc.pid() + "\n", Files.readString(box.state().resolve("pidOURS.pid")));
            }
            assertEquals(0, proc.end());
            written.add(Files.readAllLines(file).subList(0, 4));
        }
        assertEquals(written.get(0), written.get(1));
    }

    @Test
    void theStandardFormat() throws IOException {
        serve(Maker.OURS);
        var written = new ArrayList<String>();
        for (var maker : Maker.values()) {
            var file = box.dir().resolve(maker + ".log");
            var proc = upslog(maker, "-s", at(), "-l", file.toString());
            Await.until("a line", () -> lines(file) >= 1);
            assertEquals(0, proc.end());
            written.add(Files.readAllLines(file).getFirst());
        }
        assertTrue(written.get(1).matches("\\d{8} \\d{6} 97 NA 12\\.5 \\[OL CHRG] NA NA"), written.get(1));
        assertEquals(written.get(0).substring(15), written.get(1).substring(15));
    }

    @Test
    void signals() throws IOException {
        serve(Maker.OURS);
        var file = box.dir().resolve("log");
        var proc = upslog(Maker.OURS, "-i", "3600", "-N", "-f", "%PID%", "-m", "*@127.0.0.1:" + port + "," + file);
        String line = at() + "\t" + proc.pid();
        Await.until("a first line", () -> lines(file) == 1);
        proc.signal("USR1");
        Await.until("a line now", () -> lines(file) == 2);
        Files.move(file, box.dir().resolve("log.1"));
        proc.signal("HUP");
        Await.until("the file anew", () -> Files.exists(file));
        proc.signal("USR1");
        Await.until("a line there", () -> lines(file) == 1);
        assertEquals(List.of(line), Files.readAllLines(file));
        assertEquals(List.of(line, line), Files.readAllLines(box.dir().resolve("log.1")));
        proc.awaitLog("Signal 1: reopening log file");
        assertEquals(0, proc.end());
        assertFalse(Files.exists(box.state().resolve("upslog.pid")));
    }

    @Test
    void inTheBackgroundItOutlivesItsStarter() throws IOException {
        serve(Maker.OURS);
        var file = box.dir().resolve("log");
        var command = new ArrayList<>(List.of(Maker.OURS.program("upslog").toString(), "-i", "1"));
        if (Sandbox.root()) {
            command.addAll(List.of("-u", "root"));
        }
        command.addAll(List.of("-s", at(), "-l", file.toString()));
        var starter = box.run("upslog", command);
        assertEquals(0, starter.exit(), starter.err());
        assertEquals("logging status of " + at() + " to " + file + " (1s intervals)\n", starter.out());
        long pid = Long.parseLong(
                Files.readString(box.state().resolve("upslog.pid")).strip());
        var daemon = ProcessHandle.of(pid).orElseThrow();
        try {
            Await.until("two lines", () -> lines(file) >= 2);
        } finally {
            daemon.destroy();
        }
        Await.until("its end", () -> !daemon.isAlive());
    }

    @Test
    void aFullDisk() throws IOException {
        assumeTrue(
                Sandbox.root() && Files.isExecutable(Path.of("/usr/bin/nsenter")),
                "a small disk can only be mounted by root, with util-linux installed");
        serve(Maker.OURS);
        var disk = box.smallDiskUnderStatePath(16);
        var filler = disk.resolve("filler");
        try (var out = Files.newOutputStream(filler)) {
            out.write(new byte[8000]);
            out.flush();
            while (true) {
                out.write(new byte[100]);
                out.flush();
            }
        } catch (IOException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("No space"), e.toString());
        }
        var proc = upslog(
                Maker.OURS,
                "-i",
                "1",
                "-s",
                at(),
                "-l",
                box.state().resolve("log").toString(),
                "-f",
                "%VAR ups.status%");
        proc.awaitLog("Can't write to " + box.state().resolve("log") + ": No space left on device");
        Files.delete(filler);
        proc.awaitLog("works again; lines lost: ");
        assertTrue(Files.readAllLines(disk.resolve("log")).contains("OL CHRG"));
        assertEquals(0, proc.end());
    }

    /// The arguments in upslog.conf, taken apart as nut-logger.service has it, make a log the script can draw.
    @Test
    void theExampleAsItIsShipped() throws IOException {
        serve(Maker.OURS);
        var log = box.dir().resolve("ups.log");
        var conf = box.dir().resolve("upslog.conf");
        Files.writeString(
                conf,
                Files.readString(EXAMPLES.resolve("upslog.conf"))
                        .replace("myups@localhost", at())
                        .replace("/var/log/nut/ups.log", log.toString())
                        .replace("-i 60", "-i 1 -d 2 -u " + System.getProperty("user.name")));
        var unit = Files.readString(Maker.image().resolve("share/systemd/system/nut-logger.service"));
        var start = unit.lines()
                .filter(line -> line.startsWith("ExecStart="))
                .findFirst()
                .orElseThrow();
        assertEquals("ExecStart=/bin/sh -c 'eval \"exec /usr/lib/nut-jvm/bin/upslog -F $$UPSLOG_ARGS\"'", start);
        var ran = box.run(
                "nut-logger",
                List.of(
                        "/bin/sh",
                        "-c",
                        ". " + conf + "; eval \"exec " + Maker.OURS.program("upslog") + " -F $UPSLOG_ARGS\""));
        assertEquals(0, ran.exit(), ran.err());
        var lines = Files.readAllLines(log);
        assertEquals(2, lines.size());
        assertTrue(
                lines.getFirst()
                        .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d NA NA NA NA 97 NA NA 12\\.5 NA OL CHRG"),
                lines.getFirst());
    }

    /// A log as upslog.conf makes it, with a header somebody wrote, an outage and a gap.
    @Test
    void aPictureOfTheLog() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/gnuplot")), "no gnuplot here: apt-get install gnuplot-nox");
        var log = box.dir().resolve("ups.log");
        var png = box.dir().resolve("ups.png");
        Files.write(log, outage());
        var drawn = box.run(
                "gnuplot",
                List.of(
                        "/usr/bin/gnuplot",
                        "-e",
                        "log='" + log + "'; png='" + png + "'; size='800,700'",
                        EXAMPLES.resolve("ups.gnuplot").toString()));
        assertEquals(0, drawn.exit(), drawn.err());
        assertEquals("", drawn.err());
        BufferedImage image = ImageIO.read(png.toFile());
        assertEquals(800, image.getWidth());
        assertEquals(700, image.getHeight());
        assertTrue(pixels(image, colour -> colour == 0xd62728) > 30, "the line of the charge");
        assertTrue(pixels(image, colour -> colour == 0x1f77b4) > 30, "the line of the input voltage");
        assertTrue(pixels(image, UpslogIT::pink) > 500, "the time on battery");
    }

    private static boolean pink(int colour) {
        int green = colour >> 8 & 0xff;
        int blue = colour & 0xff;
        return colour >> 16 == 0xff && green > 0xd0 && green < 0xf4 && Math.abs(green - blue) < 4;
    }

    private static List<String> outage() {
        var lines = new ArrayList<String>();
        lines.add("YYYY-MM-DD HH:MM:SS Vin   Fin   QQ Vbat  chrg% run  Tups  load% Vout  status");
        var time = LocalDateTime.of(2022, 9, 22, 0, 0, 37);
        var stamp = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
        for (int minute = 0; minute < 120; minute++) {
            boolean out = minute >= 40 && minute < 80;
            int charge = minute < 40 ? 100 : out ? 140 - minute : Math.min(100, minute - 20);
            lines.add(stamp.format(time.plusMinutes(minute))
                    + (minute == 60
                            ? " NA NA NA NA NA NA NA NA NA NA"
                            : String.format(
                                    Locale.ROOT,
                                    " %05.1f 60.00 FF 27.60 %05.1f %d 023.4 015.6 120.2 %s",
                                    out ? 0.0 : 120.2,
                                    (double) charge,
                                    charge * 10,
                                    out ? "OB DISCHRG" : "OL RB")));
        }
        return lines;
    }

    private static int pixels(BufferedImage image, IntPredicate wanted) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += wanted.test(image.getRGB(x, y) & 0xffffff) ? 1 : 0;
            }
        }
        return count;
    }
}
