package org.nutjvm.common.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.common.wire.Words;

/// The C upsd reads files full of odd but possible lines, and is then asked what it made of them: which devices there
/// are, and who may do what. Our models have to say the same.
class ModelsAgainstCTest {
    private static final long SEED = 3493;
    /// Debian has a script in /usr/sbin that looks at nut.conf first; this is the program behind it.
    private static final Path UPSD = Path.of("/lib/nut/upsd");
    private static final Path DUMMY_UPS = Path.of("/lib/nut/dummy-ups");
    private static final int USERS = 300;

    /// What may stand in a section of upsd.users; P is the password this user will try.
    private static final String[] USER_LINES = {
        "password = P",
        "password=P",
        "  PassWord   =P",
        "password = \"P\"",
        "password P",
        "password =",
        "password",
        "password = P more words",
        "password = other",
        "\"password=P\"",
        "password\\=P",
        "password = \\P",
        "actions = SET",
        "actions=set",
        "actions = FSD SET",
        "ACTIONS = fsd",
        "actions SET",
        "actions = \"SET FSD\"",
        "actions = SETT",
        "actions = login",
        "actions = \\\nSET",
        "\"actions=SET\" FSD",
        "actions = SET # FSD",
        "actions = PRIMARY",
        "actions == SET",
        "actions = = SET",
        "actions = \"SET # FSD\"",
        "instcmds = ALL",
        "instcmds=all",
        "instcmds = load.off",
        "instcmds = LOAD.OFF test",
        "instcmds = test load.off",
        "instcmds load.off",
        "instcmds = load",
        "instcmds = load.*",
        "upsmon primary",
        "upsmon = primary",
        "upsmon=master",
        "upsmon secondary",
        "UPSMON SLAVE",
        "upsmon = Secondary",
        "upsmon boss",
        "upsmon",
        "upsmon =",
        "upsmon secondary primary",
        "upsmon = secondary primary",
        "user x",
        "user = y",
        "# comment",
        "= SET",
        "unknown = SET",
        "allowfrom = all",
        "[",
        "]",
        "[x",
        "\"\"",
        "caf\u00e9 = 1"
    };

    /// What may stand in a section of ups.conf. Not a driver, port or desc without a value: C crashes there.
    private static final String[] UPS_LINES = {
        "driver = dummy-ups",
        "driver=usbhid-ups",
        "driver dummy-ups",
        "driver =",
        "driver = \"\"",
        "port = auto",
        "port=auto",
        "port = \"a b\"",
        "port auto",
        "Port = auto",
        "desc = \"two words\"",
        "desc = two words",
        "desc = \"quote \\\" back \\\\ hash \\# end\"",
        "desc =",
        "desc = \"\"",
        "DESC = x",
        "desc = caf\u00e9",
        "desc = \"open # hash\"",
        "= x",
        "# x",
        "ignorelb",
        "[x",
        "sdorder = 1"
    };

    @TempDir
    private Path dir;

    private final Random random = new Random(SEED);
    private final List<Process> started = new ArrayList<>();
    private int port;

