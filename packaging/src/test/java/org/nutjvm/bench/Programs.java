package org.nutjvm.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where one implementation keeps its programs.
///
/// @param cgi the directory of those for web servers
record Programs(String name, Path upsd, Path dummyUps, Path upsmon, Path upsc, Path upssched, Path cgi) {
    /// Where Debian's nut-server and nut-client install NUT.
    static Programs debian() {
        return new Programs(
                "C",
                Path.of("/lib/nut/upsd"),
                Path.of("/lib/nut/dummy-ups"),
                Path.of("/lib/nut/upsmon"),
                Path.of("/bin/upsc"),
                Path.of("/sbin/upssched"),
                Path.of("/usr/lib/cgi-bin/nut"));
    }

    /// A sentence on what is missing and how to get it; empty when all is there.
    String missing() {
        for (Path program : List.of(upsd, dummyUps, upsmon, upsc, upssched)) {
            if (!Files.isExecutable(program)) {
                return name.equals("C")
                        ? program + " is missing: apt-get install nut-server nut-client"
                        : program + " is missing: mvn -DskipTests package";
            }
        }
        return "";
    }

    Path upsdrvctl() {
        return name.equals("C") ? Path.of("/sbin/upsdrvctl") : upsd.resolveSibling("upsdrvctl");
    }

    /// Programs in a tree as the build leaves it in packaging/target/nut.
    static Programs tree(String name, Path root) {
        return new Programs(
                name,
                root.resolve("sbin/upsd"),
                root.resolve("bin/dummy-ups"),
                root.resolve("sbin/upsmon"),
                root.resolve("bin/upsc"),
                root.resolve("sbin/upssched"),
                root.resolve("cgi-bin"));
    }
}
