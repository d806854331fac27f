package org.nutjvm.common.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nutjvm.common.wire.DriverLine;

class DeviceTreeTest {
    private final DeviceTree tree = new DeviceTree();

    @Test
    void namesAreOrderedAndFoundWithoutRegardToCase() {
        tree.setinfo("ups.status", "OL");
        tree.setinfo("Battery.charge", "90");
        assertEquals(
                List.of("Battery.charge", "ups.status"), List.copyOf(tree.vars().keySet()));
        assertEquals("90", tree.value("battery.CHARGE"));
        assertNull(tree.var("battery"));
    }

    @Test
    void theVersionChangesWithContentOnly() {
        assertTrue(tree.setinfo("ups.status", "OL"));
        long version = tree.version();
        assertFalse(tree.setinfo("ups.status", "OL"));
        assertFalse(tree.apply(new DriverLine.Pong()));
        assertEquals(version, tree.version());
        assertTrue(tree.setinfo("ups.status", "OB"));
        assertTrue(tree.version() > version);
    }

    @Test
    void limitsAreKeptWhenTheValueChanges() {
        tree.setinfo("input.sensitivity", "low");
        tree.apply(new DriverLine.SetFlags("input.sensitivity", List.of("rw", "STRING", "nonsense")));
        tree.apply(new DriverLine.SetAux("input.sensitivity", 8));
        tree.apply(new DriverLine.AddEnum("input.sensitivity", "low"));
        tree.apply(new DriverLine.AddEnum("input.sensitivity", "high"));
        tree.apply(new DriverLine.AddRange("input.sensitivity", 1, 5));
        tree.setinfo("input.sensitivity", "high");
        assertEquals(
                new Variable(
                        "high",
                        Set.of(Variable.Flag.RW, Variable.Flag.STRING),
                        8,
                        List.of("low", "high"),
                        List.of(new Range(1, 5))),
                tree.var("input.sensitivity"));
        tree.apply(new DriverLine.DelEnum("input.sensitivity", "low"));
        tree.apply(new DriverLine.DelRange("input.sensitivity", 1, 5));
        assertEquals(
                new Variable("high", Set.of(Variable.Flag.RW, Variable.Flag.STRING), 8, List.of("high"), List.of()),
                tree.var("input.sensitivity"));
    }

    @Test
    void limitsOfAVariableThatIsNotThereAreNothing() {
        assertFalse(tree.apply(new DriverLine.AddEnum("ups.id", "a")));
        assertFalse(tree.apply(new DriverLine.SetFlags("ups.id", List.of("RW"))));
        assertEquals(0, tree.version());
    }

    @Test
    void aHostileDriverCannotMakeItGrowWithoutEnd() {
        for (int i = 0; i < DeviceTree.NAME_LIMIT + 10; i++) {
            tree.setinfo("var." + i, "x");
            tree.addCmd("cmd." + i);
        }
        assertEquals(DeviceTree.NAME_LIMIT, tree.vars().size());
        assertEquals(DeviceTree.NAME_LIMIT, tree.cmds().size());
        for (int i = 0; i < DeviceTree.CHOICE_LIMIT + 10; i++) {
            tree.addEnum("var.1", "value" + i);
            tree.addRange("var.1", new Range(i, i + 1));
        }
        Variable grown = Objects.requireNonNull(tree.var("var.1"));
        assertEquals(DeviceTree.CHOICE_LIMIT, grown.enums().size());
        assertEquals(DeviceTree.CHOICE_LIMIT, grown.ranges().size());
    }

    @Test
    void lettersAreCountedAsTheyComeAndGo() {
        tree.setinfo("ups.id", "abc");
        tree.setinfo("UPS.ID", "ab");
        tree.addEnum("ups.id", "xyz");
        tree.addEnum("ups.id", "xyz");
        tree.addCmd("load.off");
        tree.addCmd("LOAD.OFF");
        assertEquals(6 + 2 + 3 + 8, tree.letters());
        tree.delEnum("ups.id", "xyz");
        tree.delCmd("load.OFF");
        tree.delCmd("load.off");
        assertEquals(6 + 2, tree.letters());
        tree.delinfo("ups.ID");
        tree.delinfo("ups.id");
        assertEquals(0, tree.letters());
        tree.setinfo("ups.id", "abc");
        tree.clear();
        assertEquals(0, tree.letters());
    }

    @Test
    void clearForgetsEverythingAndSaysSo() {
        tree.setinfo("ups.status", "OL");
        tree.addCmd("load.off");
        long version = tree.version();
        tree.clear();
        assertTrue(tree.vars().isEmpty() && tree.cmds().isEmpty() && tree.version() > version);
    }
}
