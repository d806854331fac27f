package org.nutjvm.drivers.core;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.io.Reasons;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file `STATEPATH/driver-upsname` and the listening socket behind it.
///
/// The socket is bound inside a directory nobody else may enter, gets its mode and group there and is then
/// renamed to its name. So there is no moment in which a generous umask lets others in, a stale file of that name
/// is replaced in one step, and no process-wide umask is needed, which a JVM has no call for.
final class SocketFile {
    /// What fits into sun_path beside the closing NUL.
    static final int NAME_LIMIT = 107;

    private static final int BACKLOG = 16;
    private static final Logger LOG = LoggerFactory.getLogger(SocketFile.class);

    private final Path path;
    private final ServerSocketChannel server;
    private final @Nullable Object identity;

    private SocketFile(Path path, ServerSocketChannel server, @Nullable Object identity) {
        this.path = path;
        this.server = server;
        this.identity = identity;
    }

    ServerSocketChannel server() {
        return server;
    }

    /// Listens, replacing a file of that name.
    ///
    /// @param group whose members may connect
    /// @throws IOException with a message for the administrator: path, reason, owner, cure
    static SocketFile listen(Path path, Account.Group group) throws IOException {
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > NAME_LIMIT) {
            throw new IOException("Fatal error: unable to create listener socket: " + path + " is longer than the "
                    + NAME_LIMIT + " bytes a socket's name may have; use a shorter STATEPATH or device name");
        }
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("Fatal error: unable to create listener socket: " + path
                    + " is a directory; remove it (rmdir " + path + ")");
        }
        Path directory = Objects.requireNonNull(path.getParent());
        try {
            return inNest(directory, path, group);
        } catch (IOException e) {
            if (!Reasons.of(e).contains("No space left")) {
                throw new IOException(Statepath.explain(directory, path, e), e);
            }
            LOG.debug("binding {} in two steps: {}", path, e.toString());
            return inPlace(directory, path, group);
        }
    }

    private static SocketFile inNest(Path directory, Path path, Account.Group group) throws IOException {
        Path nest = null;
        ServerSocketChannel server = null;
        try {
            nest = nest(directory);
            Path inNest = nest.resolve("s");
            server = bind(inNest);
            give(inNest, group, path);
            Object identity = identity(inNest);
            move(inNest, path);
            return new SocketFile(path, server, identity);
        } catch (IOException e) {
            if (server != null) {
                server.close();
            }
            throw e;
        } finally {
            if (nest != null) {
                Files.deleteIfExists(nest.resolve("s"));
                Files.deleteIfExists(nest);
            }
        }
    }

    /// For a file system without room for a directory and a socket: C needs room for the socket only. Whoever
    /// started this process with a generous umask has to bear that the socket is open to others for a moment.
    private static SocketFile inPlace(Path directory, Path path, Account.Group group) throws IOException {
        try {
            Files.deleteIfExists(path);
            var server = bind(path);
            give(path, group, path);
            return new SocketFile(path, server, identity(path));
        } catch (IOException e) {
            throw new IOException(Statepath.explain(directory, path, e), e);
        }
    }

    private static ServerSocketChannel bind(Path path) throws IOException {
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path), BACKLOG);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /// A name shorter than any socket's, so that the limit on names holds for it as well.
    private static Path nest(Path directory) throws IOException {
        IOException last = new IOException("no free name");
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
        throw last;
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void give(Path file, Account.Group group, Path shown) {
        if (group.name().isEmpty()) {
            return;
        }
        try {
            var lookup = file.getFileSystem().getUserPrincipalLookupService();
            var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            view.setGroup(lookup.lookupPrincipalByGroupName(group.name()));
        } catch (IOException e) {
            String said = "WARNING: Needed to fix group access to filesystem socket of this driver, but failed (group"
                    + " '{}': {}). Consumers of the socket, such as upsd data server, can fail to interact with the"
                    + " driver and represent the device: {}";
            if (group.asked()) {
                LOG.warn(said, group.name(), e.toString(), shown);
            } else {
                LOG.debug(said, group.name(), e.toString(), shown);
            }
        }
    }

    private static @Nullable Object identity(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    /// Stops listening and removes the file, unless a successor has put its own there.
    void close() {
        try {
            server.close();
            if (identity != null && identity.equals(identity(path))) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOG.warn("Cannot remove {}: {}", path, e.toString());
        }
    }
}
