package org.nutjvm.packaging.man;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nutjvm.common.NutVersion;

/// Puts the pages where man(1) finds them.
public final class Manual {
    private Manual() {}

    /// Writes `man5/NAME.5` and `man8/NAME.8` of all pages.
    ///
    /// @param from the directory of the pages
    /// @param to the directory to make
    /// @param date of the release, YYYY-MM-DD
    public static void write(Path from, Path to, String date) throws IOException {
        for (ManPage page : ManPage.all(from)) {
            Path directory = Files.createDirectories(to.resolve("man" + page.section()));
            Files.writeString(
                    directory.resolve(page.name() + "." + page.section()),
                    page.roff(date, NutVersion.VERSION),
                    StandardCharsets.US_ASCII);
        }
    }
}
