package org.nutjvm.drivers.spi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A table that comes with a driver, in the jar beside its classes.
public final class BuiltIn {
    private BuiltIn() {}

    /// All of it.
    ///
    /// @param driver a class beside the file
    public static String text(Class<?> driver, String file) throws IOException {
        try (InputStream in = driver.getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException(file + " is missing in the driver's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// Its lines, but for blank ones and comments, which begin with `#`.
    ///
    /// @param driver a class beside the file
    public static List<String> lines(Class<?> driver, String file) throws IOException {
        return text(driver, file)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }
}
