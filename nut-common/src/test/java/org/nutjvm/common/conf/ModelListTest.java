package org.nutjvm.common.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelListTest {
    private static final ModelList LIST = ModelList.standard();

    @Test
    void driversOfAllModelsAreInTheCatalogue() {
        var catalog = DriverCatalog.standard();
        var unknown = new TreeSet<String>();
        for (var model : LIST.all()) {
            for (String driver : model.drivers()) {
                if (catalog.driver(driver).isEmpty()
                        && catalog.successors(driver).isEmpty()) {
                    unknown.add(driver + " of " + model.maker());
                }
            }
        }
        assertEquals(new TreeSet<>(), unknown);
        assertTrue(LIST.all().size() > 1400, LIST.all().size() + " models");
    }

    @Test
    void settingsAreThoseOfTheirDrivers() {
        var catalog = DriverCatalog.standard();
        var unknown = new TreeSet<String>();
        for (var model : LIST.all()) {
            var driver = catalog.driver(model.drivers().getFirst());
            for (String setting : model.settings()) {
                String name = setting.contains("=") ? setting.substring(0, setting.indexOf('=')) : setting;
                boolean common = name.startsWith("default.") || name.startsWith("override.");
                if (!common && driver.map(d -> d.option(name).isEmpty()).orElse(true)) {
                    unknown.add(model.drivers().getFirst() + " " + setting);
                }
            }
        }
        assertEquals(new TreeSet<>(), unknown);
    }

    @Test
    void wordsInAnyOrderAndCaseFindModels() {
        var found = LIST.find("  tower 5600W dell ");
        assertEquals(
                List.of(), found.stream().filter(m -> !m.maker().equals("Dell")).toList());
        assertTrue(
                LIST.find("dell 5600w rack").stream().anyMatch(m -> m.drivers().equals(List.of("mge-shut"))),
                LIST.find("dell 5600w rack").toString());
        assertEquals(List.of(), LIST.find("dell smart-ups no such thing"));
        assertEquals(List.of(), LIST.find(" "));
    }

    @Test
    void noteAndSettingsAreRead() {
        var list = ModelList.of("maker A B\ndriver x,y ups 2 port=1 flag\nmodel M 1/2 | by | wire\nmodel N\n");
        assertEquals(
                List.of(
                        new ModelList.Model(
                                "A B", "M 1/2", "by | wire", "ups", 2, List.of("x", "y"), List.of("port=1", "flag")),
                        new ModelList.Model("A B", "N", "", "ups", 2, List.of("x", "y"), List.of("port=1", "flag"))),
                list.all());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model M",
                "maker A\nmodel M",
                "maker A\ndriver x ups\nmodel M",
                "maker A\ndriver x ups 6",
                "maker A\ndriver x fan 2",
                "maker A\ndriver x ups two",
                "maker A\ndriver x ups 2\nmaker B\nmodel M",
                "maker A\ndriver x ups 2\nmodel",
                "thing"
            })
    void badLineIsNamed(String text) {
        var why = assertThrows(IllegalArgumentException.class, () -> ModelList.of(text));
        assertTrue(String.valueOf(why.getMessage()).startsWith("models.txt:"), why.getMessage());
    }
}
