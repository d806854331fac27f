package org.nutjvm.it;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;

/// A C upsmon that watches one device. Its shutdown command only leaves a mark. Debian's 2.8.0 keeps its pid file in
/// /run/nut whatever it is told and refuses to run twice, so tests take turns, and a real one on this machine means a
/// skip.
final class Upsmon implements AutoCloseable {
    private static final Path TURN =
            Path.of(System.getProperty("java.io.tmpdir"), "nut-it-upsmon-" + System.getProperty("user.name") + ".lock");

    private final Sandbox box;
    private final FileChannel channel;
    private final FileLock turn;
    private final Proc proc;

    Upsmon(Stack stack, String ups, String role, String user, String password) {
        this.box = stack.box();
        Maker.C.program("upsmon");
        var notify = box.script("notify.sh", "#!/bin/sh\necho \"$NOTIFYTYPE $UPSNAME $1\" >> '" + notes() + "'\n");
        var shutdown = box.script("shutdown.sh", "#!/bin/sh\ntouch '" + mark() + "'\n");
        box.write(
                "upsmon.conf",
                "MONITOR " + ups + "@127.0.0.1:" + stack.port() + " 1 " + user + " " + password + " " + role
                        + "\nMINSUPPLIES 1\nSHUTDOWNCMD \"" + shutdown + "\"\nPOWERDOWNFLAG "
                        + box.dir().resolve("killpower")
                        + "\nPOLLFREQ 1\nPOLLFREQALERT 1\nHOSTSYNC 1\nDEADTIME 15\nNOTIFYCMD " + notify
                        + "\nNOTIFYFLAG ONLINE EXEC\nNOTIFYFLAG ONBATT EXEC\nNOTIFYFLAG COMMOK IGNORE\n"
                        + "NOTIFYFLAG COMMBAD IGNORE\nNOTIFYFLAG NOCOMM IGNORE\nNOTIFYFLAG SHUTDOWN IGNORE\n"
                        + "NOTIFYFLAG FSD IGNORE\nNOTIFYFLAG LOWBATT IGNORE\n");
        try {
            channel = FileChannel.open(TURN, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            turn = Objects.requireNonNull(Await.value(
                    "its turn to run upsmon",
                    Duration.ofSeconds(100),
                    () -> {
                        try {
                            return channel.tryLock();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    Objects::nonNull));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        proc = box.daemon(Maker.C, "upsmon", "-F", "-p");
        try {
            awaitLogin(stack, ups);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void awaitLogin(Stack stack, String ups) {
        Await.until("upsmon logs in", () -> {
            assumeFalse(
                    !proc.alive() && proc.log().contains("already running"),
                    "an upsmon runs on this machine, and a second C upsmon 2.8.0 refuses to");
            return stack.ask("GET NUMLOGINS " + ups).equals("NUMLOGINS " + ups + " 1");
        });
    }

    Proc proc() {
        return proc;
    }

    /// What NOTIFYCMD was given: type, UPS, message.
    String notices() {
        try {
            return Files.exists(notes()) ? Files.readString(notes()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean hasShutDown() {
        return Files.exists(mark());
    }

    private Path notes() {
        return box.dir().resolve("notes.txt");
    }

    private Path mark() {
        return box.dir().resolve("shutdown.txt");
    }

    @Override
    public void close() {
        try {
            if (proc.alive()) {
                proc.kill();
            }
            turn.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
