package org.nutjvm.common.io;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A real datagram socket of the local kind (Java has none), held by a python3 process that prints each datagram
/// in Python's notation.
public final class DatagramReceiver implements AutoCloseable {
    private static final String SCRIPT = """
            import socket, sys
            name = sys.argv[1]
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind('\\0' + name[1:] if name[0] == '@' else name)
            s.settimeout(30)
            print('bound', flush=True)
            while True:
                print(ascii(s.recv(65536).decode())[1:-1], flush=True)
            """;

    private final Process process;
    private final BufferedReader lines;

    private DatagramReceiver(Process process) {
        this.process = process;
        this.lines = process.inputReader();
    }

    /// Binds a path, or `@` and an abstract name.
    public static DatagramReceiver at(String name) throws IOException {
        Process process = python(SCRIPT, name);
        var receiver = new DatagramReceiver(process);
        Assumptions.assumeTrue("bound".equals(receiver.next()), "python3 cannot bind a datagram socket here");
        return receiver;
    }

    /// Runs a Python script; without python3 the test is skipped.
    static Process python(String script, String... args) throws IOException {
        var words = new ArrayList<String>(List.of("python3", "-c", script));
        words.addAll(List.of(args));
        try {
            return new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            Assumptions.abort("python3 is the peer in this test: apt-get install python3");
            throw e;
        }
    }

    public static DatagramReceiver at(Path path) throws IOException {
        return at(path.toString());
    }

    /// The next datagram, waited for at most half a minute; then the process ends, and this is `null` as text.
    public String next() throws IOException {
        return String.valueOf(lines.readLine());
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