    @BeforeEach
    void findC() throws IOException {
        Assumptions.assumeTrue(
                Files.isExecutable(UPSD) && Files.isExecutable(DUMMY_UPS),
                "no C upsd: apt-get install nut-server brings the one to compare with");
        System.out.println("comparing with C's upsd, seed " + SEED);
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    @AfterEach
    void stopC() throws InterruptedException {
        for (Process process : started) {
            process.destroy();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void usersMayDoWhatTheyMayInC() throws Exception {
        write("upsd.users", users());
        write("ups.conf", "[main]\ndriver = dummy-ups\nport = main.dev\n");
        write("main.dev", "ups.status: OL\n");
        start(DUMMY_UPS, "-a", "main", "-F", "-u", "root");
        startUpsd();
        var users = UpsdUsers.load(dir);
        var c = new ArrayList<String>();
        var ours = new ArrayList<String>();
        for (int i = 0; i < USERS; i++) {
            String name = name(i);
            String password = "p" + i;
            c.add(name + " " + rightsInC(name, password));
            ours.add(name + " " + rights(users, name, password));
            assertEquals(
                    "may set false, fsd false, login false, primary false, command false", rightsInC(name, "wrong"));
        }
        assertEquals(String.join("\n", c), String.join("\n", ours));
        for (String right : List.of("set", "fsd", "login", "primary", "command")) {
            long with =
                    c.stream().filter(line -> line.contains(right + " true")).count();
            assertTrue(with > USERS / 20 && with < USERS - USERS / 20, right + " for " + with);
        }
    }

    @Test
    void devicesAreThoseOfC() throws Exception {
        var text = new StringBuilder("pollinterval = 1\nport = ignored\n");
        for (int i = 0; i < 300; i++) {
            int n = random.nextInt(120);
            text.append(
                    switch (random.nextInt(12)) {
                        case 0 -> "[\"u" + n + "\"]";
                        case 1 -> "\"[ups " + n + "]\"";
                        case 2 -> "[U" + n + "] # comment";
                        case 3 -> "[u" + n + " ]";
                        default -> "[u" + n + "]";
                    });
            text.append('\n');
            for (int lines = random.nextInt(6); lines > 0; lines--) {
                text.append(UPS_LINES[random.nextInt(UPS_LINES.length)]).append('\n');
            }
        }
        write("ups.conf", text.toString());
        write("upsd.users", "");
        startUpsd();
        var ours = new ArrayList<String>();
        ours.add("BEGIN LIST UPS");
        for (UpsConf.Section section : UpsConf.load(dir).served().sections()) {
            String desc = section.value(UpsKey.DESC).orElse("Description unavailable");
            ours.add("UPS " + section.name() + " " + Words.quote(desc));
        }
        ours.add("END LIST UPS");
        assertTrue(ours.size() > 30, ours::toString);
        assertEquals(String.join("\n", ask(List.of("LIST UPS"), ours.size())), String.join("\n", ours));
    }

    private static String name(int i) {
        return i % 10 == 7 ? "user " + i : "user" + i;
    }

    private String users() {
        var text = new StringBuilder("password = nobody\nactions = SET\n");
        for (int i = 0; i < USERS; i++) {
            String heading = i % 10 == 7 ? "\"[" + name(i) + "]\"\n" : "[" + name(i) + "]\n";
            text.append(heading);
            if (random.nextInt(3) > 0) { // else the password may come later, be wrong, or not come at all
                text.append("password = P\n".replace("P", "p" + i));
            }
            for (int lines = random.nextInt(7); lines > 0; lines--) {
                String line = USER_LINES[random.nextInt(USER_LINES.length)];
                text.append(
                                line.startsWith("up")
                                        ? line
                                        : line.replace("= P", "= p" + i).replace("=P", "=p" + i))
                        .append('\n');
                if (random.nextInt(15) == 0) {
                    text.append(heading);
                }
            }
        }
        return text.toString();
    }

    private static String rights(UpsdUsers users, String name, String password) {
        return "may set " + users.mayAct(name, password, "SET")
                + ", fsd " + users.mayAct(name, password, "FSD")
                + ", login " + users.mayAct(name, password, "LOGIN")
                + ", primary "
                + (users.mayAct(name, password, "PRIMARY") || users.mayAct(name, password, "MASTER"))
                + ", command " + users.mayCommand(name, password, "load.off");
    }

    private String rightsInC(String name, String password) throws IOException {
        List<String> answers = ask(
                List.of(
                        "USERNAME " + Words.quote(name),
                        "PASSWORD " + password,
                        "SET VAR main nosuch 1",
                        "FSD main",
                        "LOGIN main",
                        "MASTER main",
                        "INSTCMD main load.off"),
                7);
        assertEquals(List.of("OK", "OK"), answers.subList(0, 2));
        return "may set " + granted(answers.get(2)) + ", fsd " + granted(answers.get(3)) + ", login "
                + granted(answers.get(4)) + ", primary " + granted(answers.get(5)) + ", command "
                + granted(answers.get(6));
    }

    private static boolean granted(String answer) {
        assertTrue(
                List.of("ERR ACCESS-DENIED", "ERR VAR-NOT-SUPPORTED", "OK FSD-SET", "OK", "OK MASTER-GRANTED")
                        .contains(answer),
                answer);
        return !answer.equals("ERR ACCESS-DENIED");
    }

    private List<String> ask(List<String> requests, int lines) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write((String.join("\n", requests) + "\n").getBytes(StandardCharsets.ISO_8859_1));
            var answers = new ArrayList<String>();
            for (int i = 0; i < lines; i++) {
                String line = in.readLine();
                answers.add(line == null ? "(closed)" : line);
            }
            return answers;
        }
    }

    private void write(String name, String text) throws IOException {
        Files.write(dir.resolve(name), text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void startUpsd() throws Exception {
        write("upsd.conf", "LISTEN 127.0.0.1 " + port + "\n");
        Process upsd = start(UPSD, "-F", "-u", "root");
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!serving()) {
            assertTrue(upsd.isAlive() && System.nanoTime() < deadline, () -> "upsd does not serve: " + log(UPSD));
            Thread.sleep(20);
        }
    }

    /// Whether upsd answers, and has the device's commands, which come last, if there is a device.
    private boolean serving() {
        try {
            List<String> answers = ask(List.of("LIST CMD main", "VER"), 2);
            return answers.get(0).equals("ERR UNKNOWN-UPS") || answers.get(1).equals("CMD main load.off");
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private Process start(Path program, String... args) throws IOException {
        var command = new ArrayList<String>(List.of(program.toString()));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command);
        for (String path : List.of("NUT_CONFPATH", "NUT_STATEPATH", "NUT_ALTPIDPATH", "NUT_PIDPATH")) {
            builder.environment().put(path, dir.toString());
        }
        builder.redirectErrorStream(true)
                .redirectOutput(dir.resolve(program.getFileName() + ".log").toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        started.add(process);
        return process;
    }

    private String log(Path program) {
        try {
            return Files.readString(dir.resolve(program.getFileName() + ".log"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
