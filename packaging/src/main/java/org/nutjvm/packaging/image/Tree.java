package org.nutjvm.packaging.image;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// Where things are in the image.
///
/// @param home its root, absolute
/// @param caches the directory of the AOT caches
record Tree(Path home, Path caches) {
    /// A tree with its caches in their place.
    Tree(Path home) {
        this(home, home.resolve("lib"));
    }

    Path lib() {
        return home.resolve("lib");
    }

    Path runtime() {
        return lib().resolve("runtime");
    }

    Path java() {
        return runtime().resolve("bin").resolve("java");
    }

    Path jar(String artifact) {
        return lib().resolve(artifact + ".jar");
    }

    Path cache(Cache cache) {
        return caches.resolve(cache.file());
    }

    Path cache(Program program) {
        return caches.resolve(program.cache());
    }

    Path program(Program program) {
        return home.resolve(program.directory()).resolve(program.name());
    }

    /// Lets everybody read all and run what its owner may run, whatever the builder's umask.
    void openToAll() throws IOException {
        try (var files = Files.walk(home)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!Files.isSymbolicLink(file)) {
                    boolean run = Files.isDirectory(file) || Files.isExecutable(file);
                    Files.setPosixFilePermissions(
                            file, PosixFilePermissions.fromString(run ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    long megabytes() throws IOException {
        long bytes = 0;
        try (var files = Files.walk(home)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                bytes += Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
            }
        }
        return bytes / 1_000_000;
    }

    /// Copies a directory with what is in it; an absent one gives an empty one.
    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        if (!Files.isDirectory(from)) {
            return;
        }
        try (var files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /// Removes a directory with what is in it, if it is there.
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(emptied);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
