package org.nutjvm.common.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The few calls of the C library that Java has no word for.
///
/// All go through one method handle of one shape, three machine words in and one out, because it is the shapes
/// that cost: with it the first call takes 20 ms and leaves 2.3 MB private (JDK 25, the daemons' flags, an AOT
/// cache trained with it), where four functions with a handle of its own shape each took 50 ms and left 9.9 MB. A
/// good half of the 2.3 MB is garbage in a young generation that a daemon fills sooner or later anyway; held to 1
/// MB (`-Xmn1m`) the calls leave 0.7 MB, or 2.8 MB if the cache was trained without them. The calling conventions
/// of 64-bit Linux pass ints and pointers in whole registers, so that the shape fits every function here; none is
/// variadic. A process that calls nothing here pays nothing.
@SuppressWarnings("restricted")
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
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET = STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBC = LINKER.defaultLookup();
    private static final MethodHandle CALL = handle();

    private Posix() {}

    private static MethodHandle handle() {
        if (ValueLayout.ADDRESS.byteSize() != Long.BYTES) {
            throw new UnsupportedOperationException("system calls need a 64-bit system");
        }
        return LINKER.downcallHandle(
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG),
                Linker.Option.captureCallState("errno"));
    }

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
        try (Arena arena = Arena.ofConfined()) {
            callInt("initgroups", arena.allocateFrom(user).address(), gid, 0);
        }
    }

    /// Makes a directory the root of what this process sees. The working directory becomes the new root.
    public static void chroot(Path directory) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            long path = arena.allocateFrom(directory.toString()).address();
            callInt("chdir", path, 0, 0);
            callInt("chroot", path, 0, 0);
            callInt("chdir", arena.allocateFrom("/").address(), 0, 0);
        }
    }

    /// Makes this process the leader of a new session without a terminal.
    public static void setsid() throws PosixException {
        callInt("setsid", 0, 0, 0);
    }

    /// The permissions new files do not get from now on.
    ///
    /// @return what held before
    public static int umask(int mask) throws PosixException {
        return callInt("umask", mask, 0, 0);
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
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(Short.BYTES + MAX_SOCKET_NAME + 1L, Short.BYTES);
            address.set(ValueLayout.JAVA_SHORT, 0, AF_UNIX);
            MemorySegment.copy(bytes, 0, address, ValueLayout.JAVA_BYTE, Short.BYTES, bytes.length);
            int length = Short.BYTES + bytes.length + (isAbstract ? 0 : 1);
            callInt("connect", socket, address.address(), length);
        }
    }

    /// Sends one datagram on a connected socket.
    static void write(int socket, byte[] datagram) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(datagram.length);
            MemorySegment.copy(datagram, 0, bytes, ValueLayout.JAVA_BYTE, 0, datagram.length);
            callInt("write", socket, bytes.address(), datagram.length);
        }
    }

    static void close(int socket) throws PosixException {
        callInt("close", socket, 0, 0);
    }

    /// struct passwd and struct group begin with two pointers; what follows is `uid, gid` and `gid`.
    private static int @Nullable [] ids(String function, String name) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long entry = call(function, state, arena.allocateFrom(name).address(), 0, 0);
            if (entry == 0) {
                return null; // not found; upstream's other reasons end the same way
            }
            MemorySegment struct = MemorySegment.ofAddress(entry).reinterpret(2 * Long.BYTES + 2 * Integer.BYTES);
            return new int[] {
                struct.get(ValueLayout.JAVA_INT, 2 * Long.BYTES),
                struct.get(ValueLayout.JAVA_INT, 2 * Long.BYTES + Integer.BYTES)
            };
        }
    }

    static int callInt(String function, long a, long b, long c) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int result = (int) call(function, state, a, b, c);
            if (result == -1) {
                int errno = state.get(ValueLayout.JAVA_INT, ERRNO_OFFSET);
                throw new PosixException(function, errno, strerror(state, errno));
            }
            return result;
        }
    }

    private static String strerror(MemorySegment state, int errno) {
        long text = call("strerror", state, errno, 0, 0);
        return MemorySegment.ofAddress(text).reinterpret(1024).getString(0);
    }

    private static long call(String function, MemorySegment state, long a, long b, long c) {
        MemorySegment address = LIBC.find(function).orElseThrow(() -> new UnsatisfiedLinkError(function));
        try {
            return (long) CALL.invokeExact(address, state, a, b, c);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(function, e); // a downcall throws nothing checked
        }
    }
}
