package org.nutjvm.common.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void whoIsNotRootStaysWhoHeIs(@TempDir Path dir) throws Exception {
        var result = Jvm.of(Dropper.class, "root").asNobody(dir).run();
        assertEquals("stayed 65534 no way back", result.out().strip(), result.err());
    }

    @Test
    void chrootHidesWhatIsOutside(@TempDir Path dir) throws Exception {
        Files.writeString(dir.resolve("inside"), "x");
        var result = Jvm.of(Chrooter.class, dir.toString()).run();
        assertEquals("true false", result.out().strip(), result.err());
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
                Privileges.verify(user);
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
                Privileges.verify(OsUser.named(args[0]));
                System.out.println("nothing found");
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    /// Goes into a directory and looks around.
    static final class Chrooter {
        public static void main(String[] args) throws IOException {
            Privileges.chroot(Path.of(args[0]));
            try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/"))) {
                System.out.print(all.iterator().next().endsWith("inside"));
            }
            System.out.println(" " + Files.exists(Path.of("/etc/passwd")));
        }
    }
}
