package org.nutjvm.packaging.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The manual in the image: a page for each program and configuration file, where man(1) looks.
class ManualIT {
    private static final Tree BUILT =
            new Tree(Path.of(System.getProperty("nut.root", ".."), "packaging", "target", "nut")
                    .toAbsolutePath()
                    .normalize());

    static List<Program> programs() {
        return Program.ALL;
    }

    private static Path page(String name, int section) {
        return BUILT.home().resolve("share/man/man" + section + "/" + name + "." + section);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void programHasItsPage(Program program) throws Exception {
        Path page = page(program.name(), 8);
        assertTrue(Files.exists(page), () -> page + " is missing: write docs/man/" + program.name() + ".8.md");
        assertTrue(Files.readString(page).contains("\n.SH NAME\n"), page.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nut.conf",
                "ups.conf",
                "upsd.conf",
                "upsd.users",
                "upsmon.conf",
                "upssched.conf",
                "hosts.conf",
                "upsset.conf",
                "upsstats.html"
            })
    void configurationFileHasItsPage(String file) {
        assertTrue(Files.exists(page(file, 5)), file);
    }

    /// Who has the programs in PATH has their pages.
    @Test
    void manFindsPagesByThePathOfPrograms() throws Exception {
        String path = System.getenv().getOrDefault("PATH", "");
        assumeTrue(
                List.of(path.split(File.pathSeparator, -1)).stream()
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "man"))),
                "man is not installed");
        var builder = new ProcessBuilder("man", "-w", "8", "upsd").redirectErrorStream(true);
        builder.environment().remove("MANPATH");
        builder.environment().put("PATH", BUILT.home().resolve("sbin") + File.pathSeparator + path);
        var process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals(page("upsd", 8) + "\n", said);
    }
}
