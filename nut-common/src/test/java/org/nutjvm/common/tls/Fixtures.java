package org.nutjvm.common.tls;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/// Keys and certificates made by `make` beside them.
final class Fixtures {
    private Fixtures() {}

    static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(Fixtures.class.getResource("/tls/" + name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static Path directory() {
        return Objects.requireNonNull(file("make").getParent());
    }
}
