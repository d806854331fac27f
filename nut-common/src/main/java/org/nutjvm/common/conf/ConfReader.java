package org.nutjvm.common.conf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nutjvm.common.wire.Lexer;

/// Reads a configuration file into words (common/parseconf.c: pconf_file_begin, pconf_file_next).
///
/// What C takes without a word but cannot have been meant is refused here: a directory, a pipe, a file that is
/// not text, a file longer than {@link #MAX_BYTES}.
public final class ConfReader {
    /// The longest file that is read. The longest published one has some hundred kilobytes, nearly all comments.
    public static final int MAX_BYTES = 4 << 20;

    private static final int LOOKED_AT = 8192;
    private static final int DIRECTORY_BITS = 0040000;
    private static final int REGULAR_BITS = 0100000;
    private static final int DEVICE_BITS = 0020000; // such as /dev/null
    private static final int TYPE_BITS = 0170000;
    private static final int WORLD_BITS = 0005;

    private ConfReader() {}

    /// Reads the file. Whether other users can read it as well is not looked at.
    ///
    /// @throws ConfException when the file cannot be read or is no text
    public static ConfText read(Path file) throws ConfException {
        return read(file, false);
    }

    /// Reads a file that holds passwords: if all users may read it, one more complaint says so (common/common.c:
    /// check_perms).
    ///
    /// @throws ConfException when the file cannot be read or is no text
    public static ConfText readSecret(Path file) throws ConfException {
        return read(file, true);
    }

    /// Splits a text that is already in memory.
    ///
    /// @param file the name to be used in complaints
    public static ConfText parse(String file, byte[] text) {
        return parse(file, text, new ArrayList<>());
    }

    private static ConfText read(Path path, boolean secret) throws ConfException {
        String file = path.toString();
        int mode = mode(path);
        byte[] text = text(path, mode);
        var complaints = new ArrayList<Complaint>();
        if (secret && (mode & WORLD_BITS) != 0) {
            complaints.add(new Complaint(
                    Complaint.Level.WARNING,
                    Complaint.Cause.EXPOSED,
                    file,
                    0,
                    "",
                    "",
                    "WARNING: " + file + " is world readable (hope you don't have passwords there; chmod o-rwx " + file
                            + " keeps others out)"));
        }
        return parse(file, text, complaints);
    }

    /// The bytes of a file, without splitting them into words.
    ///
    /// @throws ConfException when the file cannot be read or is no text
    public static byte[] text(Path path) throws ConfException {
        return text(path, mode(path));
    }

    private static byte[] text(Path path, int mode) throws ConfException {
        String file = path.toString();
        if ((mode & TYPE_BITS) == DIRECTORY_BITS || (mode == 0 && Files.isDirectory(path))) {
            throw new ConfException(
                    ConfException.Reason.DIRECTORY,
                    "Can't open " + file + ": Is a directory (a file of that name belongs there)");
        }
        if (mode != 0 && (mode & TYPE_BITS) != REGULAR_BITS && (mode & TYPE_BITS) != DEVICE_BITS) {
            throw new ConfException(
                    ConfException.Reason.FAILED, "Can't open " + file + ": not a file (put a text file there)");
        }
        byte[] text = bytes(path, file);
        if (text.length > MAX_BYTES) {
            throw new ConfException(
                    ConfException.Reason.TOO_LONG,
                    "Can't read " + file + ": longer than " + MAX_BYTES
                            + " bytes, so it is hardly a configuration file (put the right one there)");
        }
        if (isBinary(text)) {
            throw new ConfException(
                    ConfException.Reason.BINARY,
                    "Can't read " + file + ": it is a binary file (save it as plain ASCII text)");
        }
        return text;
    }

    /// The file's mode as stat has it, or 0 where the file or the notion is missing.
    private static int mode(Path path) {
        try {
            return Files.getAttribute(path, "unix:mode") instanceof Integer mode ? mode : 0;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
            return 0; // opening the file tells what is wrong, and better
        }
    }

