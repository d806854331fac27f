package org.nutjvm.drivers.upscode2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void tableHasWhatCsHas() throws IOException {
        var table = Table.read();
        assertEquals(115, table.answers().size());
        assertEquals(72, table.words().size());
        assertEquals(6, table.commands().size());
        assertEquals(2, table.variables().size());
        assertEquals(
                new Table.Entry(
                        Table.Kind.NUMBER, "output.realpower", "output.L1.realpower", "", Table.Scale.THOUSAND, false),
                table.answer("UPDS", "MOPL1"));
        assertEquals(
                new Table.Entry(Table.Kind.TEXT, "battery.8.date", "battery.8.date", "", Table.Scale.NONE, true),
                table.answer("UPBS", "BDAT8"));
        assertEquals(new Table.Word("LB", ""), table.word("attention", "BL"));
        assertEquals(new Table.Word("", "the inverter is off"), table.word("attention", "IV"));
        assertNull(table.answer("UPDV", "MOPL1"));
    }
}
