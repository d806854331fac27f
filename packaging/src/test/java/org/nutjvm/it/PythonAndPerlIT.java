package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The clients that Debian packages for Python and Perl, driven through all of their calls.
@ParameterizedClass(name = "{0}")
@MethodSource("servers")
class PythonAndPerlIT extends OnAStack {
    @Test
    void pythonClientUnderstandsEveryAnswer() {
        var lines = run("python3", "apt-get install python3-nut", "client.py");
        assertEquals(
                List.of(
                        "list: UPS1=Example event sequence; UPS2=Example ePDU data dump; dummy=Crash Dummy",
                        "vars of UPS2: 8",
                        "vars of nobody: PyNUTError ERR UNKNOWN-UPS",
                        "commands: load.off",
                        "rw: OL BOOST",
                        "set anonymously: PyNUTError ERR USERNAME-REQUIRED",
                        "command anonymously: PyNUTError ERR USERNAME-REQUIRED",
                        "help: Commands: HELP VER",
                        "version: Network UPS Tools upsd",
                        "list with wrong password: 3",
                        "set with wrong password: PyNUTError ERR ACCESS-DENIED",
                        "command with wrong password: PyNUTError ERR ACCESS-DENIED",
                        "FSD with wrong password: PyNUTError Primary level functions are not available",
                        "set: OK",
                        "set unknown: PyNUTError ERR VAR-NOT-SUPPORTED",
                        "command: OK",
                        "unknown command: PyNUTError ERR CMD-NOT-SUPPORTED",
                        "FSD: OK",
                        "status after FSD: FSD OL BOOST"),
                lines);
    }

    @Test
    void perlClientUnderstandsEveryAnswer() {
        var lines = run("perl", "apt-get install libups-nut-perl", "client.pl");
        assertEquals(
                List.of(
                        "status: OL BOOST",
                        "count: 8",
                        "quotes: rack \\\"4\\\" \\\\ left", // this client does not unescape
                        "unknown: undef",
                        "why: Error: ERR VAR-NOT-SUPPORTED.  Requested no.such.variable.",
                        "listed: pdu",
                        "devices: UPS1,UPS2,dummy",
                        "commands: load.off",
                        "writable: ups.status",
                        "set anonymously: undef",
                        "why: Error: ERR USERNAME-REQUIRED",
                        "set with wrong password: undef",
                        "why: Error: ERR ACCESS-DENIED",
                        "command with wrong password: undef",
                        "why: Can't send instant command load.off. Reason: ERR ACCESS-DENIED",
                        "set: \"OL BOOST\"",
                        "command: 1",
                        "described: yes",
                        "type: RW STRING:32",
                        "version: Network UPS Tools upsd",
                        "logins: NUMLOGINS UPS2 1"),
                lines);
    }

    private List<String> run(String interpreter, String howToGet, String script) {
        var program = Path.of("/usr/bin", interpreter);
        assumeTrue(Files.isExecutable(program), "no " + program + ": " + howToGet);
        var result = stack.box()
                .run(
                        script,
                        List.of(
                                program.toString(),
                                Path.of(
                                                System.getProperty("nut.root", ".."),
                                                "packaging/src/test/resources/peers",
                                                script)
                                        .toString(),
                                Integer.toString(stack.port())));
        assumeTrue(!result.out().startsWith("SKIP"), () -> result.out().strip() + ": " + howToGet);
        assertEquals(0, result.exit(), result.err());
        return result.outLines();
    }
}
