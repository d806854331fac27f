package org.nutjvm.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Who made a program: the C project (as packaged by Debian) or this one (the tree in `packaging/target/nut`).
enum Maker {
    C(
            "apt-get install nut-server nut-client nut-cgi",
            // Debian's /sbin/upsd and /sbin/upsmon are wrappers which read /etc/nut/nut.conf, so the real ones come
            // first.
            "/lib/nut:/usr/lib/nut:/usr/sbin:/sbin:/usr/bin:/bin:/usr/lib/cgi-bin/nut"),
    OURS("mvn package", "sbin:bin:cgi-bin");

    private final String howToGet;
    private final String places;

    Maker(String howToGet, String places) {
        this.howToGet = howToGet;
        this.places = places;
    }

    /// The run-time image under test.
    static Path image() {
        var given = System.getProperty("nut.image", "");
        return given.isEmpty()
                ? Path.of(System.getProperty("nut.root", ".."), "packaging", "target", "nut")
                        .toAbsolutePath()
                        .normalize()
                : Path.of(given);
    }

    Optional<Path> find(String program) {
        for (var place : places.split(":", -1)) {
            var file = (this == OURS ? image().resolve(place) : Path.of(place)).resolve(program);
            if (Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /// The program's path. Where it is missing the running test is skipped, with what would bring it.
    Path program(String program) {
        var found = find(program);
        if (found.isEmpty() && this == OURS && Boolean.getBoolean("nut.image.required")) {
            throw new IllegalStateException("no " + program + " in " + image() + ": " + howToGet);
        }
        assumeTrue(found.isPresent(), () -> "no " + program + " of " + this + " here: " + howToGet);
        return found.orElseThrow();
    }
}
