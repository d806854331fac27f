package org.nutjvm.packaging.man;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.nutjvm.common.conf.DriverCatalog;
import org.nutjvm.common.conf.ModelList;

/// The tables of docs/drivers.md are those of the catalogue of drivers and of the list of models.
class DriversPageTest {
    private static final ModelList MODELS = ModelList.standard();

    @Test
    void tablesAreThoseOfTheLists() throws IOException {
        var found = new ArrayList<String>();
        for (String line : Files.readAllLines(Pages.ROOT.resolve("docs").resolve("drivers.md"))) {
            if (line.startsWith("| `") || line.startsWith("| [`")) {
                found.add(line);
            }
        }
        var expected = table(true);
        assertTrue(expected.size() > 10, "drivers of ours are known by their pages");
        expected.addAll(table(false));
        assertEquals(String.join("\n", expected), String.join("\n", found));
    }

    private static List<String> table(boolean ours) {
        var rows = new ArrayList<String>();
        for (var driver : DriverCatalog.standard().drivers()) {
            String name = driver.name();
            boolean own = Files.exists(Pages.DIRECTORY.resolve(name + ".8.md"));
            if (own == ours) {
                var models = MODELS.of(driver);
                var makers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
                models.forEach(model -> makers.add(model.maker()));
                rows.add("| " + (own ? "[`" + name + "`](man/" + name + ".8.md)" : "`" + name + "`") + " | "
                        + driver.link().word() + " | " + driver.summary() + " | "
                        + (models.isEmpty() ? "" : models.size() + ": " + String.join(", ", makers)) + " |");
            }
        }
        return rows;
    }
}
