package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a service manager hears: the daemons as `Type=notify-reload` with `WatchdogSec=`.
@ExtendWith(LogsOnFailure.class)
class ServiceIT {
    private static final String RECEIVER = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind(sys.argv[1])
            print('bound', flush=True)
            while True:
                print(ascii(s.recv(65536).decode())[1:-1], flush=True)
            """;

    private final Stack stack = Stack.of(new Roles(Maker.OURS, Maker.OURS), List.of("ups"));

    @SuppressWarnings("NullAway.Init") // set before each test
    private Proc heard;

    @BeforeEach
    void listen() {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/python3")), "python3 holds the socket: apt-get install python3");
        var socket = stack.box().dir().resolve("notify");
        heard = stack.box().start("service manager", List.of("python3", "-c", RECEIVER, socket.toString()));
        Await.until("the socket", () -> heard.out().startsWith("bound"));
        stack.box().environment("NOTIFY_SOCKET", socket.toString()).environment("WATCHDOG_USEC", "400000");
        stack.box()
                .write(
                        "upsmon.conf",
                        Upsmon.monitor(stack, "ups", "primary") + "\nSHUTDOWNCMD /bin/true\nPOLLFREQ 2\n"
                                + "FINALDELAY 0\nNOTIFYFLAG SHUTDOWN SYSLOG\nNOTIFYFLAG FSD SYSLOG\n");
        stack.box().script("wall", "#!/bin/sh\ncat > /dev/null\n");
        stack.box().environment("PATH", stack.box().dir() + ":/usr/bin:/bin:/usr/sbin:/sbin");
    }

    @AfterEach
    void end() {
        stack.close();
    }

    private Proc start(String program) {
        var box = stack.box();
        return switch (program) {
            case "dummy-ups" -> {
                stack.driver("ups").end();
                yield box.daemon(Maker.OURS, program, "-a", "ups", "-F");
            }
            case "upsd" -> {
                stack.upsd().end();
                yield box.daemon(Maker.OURS, program, "-F");
            }
            default -> box.daemon(Maker.OURS, program, "-F");
        };
    }

    /// Waits for messages in this order, with whatever between them, and gives all since the beginning.
    private List<String> await(String... patterns) {
        return Await.value(
                String.join(", ", patterns),
                Await.LONG,
                () -> heard.out().lines().toList(),
                lines -> {
                    int at = 0;
                    for (var line : lines) {
                        if (at < patterns.length && Pattern.matches(patterns[at], line)) {
                            at++;
                        }
                    }
                    return at == patterns.length;
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"upsmon", "upsd", "dummy-ups"})
    void readyAliveReloadingStopping(String program) {
        var daemon = start(program);
        var ready = "READY=1\\\\nMAINPID=" + daemon.pid() + "\\\\nMONOTONIC_USEC=\\d+";
        await(ready, "WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1");
        daemon.signal("HUP");
        await(ready, "RELOADING=1\\\\nMONOTONIC_USEC=\\d+", ready, "WATCHDOG=1");
        assertEquals(0, daemon.end());
        await("STATUS=.*\\\\nSTOPPING=1");
    }

    @Test
    void aShutdownAsksForTime() {
        var upsmon = start("upsmon");
        stack.awaitAnswer("GET NUMLOGINS ups", "NUMLOGINS ups 1");
        upsmon.signal("USR1");
        assertEquals(0, upsmon.awaitExit(Await.LONG));
        var lines = new ArrayList<>(await("READY=1.*", "STATUS=Executing automatic power-fail shutdown.*STOPPING=1"));
        assertTrue(lines.contains("EXTEND_TIMEOUT_USEC=60000000"), lines::toString);
    }
}
