package org.nutjvm.tools.check;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import org.nutjvm.common.conf.DriverCatalog;
import org.nutjvm.common.conf.ModelList;

/// Says which driver a model needs.
final class ModelSearch {
    private static final int MOST = 40;

    private final ModelList models;
    private final DriverCatalog catalog;
    private final List<Path> places;

    /// @param places directories with drivers
    ModelSearch(ModelList models, DriverCatalog catalog, List<Path> places) {
        this.models = models;
        this.catalog = catalog;
        this.places = places;
    }

    /// Lists the models that have all these words, and their drivers.
    ///
    /// @return whether there are any
    boolean print(String words, PrintStream out) {
        var found = models.find(words);
        var drivers = new LinkedHashSet<String>();
        for (var model : found.subList(0, Math.min(MOST, found.size()))) {
            out.println(model.maker() + ' ' + model.name() + (model.note().isEmpty() ? "" : " (" + model.note() + ')')
                    + ": " + String.join(" or ", model.drivers())
                    + (model.settings().isEmpty() ? "" : " with " + String.join(", ", model.settings())));
            drivers.addAll(model.drivers());
        }
        if (found.size() > MOST) {
            out.println("and " + (found.size() - MOST) + " more: another word narrows it down");
        }
        for (String driver : drivers) {
            out.println();
            out.println(driver + ": " + purpose(driver));
            out.println("    " + where(driver));
        }
        return !found.isEmpty();
    }

    private String purpose(String driver) {
        return catalog.driver(driver)
                .map(DriverCatalog.Driver::summary)
                .orElseGet(() -> "its work is now done by " + String.join(" or ", catalog.successors(driver)));
    }

    private String where(String driver) {
        for (Path place : places) {
            Path file = place.resolve(driver);
            if (Files.isExecutable(file)) {
                return file.toString();
            }
        }
        return "not on this machine; C NUT may have it (Debian: nut-server), see 'driverpath' in ups.conf(5)";
    }
}
