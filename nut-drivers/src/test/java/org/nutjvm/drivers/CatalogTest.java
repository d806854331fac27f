package org.nutjvm.drivers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.nutjvm.common.conf.Directive;
import org.nutjvm.common.conf.DriverCatalog;
import org.nutjvm.common.conf.DriverCatalog.Form;
import org.nutjvm.common.conf.UpsKey;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Option;

/// What our drivers take is what the catalogue of drivers (drivers.txt in nut-common) says of them, or nut-check would
/// complain about good settings.
class CatalogTest {
    @Test
    void optionsOfOurDriversAreInTheCatalogue() throws ReflectiveOperationException {
        var catalog = DriverCatalog.standard();
        var missing = new ArrayList<String>();
        int looked = 0;
        var classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.nutjvm.drivers");
        for (JavaClass found : classes) {
            if (!found.isAssignableTo(DriverProgram.class) || found.isInterface()) {
                continue;
            }
            for (Constructor<?> constructor : found.reflect().getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 0) {
                    constructor.setAccessible(true);
                    look((DriverProgram) constructor.newInstance(), catalog, missing);
                    looked++;
                }
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(looked > 0);
    }

    private static void look(DriverProgram program, DriverCatalog catalog, List<String> missing) {
        var known = catalog.driver(program.progname());
        if (known.isEmpty()) {
            missing.add("driver " + program.progname());
            return;
        }
        var ofEverySection = Directive.words(UpsKey.values());
        for (Option option : program.options()) {
            if (ofEverySection.contains(option.name())) {
                continue;
            }
            Form form = option.flag() ? Form.FLAG : option.sensitive() ? Form.SECRET : Form.VALUE;
            var listed = known.get().option(option.name());
            if (listed.isEmpty() || (listed.get().form() != form && listed.get().form() != Form.EITHER)) {
                missing.add(program.progname() + ": " + form.toString().toLowerCase(Locale.ROOT) + " " + option.name());
            }
        }
    }
}