    private static byte[] bytes(Path path, String file) throws ConfException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new ConfException(
                    ConfException.Reason.MISSING,
                    "Can't open " + file
                            + ": No such file or directory (create it, or let NUT_CONFPATH name the directory it is in)",
                    e);
        } catch (AccessDeniedException e) {
            throw new ConfException(
                    ConfException.Reason.UNREADABLE,
                    "Can't open " + file + ": Permission denied (let the user this program runs as read it,"
                            + " and enter each directory above it)",
                    e);
        } catch (IOException e) {
            String why = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
            if (why != null && why.startsWith("Too many open files")) {
                throw new ConfException(
                        ConfException.Reason.NO_DESCRIPTOR,
                        "Can't open " + file + ": " + why + " (raise the limit, see ulimit -n)",
                        e);
            }
            throw new ConfException(
                    ConfException.Reason.FAILED, "Can't open " + file + ": " + why + " (see what is at that place)", e);
        }
    }

    /// Whether one byte in sixteen at the beginning is a control character no text has. A stray one is left to the
    /// parser, which drops it as C does.
    private static boolean isBinary(byte[] text) {
        int length = Math.min(text.length, LOOKED_AT);
        int odd = 0;
        for (int i = 0; i < length; i++) {
            int b = text[i];
            if ((b >= 0 && b < '\t') || (b > '\r' && b < ' ' && b != 27) || b == 127) {
                odd++;
            }
        }
        return odd * 16 > length;
    }

    private static ConfText parse(String file, byte[] text, List<Complaint> complaints) {
        var lines = new ArrayList<ConfLine>();
        var lexer = new Lexer();
        int logical = 1;
        int physical = 1;
        int begin = 1;
        for (byte b : text) {
            if (b == '\n') {
                physical++;
            }
            switch (lexer.feed(b)) {
                case MORE -> {}
                case LINE -> {
                    line(file, begin, logical, lexer, lines, complaints);
                    lexer.reset();
                    logical++;
                    begin = physical;
                }
                case ERROR -> {
                    noteDiscarded(file, begin, lexer, complaints);
                    complaints.add(new Complaint(
                            Complaint.Level.ERROR,
                            Complaint.Cause.SYNTAX,
                            file,
                            begin,
                            "",
                            "",
                            "Parse error: " + file + ":" + begin + ": " + lexer.error()));
                    lexer.reset();
                    logical++;
                    begin = physical;
                }
            }
        }
        if (lexer.finishFile()) {
            line(file, begin, logical, lexer, lines, complaints);
        } else {
            noteDiscarded(file, begin, lexer, complaints);
        }
        return new ConfText(file, List.copyOf(lines), List.copyOf(complaints));
    }

    private static void line(
            String file, int begin, int logical, Lexer lexer, List<ConfLine> lines, List<Complaint> complaints) {
        noteDiscarded(file, begin, lexer, complaints);
        if (lexer.truncated()) {
            complaints.add(new Complaint(
                    Complaint.Level.WARNING,
                    Complaint.Cause.TOO_LONG,
                    file,
                    begin,
                    "",
                    "",
                    "only the first " + Lexer.ARG_LIMIT + " words of a line and the first " + Lexer.WORD_LIMIT
                            + " bytes of a word are read, the rest is dropped (" + file + ":" + begin + ")"));
        }
        List<String> words = lexer.words();
        if (!words.isEmpty()) {
            lines.add(new ConfLine(file, begin, logical, words));
        }
    }

    private static void noteDiscarded(String file, int line, Lexer lexer, List<Complaint> complaints) {
        int more = lexer.discarded() - 1;
        if (more >= 0) {
            complaints.add(new Complaint(
                    Complaint.Level.WARNING,
                    Complaint.Cause.NO_TEXT,
                    file,
                    line,
                    "",
                    "",
                    "discarding invalid character (0x"
                            + Integer.toHexString(lexer.firstDiscarded() | 0x100)
                                    .substring(1)
                            + ")" + (more > 0 ? " and " + more + " more" : "")
                            + ": only plain ASCII text is understood ("
                            + file + ":" + line + ")"));
        }
    }
}
