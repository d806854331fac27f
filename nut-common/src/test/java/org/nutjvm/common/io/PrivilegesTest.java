package org.nutjvm.common.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.common.log.Logging;

/// Each in a JVM of its own, as root gone is gone.
class PrivilegesTest {
    private static final String NOBODY = "nobody";

    @BeforeEach
    void onlyAsRoot() throws IOException {
        assumeTrue(Privileges.root(), "giving up root can be tested as root only");
    }

    @Test
    void allThreadsGiveUpRootForGood() throws Exception {
        var user = OsUser.named(NOBODY);
        var result = Jvm.of(Dropper.class, NOBODY).run();
        assertEquals("", result.err());
        assertEquals(
                "verified " + user.uid() + " " + user.gid() + " no way back",
                result.out().strip());
        assertEquals(0, result.code());
    }

    @Test
    void threadsThatStayedRootAreFound() throws Exception {
        var result = Jvm.of(Verifier.class, NOBODY).run();
        assertTrue(result.out().contains("could not give up root: thread "), result.out() + result.err());
        assertTrue(result.out().contains(" still has user 0"), result.out());
    }

    @Test
    void aProgramItsUserCannotReadSaysWhatIsClosed(@TempDir Path dir) throws Exception {
        Path closed = Files.createDirectory(dir.resolve("closed"));
        Path lib = Files.createDirectories(closed.resolve("nut/lib"));
        Files.writeString(lib.resolve("nut-common.jar"), "");
        for (Path each : List.of(dir, closed.resolve("nut"), lib)) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        var result = Jvm.of(Dropper.class, NOBODY)
                .option("-Dnut.home=" + closed.resolve("nut"))
                .run();
        assertEquals(1, result.code());
        assertTrue(
                result.err()
                        .contains("user nobody, as which this program has to run, cannot read the program's own files: "
                                + closed + " is closed to that user: chmod o+x " + closed + ", or install it"),
                result.err());
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx--x--x"));
        assertEquals(
                0,
                Jvm.of(Dropper.class, NOBODY)
                        .option("-Dnut.home=" + closed.resolve("nut"))
                        .run()
                        .code());
    }

    @Test
    void whoIsNotRootStaysWhoHeIs(@TempDir Path dir) throws Exception {
        var result = Jvm.of(Dropper.class, "root").asNobody(dir).run();
        assertEquals("stayed 65534 no way back", result.out().strip(), result.err());
    }

    @Test
    void rootIsGivenUpInsideAChrootWithoutProc(@TempDir Path dir) throws Exception {
        Path inside = Files.createDirectory(dir.resolve("inside"));
        Files.writeString(inside.resolve("file"), "x");
        var result = Jvm.of(Chrooter.class, inside.toString(), NOBODY)
                .fromJars(Files.createDirectory(dir.resolve("jars")))
                .run();
        assertEquals(
                "file sees /etc/passwd: false, listens: true, way back: false",
                result.out().strip(),
                result.err());
        assertEquals("Startup successful: test\n", result.err());
    }

    @Test
    void chrootIntoNothingIsAnError(@TempDir Path dir) throws Exception {
        var e = assertThrows(IOException.class, () -> Privileges.chroot(dir.resolve("no")));
        assertEquals("chdir: No such file or directory", e.getMessage());
    }

    /// Becomes the user given while another thread is there, and tries to come back.
    static final class Dropper {
        public static void main(String[] args) throws Exception {
            var end = new CountDownLatch(1);
            var other = new Thread(() -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            other.setDaemon(true);
            other.start();
            boolean root = Privileges.root();
            var user = OsUser.named(args[0]);
            Privileges.become(user);
            if (root) {
                verify(user);
                System.out.print("verified " + user.uid() + " " + user.gid());
            } else {
                String status = Files.readString(Path.of("/proc/self/status"));
                System.out.print("stayed " + status.replaceAll("(?s).*\nUid:\t(\\d+)\t.*", "$1"));
            }
            try {
                Posix.setuid(0);
                System.out.println(" came back");
            } catch (Posix.PosixException e) {
                System.out.println(" no way back");
            }
            end.countDown();
        }
    }

    /// Says what is found when nothing was given up.
    static final class Verifier {
        public static void main(String[] args) throws IOException {
            try {
                verify(OsUser.named(args[0]));
                System.out.println("nothing found");
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    /// Goes into a directory, becomes somebody else and uses there what was never used before.
    static final class Chrooter {
        public static void main(String[] args) throws IOException {
            try (var logging = Logging.start(
                    "test",
                    Map.of("NUT_DEBUG_SYSLOG", "stderr"),
                    new PrintStream(new FileOutputStream(FileDescriptor.err), true),
                    0)) {
                var user = OsUser.named(args[1]);
                Privileges.chroot(Path.of(args[0]));
                Privileges.become(user);
                logging.background();
                System.out.println(LoadedInside.lookAround());
            }
        }
    }

    /// Loaded from its jar when the jar is out of sight.
    static final class LoadedInside {
        static String lookAround() throws IOException {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/"));
                    ServerSocketChannel server = ServerSocketChannel.open()) {
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                return all.iterator().next().getFileName() + " sees /etc/passwd: "
                        + Files.exists(Path.of("/etc/passwd")) + ", listens: " + server.isOpen() + ", way back: "
                        + cameBack();
            }
        }

        private static boolean cameBack() {
            try {
                Posix.setuid(0);
                return true;
            } catch (Posix.PosixException e) {
                return false;
            }
        }
    }

    private static void verify(OsUser user) throws IOException {
        Privileges.verify(user, new Privileges.ByPath());
    }
}
