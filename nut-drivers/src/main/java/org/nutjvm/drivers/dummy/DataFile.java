package org.nutjvm.drivers.dummy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.wire.Lexer;

/// A definition file being read, line by line (drivers/dummy-ups.c: parse_data_file). It stays open over a TIMER,
/// as in C: whoever changes it by renaming a new one over it is heard at the next reading, whoever writes into it
/// at once.
///
/// What is malformed is reported and left out; only trouble with the file itself is an exception.
final class DataFile implements AutoCloseable {
    /// What a file may hold up to its end or between two TIMERs.
    static final long BYTES_LIMIT = 16L * 1024 * 1024;

    private static final int LINE_LIMIT = 64 * 1024;
    private static final long LONGEST_TIMER = 1_000_000_000;
    /// What means something to those who read names on the state socket.
    private static final String UNFIT = "\"#=\\";

    private static final String NULL_DEVICE = "/dev/null";

    /// One line that means something.
    sealed interface Instruction {
        /// Wait so long before reading on.
        record Timer(long seconds) implements Instruction {}

        /// Add a sentence to the alarm; none takes all alarms away.
        record Alarm(String text) implements Instruction {}

        /// `name: value`; no value takes the variable away.
        record Set(String name, String value) implements Instruction {}
    }

    private final Path path;
    private final InputStream in;
    private final Consumer<String> complaints;
    private final Lexer lexer = new Lexer();
    private int line = 1;
    private long bytes;

    private DataFile(Path path, InputStream in, Consumer<String> complaints) {
        this.path = path;
        this.in = in;
        this.complaints = complaints;
    }

    /// Opens a file.
    ///
    /// @param complaints told what in the file is malformed, with its place
    /// @throws IOException with a sentence that names the file and the reason
    static DataFile open(Path path, Consumer<String> complaints) throws IOException {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw new IOException("it is a directory; 'port' in ups.conf has to name a file");
            }
            if (attributes.isOther() && !path.toString().equals(NULL_DEVICE)) {
                throw new IOException("it is not a regular file; 'port' in ups.conf has to name one");
            }
            return new DataFile(path, new BufferedInputStream(Files.newInputStream(path), 4096), complaints);
        } catch (IOException e) {
            throw trouble(path, e);
        }
    }

    /// What distinguishes one state of a file from another, or null while there is none.
    static @Nullable Version version(Path path) {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Version(
                    attributes.lastModifiedTime().toMillis(), attributes.size(), String.valueOf(attributes.fileKey()));
        } catch (IOException e) {
            return null;
        }
    }

    /// @param file which file it is, as another may be renamed over it
    record Version(long modifiedMillis, long size, String file) {}

    /// The next line that means something, or null at the end.
    @Nullable
    Instruction next() throws IOException {
        try {
            while (true) {
                int b = in.read();
                if (b < 0) {
                    return lexer.finishFile() ? instruction(lexer.words()) : null;
                }
                if (++bytes > BYTES_LIMIT) {
                    throw new IOException("it is longer than " + BYTES_LIMIT + " bytes; is it a definition file?");
                }
                Instruction found = feed((byte) b);
                if (b == '\n') {
                    line++;
                }
                if (found != null) {
                    return found;
                }
            }
        } catch (IOException e) {
            throw trouble(path, e);
        }
    }

    private @Nullable Instruction feed(byte b) throws IOException {
        switch (lexer.feed(b)) {
            case LINE -> {
                if (lexer.discarded() > 0) {
                    complain(lexer.discarded() + " bytes that are not printable ASCII were left out");
                }
                return instruction(lexer.words());
            }
            case ERROR -> complain("Parse error: " + lexer.error());
            case MORE -> {
                if (lexer.consumed() > LINE_LIMIT) {
                    complain("a line of more than " + LINE_LIMIT + " bytes was left out");
                    lexer.reset();
                    skipLine();
                }
            }
        }
        return null;
    }

    private void skipLine() throws IOException {
        int b = in.read();
        while (b >= 0 && b != '\n') {
            if (++bytes > BYTES_LIMIT) {
                throw new IOException("it is longer than " + BYTES_LIMIT + " bytes; is it a definition file?");
            }
            b = in.read();
        }
        line++;
    }

    private @Nullable Instruction instruction(List<String> words) {
        if (words.isEmpty()) {
            return null;
        }
        String first = words.getFirst();
        String rest = String.join(" ", words.subList(1, words.size()));
        if (first.startsWith("TIMER")) {
            bytes = 0;
            return timer(words);
        }
        if (first.startsWith("ALARM")) {
            return new Instruction.Alarm(rest);
        }
        int colon = first.indexOf(':');
        String name = colon < 0 ? first : first.substring(0, colon);
        if (name.isEmpty()) {
            complain("no name before the colon");
            return null;
        }
        if (!name.chars().allMatch(c -> c > ' ' && UNFIT.indexOf(c) < 0)) {
            complain("'" + name + "' is no name: nobody could be told of it (no blanks, none of " + UNFIT + ")");
            return null;
        }
        // What upsc shows of a driver is not of the device.
        return name.startsWith("driver.") ? null : new Instruction.Set(name, rest);
    }

    /// As C reads the number: what follows the digits is not looked at.
    private @Nullable Instruction timer(List<String> words) {
        String text = words.size() > 1 ? words.get(1) : "";
        int digits = 0;
        long seconds = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            seconds = Math.min(LONGEST_TIMER, seconds * 10 + (text.charAt(digits++) - '0'));
        }
        if (digits == 0) {
            complain("TIMER needs a number of seconds");
            return null;
        }
        return new Instruction.Timer(seconds);
    }

    private void complain(String what) {
        complaints.accept(path + ":" + line + ": " + what);
    }

    private static IOException trouble(Path path, IOException e) {
        String reason = e instanceof NoSuchFileException || e.getCause() != null ? Reasons.of(e) : reason(e);
        return new IOException("Can't open dummy-ups definition file " + path + ": " + reason, e);
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message != null && e.getClass() == IOException.class ? message : Reasons.of(e);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            complain("closing: " + e.getMessage());
        }
    }

    /// The file a port names: absolute, relative to the state directory when it begins with a dot (the working
    /// directory of C drivers), else relative to the configuration directory.
    static Path locate(String port, Path confpath, Path statepath) {
        if (port.startsWith("/")) {
            return Path.of(port);
        }
        if (port.startsWith(".")) {
            Path there = statepath.resolve(port);
            return Files.exists(there, LinkOption.NOFOLLOW_LINKS)
                    ? there
                    : Path.of(port).toAbsolutePath();
        }
        return confpath.resolve(port);
    }
}
