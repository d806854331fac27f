package org.nutjvm.tools.upsdrvctl;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nutjvm.common.conf.Nearest;
import org.nutjvm.tools.shared.Failure;

/// The directories drivers are looked for in.
record DriverPath(List<Path> directories) {
    private static final int MOST_NAMES = 2000;

    /// The program of that name: the first there is.
    ///
    /// @throws Failure with upstream's `Can't start FILE: REASON` and what to do about it
    Path find(String driver) throws Failure {
        Path unusable = null;
        for (Path directory : directories) {
            Path program = directory.resolve(driver);
            if (Files.isExecutable(program) && !Files.isDirectory(program)) {
                return program;
            }
            if (unusable == null && Files.exists(program)) {
                unusable = program;
            }
        }
        if (unusable != null) {
            String reason = Files.isDirectory(unusable) ? "Is a directory" : "Permission denied";
            throw new Failure("Can't start " + unusable + ": " + reason);
        }
        throw new Failure("Can't start " + first().resolve(driver) + ": No such file or directory", hint(driver));
    }

    private Path first() {
        return directories.isEmpty() ? Path.of("") : directories.getFirst();
    }

    private String hint(String driver) {
        var names = new ArrayList<String>();
        var looked = new ArrayList<String>();
        for (Path directory : directories) {
            looked.add(directory.toString());
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
                for (Path file : files) {
                    if (names.size() < MOST_NAMES && Files.isExecutable(file)) {
                        names.add(file.getFileName().toString());
                    }
                }
            } catch (IOException e) {
                looked.set(looked.size() - 1, directory + " (which cannot be read)");
            }
        }
        String near = Nearest.of(driver, names).orElse("");
        return "Looked in " + String.join(", ", looked)
                + (near.isEmpty() ? "; 'driverpath' in ups.conf names other places." : ". Did you mean " + near + "?");
    }
}
