package org.nutjvm.packaging.man;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/// All that the programs are made of, as one text.
final class Sources {
    private static final AtomicReference<String> READ = new AtomicReference<>("");

    private Sources() {}

    static String all() throws IOException {
        if (READ.get().isEmpty()) {
            var text = new StringBuilder();
            try (var modules = Files.newDirectoryStream(Pages.ROOT, "{nut-*,packaging}")) {
                for (Path module : modules) {
                    read(module.resolve("src/main"), text);
                }
            }
            READ.set(text.toString());
        }
        return READ.get();
    }

    private static void read(Path directory, StringBuilder text) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.toString().endsWith(".java") || file.toString().endsWith(".sh")) {
                    text.append(Files.readString(file, StandardCharsets.UTF_8)).append('\n');
                }
            }
        }
    }
}
