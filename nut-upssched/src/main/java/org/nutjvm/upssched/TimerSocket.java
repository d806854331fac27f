package org.nutjvm.upssched;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.io.Reasons;

/// PIPEFN: the socket of the timer daemon. It is bound in a directory of its own, gets its mode there and is then
/// renamed to its name, so a stale file is replaced in one step and at no time somebody else may connect.
final class TimerSocket {
    /// What fits into sun_path beside the closing NUL.
    private static final int NAME_LIMIT = 107;

    private static final int BACKLOG = 128;

    private final Path path;
    private final ServerSocketChannel server;
    private final @Nullable Object identity;

    private TimerSocket(Path path, ServerSocketChannel server, @Nullable Object identity) {
        this.path = path;
        this.server = server;
        this.identity = identity;
    }

    ServerSocketChannel server() {
        return server;
    }

    /// Connects to the daemon there.
    ///
    /// @throws IOException if there is none
    static SocketChannel connect(Path path) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(path));
    }

    /// Whether a daemon listens.
    static boolean served(Path path) {
        try (SocketChannel channel = connect(path)) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /// Why a name cannot be that of a socket, in upstream's words; empty if it can.
    static String unfit(Path path) {
        int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
        return length <= NAME_LIMIT
                ? ""
                : "Can't create a unix domain socket: pathname '" + path + "' is too long (" + length
                        + ") for 'struct sockaddr_un->sun_path' on this system (" + NAME_LIMIT + ")";
    }

    /// Listens, in place of whatever has that name.
    ///
    /// @throws IOException with a message for the administrator
    static TimerSocket listen(Path path) throws IOException {
        ServerSocketChannel server = null;
        Path nest = null;
        try {
            nest = nest(Objects.requireNonNull(path.toAbsolutePath().getParent()));
            Path inNest = nest.resolve("s");
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(inNest), BACKLOG);
            server.configureBlocking(false);
            Files.setPosixFilePermissions(inNest, PosixFilePermissions.fromString("rw-rw----"));
            Object identity = identity(inNest);
            Files.move(inNest, path, StandardCopyOption.ATOMIC_MOVE);
            return new TimerSocket(path, server, identity);
        } catch (IOException e) {
            if (server != null) {
                server.close();
            }
            throw new IOException("bind " + path + " failed: " + Reasons.of(e), e);
        } finally {
            if (nest != null) {
                Files.deleteIfExists(nest.resolve("s"));
                Files.deleteIfExists(nest);
            }
        }
    }

    /// A short name, for the limit holds for the socket in it as well.
    private static Path nest(Path directory) throws IOException {
        FileAlreadyExistsException last = null;
        long seed = System.nanoTime() ^ ProcessHandle.current().pid();
        for (int i = 0; i < 100; i++) {
            Path nest = directory.resolve("." + Long.toString((seed + i) & 0xffffff, 36));
            try {
                return Files.createDirectory(
                        nest, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (FileAlreadyExistsException e) {
                last = e;
            }
        }
        throw Objects.requireNonNull(last);
    }

    private static @Nullable Object identity(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    /// Whether the name still leads here: /run/nut may have been emptied.
    boolean inPlace() {
        return identity != null && identity.equals(identity(path));
    }

    /// Takes the name away, unless a successor has it, and then stops listening: this way round nobody's connection
    /// succeeds with the socket of one that is leaving while the name is free for the next.
    void close() throws IOException {
        if (inPlace()) {
            Files.deleteIfExists(path);
        }
        server.close();
    }
}
