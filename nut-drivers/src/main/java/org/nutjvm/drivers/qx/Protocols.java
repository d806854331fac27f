package org.nutjvm.drivers.qx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.qx.ProtocolReader.FormException;
import org.nutjvm.drivers.spi.DriverException;

/// The protocols there are: those in the driver's jar, and a file of the administrator's.
final class Protocols {
    private static final String SUFFIX = ".qx";
    private static final int LARGEST = 65_536;

    private Protocols() {}

    /// The protocols to try. Of several each is read when it is asked for, so that a driver which has found the right
    /// one
    /// keeps no others in memory.
    ///
    /// @param order the file that lists names in the order of trying
    /// @param chosen the setting `protocol`, or null
    /// @param confpath where a file of one's own is looked for
    static List<Protocol> of(String order, @Nullable String chosen, Path confpath) throws DriverException, IOException {
        if (chosen != null && chosen.endsWith(SUFFIX)) {
            return List.of(own(confpath.resolve(chosen)));
        }
        var files = new ArrayList<String>();
        for (String line : names(order)) {
            boolean byNameOnly = line.startsWith("-");
            String name = byNameOnly ? line.substring(1) : line;
            if (chosen == null ? !byNameOnly : chosen.equalsIgnoreCase(name) || chosen.equalsIgnoreCase(spoken(line))) {
                files.add(name);
            }
        }
        if (files.isEmpty()) {
            var known = new ArrayList<String>();
            names(order).forEach(name -> known.add(spoken(name)));
            throw new DriverException("Setting protocol = '" + chosen + "': there is no such protocol here; known: "
                    + String.join(", ", known) + ", or a file *" + SUFFIX + " of your own");
        }
        var shipped = new Shipped(List.copyOf(files));
        return chosen == null ? shipped : List.copyOf(shipped);
    }

    /// Protocols in the jar, read anew each time.
    private static final class Shipped extends AbstractList<Protocol> {
        private final List<String> files;

        Shipped(List<String> files) {
            this.files = files;
        }

        @Override
        public Protocol get(int index) {
            try {
                return shipped(files.get(index));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public int size() {
            return files.size();
        }
    }

    /// Names of files, without their suffix. One after a minus is not tried unless it is asked for.
    static List<String> names(String order) throws IOException {
        List<String> lines = resource(order);
        if (lines == null) {
            throw new IOException(order + " is missing in the driver's jar");
        }
        return lines.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    /// What `protocol` calls one of the list.
    private static String spoken(String line) {
        String name = line.substring(line.startsWith("-") ? 1 : line.indexOf(':') + 1);
        return name.equals("megatec-old") ? "megatec/old" : name;
    }

    /// One in the jar.
    static Protocol shipped(String name) throws IOException {
        try {
            return ProtocolReader.read(name.replace(':', '-') + SUFFIX, Protocols::resource);
        } catch (FormException e) {
            throw new IOException("the driver's jar is damaged: " + e.getMessage(), e);
        }
    }

    private static Protocol own(Path file) throws DriverException, IOException {
        Path directory = file.toAbsolutePath().getParent();
        try {
            return ProtocolReader.read(String.valueOf(file.getFileName()), name -> {
                Path beside = directory == null ? Path.of(name) : directory.resolve(name);
                return Files.exists(beside) ? text(beside) : resource(name);
            });
        } catch (UncheckedIOException e) {
            throw new DriverException("Setting protocol: " + e.getMessage());
        } catch (FormException e) {
            throw new DriverException("Setting protocol = " + file + ": " + e.getMessage());
        }
    }

    private static List<String> text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException(file + " is larger than " + LARGEST + " bytes");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    static @Nullable List<String> resource(String name) {
        if (name.indexOf('/') >= 0) {
            return null;
        }
        try (InputStream in = Protocols.class.getResourceAsStream(name)) {
            return in == null
                    ? null
                    : new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                            .lines()
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
