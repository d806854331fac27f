package org.nutjvm.upsmon.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.nutjvm.common.io.Reasons;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file that tells the last script of a shutdown to have the UPS cut the power (clients/upsmon.c: pdflag_status,
/// clear_pdflag, check_pdflag). It is written by the half of upsmon that keeps root.
public final class PowerdownFlag {
    /// What such a file holds, and no other.
    public static final String MAGIC = "upsmon-shutdown-file";

    private static final Logger LOG = LoggerFactory.getLogger("upsmon");

    private enum State {
        ABSENT,
        SET,
        FOREIGN
    }

    private PowerdownFlag() {}

    /// Removes what the shutdown before has left.
    ///
    /// @return whether the file may be written: not if it is something else
    public static boolean clear(String file) {
        if (state(file) == State.FOREIGN) {
            LOG.error(
                    "POWERDOWNFLAG ({}) does not contain the upsmon magic string (not a NUT file) - disabling!", file);
            return false;
        }
        try {
            if (state(file) == State.SET) {
                Files.deleteIfExists(Path.of(file));
            }
        } catch (IOException e) {
            LOG.error(
                    "Can't remove POWERDOWNFLAG ({}): {}; the next shutdown, whatever for, may cut the power",
                    file,
                    Reasons.of(e));
        }
        return true;
    }

    /// `-K`.
    ///
    /// @param file empty if none is configured
    /// @return the exit code: 0 if it is time to cut the power
    public static int check(String file) {
        return switch (file.isEmpty() ? State.ABSENT : state(file)) {
            case FOREIGN -> {
                LOG.error("POWERDOWNFLAG ({}) does not contain the upsmon magic string", file);
                yield 1;
            }
            case ABSENT -> {
                LOG.error("Power down flag is not set");
                yield 1;
            }
            case SET -> {
                LOG.info("Power down flag is set");
                yield 0;
            }
        };
    }

    private static State state(String file) {
        Path path = Path.of(file);
        try {
            if (Files.isDirectory(path)) {
                return State.FOREIGN;
            }
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                return State.ABSENT; // a device has no first line to look at
            }
            try (InputStream in = Files.newInputStream(path)) {
                byte[] magic = MAGIC.getBytes(StandardCharsets.US_ASCII);
                byte[] found = in.readNBytes(magic.length);
                return java.util.Arrays.equals(magic, found) ? State.SET : State.FOREIGN;
            }
        } catch (NoSuchFileException e) {
            return State.ABSENT;
        } catch (IOException e) {
            LOG.error("'{}' exists, but we can't read from it: {}", file, Reasons.of(e));
            return State.ABSENT; // as fopen failing in C
        }
    }
}
