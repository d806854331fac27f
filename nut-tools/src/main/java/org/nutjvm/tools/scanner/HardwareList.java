package org.nutjvm.tools.scanner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.nutjvm.common.conf.DriverCatalog;
import org.nutjvm.common.conf.ModelList;

/// What NUT's hardware list says of a device by the names it has for itself, when no driver's table knows
/// its ids: some drivers know their devices by what they answer on a line, as those behind a serial chip.
///
/// @param catalog how devices of drivers are connected
record HardwareList(ModelList models, DriverCatalog catalog) {
    private static final int SHORTEST_MODEL = 3;
    private static final int MOST = 4;

    /// A sentence on the drivers that are for it, or nothing: most devices on USB are no power devices.
    ///
    /// @param vendor as the device says it; so the product
    Optional<String> about(String vendor, String product) {
        var names = words(vendor + ' ' + product);
        var said = words(product);
        var meant = new LinkedHashSet<String>();
        var drivers = new LinkedHashSet<String>();
        var makers = new LinkedHashSet<String>();
        var makersDrivers = new LinkedHashSet<String>();
        for (var model : models.all()) {
            var local = local(model.drivers());
            if (local.isEmpty() || !within(words(model.maker()), names)) {
                continue;
            }
            makers.add(model.maker());
            makersDrivers.addAll(local);
            var name = words(model.name());
            if (String.join("", name).length() >= SHORTEST_MODEL && within(name, said)) {
                meant.add(model.maker() + ' ' + model.name());
                drivers.addAll(local);
            }
        }
        if (!meant.isEmpty()) {
            return Optional.of(list(meant) + ": " + String.join(" or ", drivers));
        }
        return !makers.isEmpty() && said.contains("ups")
                ? Optional.of("devices of " + list(makers) + ": " + list(makersDrivers))
                : Optional.empty();
    }

    /// Those whose devices hang on this machine: on USB, or on a serial line, which a chip on USB makes, too.
    private List<String> local(List<String> drivers) {
        var some = new ArrayList<String>();
        for (String driver : drivers) {
            var known = catalog.driver(driver);
            String link = known.isPresent() ? known.get().link().word() : "";
            if (link.contains("usb") || link.contains("serial")) {
                some.add(driver);
            }
        }
        return some;
    }

    private static String list(Set<String> texts) {
        var some = new ArrayList<>(texts).subList(0, Math.min(MOST, texts.size()));
        return String.join(", ", some) + (texts.size() > MOST ? " and others" : "");
    }

    /// Whether words stand together in others.
    private static boolean within(List<String> some, List<String> all) {
        return !some.isEmpty() && Collections.indexOfSubList(all, some) >= 0;
    }

    /// Letters and digits, in lower case; everything else parts words.
    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        for (char c : (text.toLowerCase(Locale.ROOT) + ' ').toCharArray()) {
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                word.append(c);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        return words;
    }
}
