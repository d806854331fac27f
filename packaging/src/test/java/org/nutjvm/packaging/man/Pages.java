package org.nutjvm.packaging.man;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/// The pages of the repository.
final class Pages {
    static final Path ROOT =
            Path.of(System.getProperty("nut.root", "..")).toAbsolutePath().normalize();
    static final Path DIRECTORY = ROOT.resolve("docs").resolve("man");

    private static final List<ManPage> ALL = read();

    private Pages() {}

    static List<ManPage> all() {
        return ALL;
    }

    private static List<ManPage> read() {
        try {
            return ManPage.all(DIRECTORY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ManPage page(String title) {
        for (ManPage page : all()) {
            if (page.title().equals(title)) {
                return page;
            }
        }
        throw new AssertionError("there is no page " + DIRECTORY + "/" + title.replaceAll("\\((.)\\)", ".$1.md"));
    }
}
