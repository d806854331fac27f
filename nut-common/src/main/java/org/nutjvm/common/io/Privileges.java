package org.nutjvm.common.io;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/// Giving up root for good (common/common.c: become_user, chroot_start). What this changes belongs to the
/// process, and so does what is remembered here: how to look at the process's threads once /proc is out of sight.
public final class Privileges {
    private static final Path TASKS = Path.of("/proc/self/task");
    private static final String NO_CAPABILITY = "0000000000000000";
    private static final Path STATUS = Path.of("status");
    private static @Nullable Tasks tasksFromInside;

    /// How to look at this process's threads.
    interface Tasks extends AutoCloseable {
        List<String> ids() throws IOException;

        /// What the kernel says of a thread in its file `status`. One that has ended meanwhile has no such file.
        String status(String id) throws IOException;

        boolean ended(String id) throws IOException;

        @Override
        default void close() throws IOException {}
    }

    private Privileges() {}

    /// Whether this process is root, by its real or its effective user. To be asked before {@link #chroot}.
    public static boolean root() throws IOException {
        String[] uids = words(Files.readString(TASKS.resolveSibling(STATUS), StandardCharsets.ISO_8859_1), "Uid");
        return uids[0].equals("0") || uids[1].equals("0");
    }

    /// Becomes the user if this process is root, with its groups and no others, and makes sure that no thread has
    /// anything of root left. Who is not root stays who he is, as upstream.
    ///
    /// @return what was done, for those who debug
    /// @throws IOException if root could not be given up; the process must end then
    public static synchronized String become(OsUser user) throws IOException {
        try (Tasks tasks = tasks()) {
            String[] uids =
                    words(tasks.status(Long.toString(ProcessHandle.current().pid())), "Uid");
            if (!uids[0].equals("0") && !uids[1].equals("0")) {
                return uids[0].equals(Integer.toUnsignedString(user.uid()))
                        ? "No need to become_user(" + user.name() + "): already UID=" + uids[0]
                        : "Can not become_user(" + user.name() + "): not root initially, remaining UID=" + uids[0];
            }
            List<Path> own = ownFiles();
            Posix.initgroups(user.name(), user.gid());
            Posix.setgid(user.gid());
            Posix.setuid(user.uid());
            verify(user, tasks);
            requireReadable(own, user);
        } finally {
            tasksFromInside = null;
        }
        return "Succeeded to become_user(" + user.name() + "): now UID=" + user.uid() + " GID=" + user.gid();
    }

    /// Files of this program itself that can be read now: none in a chroot, where everything was opened before.
    private static List<Path> ownFiles() {
        var own = new ArrayList<Path>();
        own.add(Path.of(System.getProperty("java.home", ""), "conf", "security", "java.security"));
        String home = System.getProperty("nut.home", "");
        if (!home.isEmpty()) {
            own.add(Path.of(home, "lib", "nut-common.jar"));
        }
        own.removeIf(file -> !Files.isReadable(file));
        return own;
    }

    /// Much of a program is read only when it is needed, and then by the user it has become.
    private static void requireReadable(List<Path> own, OsUser user) throws IOException {
        for (Path file : own) {
            if (!Files.isReadable(file)) {
                Path closed = file;
                for (Path above = file.getParent(); above != null; above = above.getParent()) {
                    closed = Files.isExecutable(above) ? closed : above;
                }
                throw new IOException("user " + user.name() + ", as which this program has to run, cannot read the"
                        + " program's own files: " + closed + " is closed to that user: chmod o+"
                        + (closed.equals(file) ? "r " : "x ") + closed + ", or install it elsewhere, such as /opt");
            }
        }
    }

    /// Makes a directory the root of what this process sees. Users and the system's log must be known before.
    /// What the JVM opens only when it is needed, and would not find any more, is opened here: the jars of the
    /// class path, the libraries of its network classes, and its security settings.
    @SuppressWarnings("StreamResourceLeak") // held until become closes it
    public static synchronized void chroot(Path directory) throws IOException {
        ClassLoader.getSystemResource("any name makes it open every jar");
        Selector.open().close();
        ServerSocketChannel.open().close();
        readAhead();
        Tasks tasks = new FromInside(Files.newDirectoryStream(TASKS));
        try {
            Posix.chroot(directory);
        } catch (IOException e) {
            tasks.close();
            throw e;
        }
        tasksFromInside = tasks;
    }

