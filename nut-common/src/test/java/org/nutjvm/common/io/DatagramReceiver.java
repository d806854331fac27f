package org.nutjvm.common.io;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
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

    /// Binds a path, or `@` and an abstract name. Without python3 the test is skipped.
    public static DatagramReceiver at(String name) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder("python3", "-c", SCRIPT, name)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            Assumptions.abort("python3 receives the datagrams of this test: apt-get install python3");
            throw e;
        }
        var receiver = new DatagramReceiver(process);
        Assumptions.assumeTrue("bound".equals(receiver.next()), "python3 cannot bind a datagram socket here");
        return receiver;
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
