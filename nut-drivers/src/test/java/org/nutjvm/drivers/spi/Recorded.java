package org.nutjvm.drivers.spi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Lines of the file `recorded.txt` beside a test: what a device said, and what C's driver made of it.
public final class Recorded {
    private Recorded() {}

    public static List<String> beside(Class<?> test) throws IOException {
        try (InputStream in = test.getResourceAsStream("recorded.txt")) {
            if (in == null) {
                throw new IOException("recorded.txt is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
