package org.nutjvm.tools.nutconf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.nutjvm.common.io.Reasons;

/// Puts a new text in the place of a file's, whole or not at all: a new file in the same directory is written, reaches
/// the disk and is then renamed. Owner, group and mode stay; a symbolic link stays one.
final class SafeFile {
    private static final Set<PosixFilePermission> NEW = PosixFilePermissions.fromString("rw-r-----");
    private static final Set<PosixFilePermission> MINE = PosixFilePermissions.fromString("rw-------");

    private SafeFile() {}

    /// Replaces the file, or makes it if it was not there: mode 640, with the group of its directory, which is the one
    /// that daemons run as.
    ///
    /// @param before what was in it when the new text was made; empty if it was not there
    /// @throws IOException if the new text cannot be written, or somebody else has changed the file meanwhile;
    ///     unless the message says otherwise it is as it was
    static void replace(Path file, byte[] before, byte[] after) throws IOException {
        boolean there = Files.exists(file);
        Path target = there ? file.toRealPath() : file.toAbsolutePath();
        Path directory = target.getParent();
        if (directory == null) {
            throw new IOException("no directory");
        }
        Path fresh = Files.createTempFile(
                directory, "." + target.getFileName() + ".", ".new", PosixFilePermissions.asFileAttribute(MINE));
        try {
            if (there) {
                keep(target, fresh, "unix:gid");
                keep(target, fresh, "unix:uid");
                Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(target));
            } else {
                if (Files.getAttribute(fresh, "unix:uid").equals(0)) { // others may not give files away
                    keep(directory, fresh, "unix:gid");
                }
                Files.setPosixFilePermissions(fresh, NEW);
            }
            write(fresh, after);
            if (there ? !Arrays.equals(Files.readAllBytes(target), before) : Files.exists(file)) {
                throw new IOException("somebody else has changed it meanwhile");
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw new IOException("it is changed, but a power cut may undo that: " + Reasons.of(e), e);
        }
    }

    private static void keep(Path from, Path to, String attribute) throws IOException {
        Object wanted = Files.getAttribute(from, attribute, LinkOption.NOFOLLOW_LINKS);
        if (!wanted.equals(Files.getAttribute(to, attribute, LinkOption.NOFOLLOW_LINKS))) {
            try {
                Files.setAttribute(to, attribute, wanted, LinkOption.NOFOLLOW_LINKS);
            } catch (IOException e) {
                String what = attribute.endsWith("gid") ? "group" : "owner";
                throw new IOException("its " + what + " cannot be kept: " + Reasons.of(e), e);
            }
        }
    }

    private static void write(Path file, byte[] text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(text);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }
}
