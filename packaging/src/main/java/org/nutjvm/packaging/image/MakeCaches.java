package org.nutjvm.packaging.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// Makes the AOT caches of a tree that is in its place, with the run-time it has there. Old caches stay until all new
/// ones are whole, so that programs can be started meanwhile, and whatever goes wrong costs nothing but time.
public final class MakeCaches {
    /// The jar it is in.
    static final String JAR = "nut-image";

    private MakeCaches() {}

    /// Makes them, and ends with 1 and a sentence on standard error if that fails.
    ///
    /// @param args the tree
    public static void main(String[] args) throws InterruptedException {
        Path home = Path.of(args[0]).toAbsolutePath().normalize();
        try {
            make(home);
        } catch (IOException e) {
            System.err.println("nut-make-caches: " + e.getMessage()
                    + "\nCaches that were there stay. Programs work without, and start more slowly.");
            System.exit(1);
        }
    }

    private static void make(Path home) throws IOException, InterruptedException {
        Path lib = home.resolve("lib");
        Path beside = lib.resolve("caches.new");
        Tree.delete(beside);
        try {
            Files.createDirectory(beside);
            var tree = new Tree(home, beside);
            Rehearsal.makeCaches(tree);
            var made = new ArrayList<Path>();
            try (var files = Files.list(beside)) {
                files.forEach(made::add);
            }
            replace(made, lib);
        } finally {
            Tree.delete(beside);
        }
    }

    /// A program's own cache fits one common cache only, so the old ones go first: between the two a program starts
    /// without.
    private static void replace(List<Path> made, Path lib) throws IOException {
        for (Path file : made) {
            Files.deleteIfExists(lib.resolve(file.getFileName()));
        }
        for (Path file : made) {
            Files.move(file, lib.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
