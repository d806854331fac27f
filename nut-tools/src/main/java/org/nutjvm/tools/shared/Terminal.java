package org.nutjvm.tools.shared;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a client program reads and writes. Standard output is collected and written in one piece, bytes as they came
/// from the server; standard error is written line by line.
public final class Terminal {
    private final Map<String, String> env;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final StringBuilder collected = new StringBuilder(4096);
    private final long start = System.nanoTime();
    private int debugLevel;

    public Terminal(Map<String, String> env, InputStream in, PrintStream out, PrintStream err) {
        this.env = env;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /// A variable of the environment, or null.
    public @Nullable String env(String name) {
        return env.get(name);
    }

    /// The environment.
    public Map<String, String> env() {
        return env;
    }

    /// The text that {@link #flush} will write.
    public StringBuilder collected() {
        return collected;
    }

    public Terminal print(String text) {
        collected.append(text);
        return this;
    }

    public void println(String text) {
        collected.append(text).append('\n');
    }

    /// Writes what was collected, at once.
    public void flush() {
        if (!collected.isEmpty()) {
            byte[] bytes = collected.toString().getBytes(StandardCharsets.ISO_8859_1);
            out.write(bytes, 0, bytes.length);
            collected.setLength(0);
        }
        out.flush();
    }

    /// Writes what is left.
    ///
    /// @return the program's exit code: 0, or 1 if standard output did not take everything (a full disk)
    public int finish() {
        flush();
        if (out.checkError()) {
            complain("Error: can't write to standard output");
            return 1;
        }
        return 0;
    }

    /// Writes what is left, and then why it ended so.
    ///
    /// @return the program's exit code
    public int fail(Failure failure) {
        flush();
        complain(failure.getMessage());
        if (!failure.hint().isEmpty()) {
            complain(failure.hint());
        }
        return 1;
    }

    /// One line, or several, on standard error.
    public void complain(String text) {
        byte[] bytes = (text + '\n').getBytes(StandardCharsets.ISO_8859_1);
        err.write(bytes, 0, bytes.length);
        err.flush();
    }

    /// Writes on standard error and stays on the line.
    public void complainInPlace(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        err.write(bytes, 0, bytes.length);
        err.flush();
    }

    /// Raises the level of {@link #debug}: how often `-D` was given, or else NUT_DEBUG_LEVEL.
    public void debugLevel(int given) {
        debugLevel = given;
        String wanted = env.get("NUT_DEBUG_LEVEL");
        if (given == 0 && wanted != null) {
            int level = Numbers.unsigned(wanted);
            debugLevel = Math.max(0, level);
        }
    }

    /// Whether {@link #debug} writes anything at this level, so that texts are made only then.
    public boolean debugs(int level) {
        return debugLevel >= level;
    }

    /// Ends the process. Nothing of a client is left to do at exit, and the orderly way loads a logger to report it.
    public static void exit(int code) {
        if (code != 0) {
            Runtime.getRuntime().halt(code);
        }
    }

    /// A line for developers, in upstream's form: seconds since the start, level, text.
    public void debug(int level, String text) {
        if (debugLevel >= level) {
            long micros = (System.nanoTime() - start) / 1000;
            String fraction = Long.toString(1_000_000 + micros % 1_000_000).substring(1);
            String seconds = Long.toString(micros / 1_000_000);
            complain(" ".repeat(Math.max(0, 4 - seconds.length())) + seconds + '.' + fraction + "\t[D" + level + "] "
                    + text);
        }
    }

    /// Asks a question on standard output and reads a line.
    ///
    /// @return without its newline; null at the end of input
    public @Nullable String ask(String prompt) throws IOException {
        collected.append(prompt);
        flush();
        return readLine(in);
    }

    /// Asks for a secret as getpass(3): at the terminal and without echo if there is one, else on standard error and
    /// from standard input.
    ///
    /// @return null at the end of input
    public @Nullable String askSecret(String prompt) throws IOException {
        flush();
        if (in.equals(System.in)) {
            var tty = Tty.open();
            if (tty != null) {
                return tty.askSecret(prompt);
            }
        }
        err.print(prompt);
        err.flush();
        return readLine(in);
    }

    /// Byte by byte, as what follows the line belongs to the next question.
    static @Nullable String readLine(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream(64);
        int b;
        while ((b = in.read()) >= 0 && b != '\n') {
            if (line.size() < 4096) {
                line.write(b);
            }
        }
        if (b < 0 && line.size() == 0) {
            return null;
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
