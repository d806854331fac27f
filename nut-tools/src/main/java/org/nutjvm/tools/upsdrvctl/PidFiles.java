package org.nutjvm.tools.upsdrvctl;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.nutjvm.tools.drivers.ManagedUps;

/// Where drivers leave their process's number.
///
/// @param directory NUT_ALTPIDPATH
record PidFiles(Path directory) {
    Path of(ManagedUps ups) {
        return directory.resolve(ups.instance() + ".pid");
    }

    /// The pid file of the UPS, or the one older drivers called after the port; null if there is neither, which is said
    /// in upstream's words (drivers/upsdrvctl.c: stop_driver).
    @Nullable
    Path find(ManagedUps ups, Report report) {
        Path file = of(ups);
        if (Files.exists(file)) {
            return file;
        }
        report.log().error("Can't open " + file + ": No such file or directory");
        Path old = directory.resolve(ups.driver() + "-" + base(ups.port()) + ".pid");
        if (!ups.port().isEmpty() && Files.exists(old)) {
            return old;
        }
        report.log().error("Can't open " + (ups.port().isEmpty() ? file : old) + " either: No such file or directory");
        return null;
    }

    private static String base(String port) {
        return port.substring(port.lastIndexOf('/') + 1);
    }
}