    /// What the JDK reads from its own directory, and opens in /dev, when cryptography is first used: its settings, its
    /// policy, the source of random numbers. Afterwards they can no longer be found.
    private static void readAhead() throws IOException {
        try {
            Cipher.getInstance("AES/GCM/NoPadding");
            new SecureRandom().nextInt();
        } catch (GeneralSecurityException e) {
            throw new IOException("this run-time has no cryptography: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("StreamResourceLeak") // the caller closes it
    private static Tasks tasks() {
        Tasks held = tasksFromInside;
        return held == null ? new ByPath() : held;
    }

    /// Looks at each thread as the kernel sees it: real, effective, saved and file system user and group, the
    /// same groups as all others, and no capability.
    static void verify(OsUser user, Tasks tasks) throws IOException {
        String uid = Integer.toUnsignedString(user.uid());
        String gid = Integer.toUnsignedString(user.gid());
        String groups = null;
        for (String task : tasks.ids()) {
            String status;
            try {
                status = tasks.status(task);
            } catch (IOException e) {
                if (tasks.ended(task)) {
                    continue;
                }
                throw e;
            }
            requireAll(uid, words(status, "Uid"), task, "user");
            requireAll(gid, words(status, "Gid"), task, "group");
            String itsGroups = String.join(" ", words(status, "Groups"));
            if (groups == null) {
                groups = itsGroups;
            }
            requireAll(groups, new String[] {itsGroups}, task, "the groups");
            if (user.uid() != 0) {
                requireAll(NO_CAPABILITY, words(status, "CapPrm"), task, "the capabilities");
                requireAll(NO_CAPABILITY, words(status, "CapEff"), task, "the capabilities");
            }
        }
        if (groups == null) {
            throw new IOException("could not see whether root was given up: no thread in " + TASKS);
        }
    }

    private static void requireAll(String wanted, String[] found, String task, String what) throws IOException {
        for (String id : found) {
            if (!id.equals(wanted)) {
                throw new IOException(
                        "could not give up root: thread " + task + " still has " + what + " " + id + ", not " + wanted);
            }
        }
    }

    /// The words of one line of /proc/PID/status.
    private static String[] words(String status, String key) throws IOException {
        int start = status.indexOf("\n" + key + ":");
        if (start < 0) {
            throw new IOException("no " + key + " in " + TASKS);
        }
        start += key.length() + 2;
        var tokens = new StringTokenizer(status.substring(start, status.indexOf('\n', start)));
        var words = new String[tokens.countTokens()];
        for (int i = 0; i < words.length; i++) {
            words[i] = tokens.nextToken();
        }
        return words;
    }

    /// While /proc is in sight.
    static final class ByPath implements Tasks {
        @Override
        public List<String> ids() throws IOException {
            String[] names = TASKS.toFile().list();
            if (names == null) {
                throw new IOException("cannot list " + TASKS);
            }
            return List.of(names);
        }

        @Override
        public String status(String id) throws IOException {
            return Files.readString(TASKS.resolve(id).resolve(STATUS), StandardCharsets.ISO_8859_1);
        }

        @Override
        public boolean ended(String id) {
            return !Files.exists(TASKS.resolve(id));
        }
    }

    /// Relative to a directory that was opened before, not by a path from the root.
    private static final class FromInside implements Tasks {
        private final DirectoryStream<Path> directory;

        FromInside(DirectoryStream<Path> directory) {
            this.directory = directory;
        }

        @Override
        public List<String> ids() {
            var ids = new ArrayList<String>();
            for (Path task : directory) {
                ids.add(String.valueOf(task.getFileName()));
            }
            return ids;
        }

        @Override
        public String status(String id) throws IOException {
            try (SeekableByteChannel status = open(id)) {
                return new String(Channels.newInputStream(status).readAllBytes(), StandardCharsets.ISO_8859_1);
            }
        }

        @Override
        public boolean ended(String id) throws IOException {
            try (SeekableByteChannel status = open(id)) {
                return !status.isOpen();
            } catch (NoSuchFileException e) {
                return true;
            }
        }

        private SeekableByteChannel open(String id) throws IOException {
            if (!(directory instanceof SecureDirectoryStream<Path> opened)) {
                throw new IOException("this system cannot open files relative to a directory");
            }
            return opened.newByteChannel(Path.of(id).resolve(STATUS), Set.of(StandardOpenOption.READ));
        }

        @Override
        public void close() throws IOException {
            directory.close();
        }
    }
}
