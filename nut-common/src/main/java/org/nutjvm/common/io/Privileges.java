package org.nutjvm.common.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Giving up root for good (common/common.c: become_user, chroot_start).
public final class Privileges {
    private static final Logger LOG = LoggerFactory.getLogger(Privileges.class);
    private static final Path TASKS = Path.of("/proc/self/task");

    private Privileges() {}

    /// Whether this process is root, by its real or its effective user.
    public static boolean root() throws IOException {
        String[] uids = numbers(status(Path.of("/proc/self")), "Uid");
        return uids[0].equals("0") || uids[1].equals("0");
    }

    /// Becomes the user if this process is root, with its groups and no others, and makes sure that no thread has
    /// anything of root left. Who is not root stays who he is, as upstream.
    ///
    /// @throws IOException if root could not be given up; the process must end then
    public static void become(OsUser user) throws IOException {
        String[] uids = numbers(status(Path.of("/proc/self")), "Uid");
        if (!uids[0].equals("0") && !uids[1].equals("0")) {
            boolean already = uids[0].equals(Integer.toUnsignedString(user.uid()));
            if (already) {
                LOG.debug("No need to become_user({}): already UID={}", user.name(), uids[0]);
            } else {
                LOG.debug("Can not become_user({}): not root initially, remaining UID={}", user.name(), uids[0]);
            }
            return;
        }
        Posix.initgroups(user.name(), user.gid());
        Posix.setgid(user.gid());
        Posix.setuid(user.uid());
        verify(user);
        LOG.debug("Succeeded to become_user({}): now UID={} GID={}", user.name(), user.uid(), user.gid());
    }

    /// Makes a directory the root of what this process sees. Users, time zone and system log must be known
    /// before; classes that are not loaded yet still come from the tree outside, through files the JVM holds
    /// open.
    public static void chroot(Path directory) throws IOException {
        Posix.chroot(directory);
        LOG.debug("chrooted into {}", directory);
    }

    /// Looks at each thread as the kernel sees it: real, effective, saved and file system user and group, no
    /// capability, and the same groups as all others.
    static void verify(OsUser user) throws IOException {
        String uid = Integer.toUnsignedString(user.uid());
        String gid = Integer.toUnsignedString(user.gid());
        String groups = String.join(" ", numbers(status(Path.of("/proc/self")), "Groups"));
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                String status;
                try {
                    status = status(task);
                } catch (NoSuchFileException e) {
                    continue; // this thread has ended
                }
                String thread = "thread " + task.getFileName() + " of this process";
                requireAll(uid, numbers(status, "Uid"), thread, "user");
                requireAll(gid, numbers(status, "Gid"), thread, "group");
                if (!String.join(" ", numbers(status, "Groups")).equals(groups)) {
                    throw new IOException(thread + " still has other groups than " + groups);
                }
                if (user.uid() != 0) {
                    requireAll("0000000000000000", numbers(status, "CapPrm"), thread, "capabilities");
                    requireAll("0000000000000000", numbers(status, "CapEff"), thread, "capabilities");
                }
            }
        }
    }

    private static void requireAll(String wanted, String[] found, String thread, String what) throws IOException {
        for (String id : found) {
            if (!id.equals(wanted)) {
                throw new IOException("could not give up root: " + thread + " still has " + what + " " + id);
            }
        }
    }

    private static String status(Path process) throws IOException {
        return Files.readString(process.resolve("status"), StandardCharsets.ISO_8859_1);
    }

    /// The words of one line of /proc/PID/status.
    private static String[] numbers(String status, String key) throws IOException {
        int start = status.indexOf("\n" + key + ":");
        if (start < 0) {
            throw new IOException("no " + key + " in /proc/self/status");
        }
        start += key.length() + 2;
        return status.substring(start, status.indexOf('\n', start)).strip().split("\\s+", -1);
    }
}
