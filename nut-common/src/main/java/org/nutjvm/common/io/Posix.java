package org.nutjvm.common.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The few calls of the C library that Java has no word for. A process that makes none does not load what they need.
public final class Posix {
    /// A call that failed.
    public static final class PosixException extends IOException {
        private static final long serialVersionUID = 1;

        private final int errno;

        PosixException(String function, int errno, String reason) {
            super(function + ": " + reason);
            this.errno = errno;
        }

        /// The error number of the system.
        public int errno() {
            return errno;
        }
    }

    private static final short AF_UNIX = 1;
    private static final int MAX_SOCKET_NAME = 107;
    private static final int ENAMETOOLONG = 36;

    private Posix() {}

    /// Gives up the user: real, effective and saved, in all threads (glibc sees to that).
    public static void setuid(int uid) throws PosixException {
        callInt("setuid", uid, 0, 0);
    }

    /// Gives up the group, as {@link #setuid}.
    public static void setgid(int gid) throws PosixException {
        callInt("setgid", gid, 0, 0);
    }

    /// Takes on the groups a user is in, and no others.
    public static void initgroups(String user, int gid) throws PosixException {
        try (var name = CLibrary.Block.of(user)) {
            callInt("initgroups", name.address(), gid, 0);
        }
    }

    /// Makes a directory the root of what this process sees. The working directory becomes the new root.
    public static void chroot(Path directory) throws PosixException {
        try (var path = CLibrary.Block.of(directory.toString());
                var root = CLibrary.Block.of("/")) {
            callInt("chdir", path.address(), 0, 0);
            callInt("chroot", path.address(), 0, 0);
            callInt("chdir", root.address(), 0, 0);
        }
    }

    /// Makes this process the leader of a new session without a terminal.
    public static void setsid() throws PosixException {
        callInt("setsid", 0, 0, 0);
    }

    /// User and group of a name, from wherever the system keeps its users, or null.
    static int @Nullable [] getpwnam(String name) throws PosixException {
        return ids("getpwnam", name);
    }

    /// The number of a group in the first place, or null.
    static int @Nullable [] getgrnam(String name) throws PosixException {
        return ids("getgrnam", name);
    }

    /// A datagram socket of the local kind, closed on exec.
    static int socket(boolean blocking) throws PosixException {
        int datagramCloexec = 2 | 0x80000;
        int nonblock = 0x800;
        return callInt("socket", AF_UNIX, blocking ? datagramCloexec : datagramCloexec | nonblock, 0);
    }

    /// Connects a local socket.
    ///
    /// @param name a path, or `@` and an abstract name
    static void connect(int socket, String name) throws PosixException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_SOCKET_NAME) {
            throw new PosixException("connect", ENAMETOOLONG, "name of more than " + MAX_SOCKET_NAME + " bytes");
        }
        boolean isAbstract = name.startsWith("@");
        if (isAbstract) {
            bytes[0] = 0;
        }
        try (var address = new CLibrary.Block(Short.BYTES + MAX_SOCKET_NAME + 1)) {
            address.putShort(0, AF_UNIX);
            address.put(Short.BYTES, bytes, 0, bytes.length);
            int length = Short.BYTES + bytes.length + (isAbstract ? 0 : 1);
            callInt("connect", socket, address.address(), length);
        }
    }

    /// Sends one datagram on a connected socket.
    static void write(int socket, byte[] datagram) throws PosixException {
        try (var bytes = new CLibrary.Block(Math.max(1, datagram.length))) {
            bytes.put(0, datagram, 0, datagram.length);
            callInt("write", socket, bytes.address(), datagram.length);
        }
    }

    static void close(int socket) throws PosixException {
        callInt("close", socket, 0, 0);
    }

    /// struct passwd and struct group begin with two pointers; what follows is `uid, gid` and `gid`.
    private static int @Nullable [] ids(String function, String name) throws PosixException {
        try (var wanted = CLibrary.Block.of(name)) {
            long entry = CLibrary.call(function, wanted.address(), 0, 0);
            if (entry == 0) {
                return null; // not found; upstream's other reasons end the same way
            }
            long numbers = entry + 2 * Long.BYTES;
            return new int[] {CLibrary.intAt(numbers), CLibrary.intAt(numbers + Integer.BYTES)};
        }
    }

    static int callInt(String function, long a, long b, long c) throws PosixException {
        int result = (int) CLibrary.call(function, a, b, c);
        if (result == -1) {
            int errno = CLibrary.errno();
            throw new PosixException(function, errno, CLibrary.string(CLibrary.call("strerror", errno, 0, 0)));
        }
        return result;
    }
}
