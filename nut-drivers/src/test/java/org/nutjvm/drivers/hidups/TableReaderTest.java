package org.nutjvm.drivers.hidups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nutjvm.common.conf.ConfReader;

class TableReaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "function x",
                "function x times",
                "function x times 2 two",
                "function x times 2 1000000000",
                "function x percent -1",
                "function x nonsense 1",
                "function",
            })
    void aFunctionThatMakesNoSenseIsLeftOutAndSaid(String line) {
        String text = "subdriver t\n" + line + "\n";
        var reader = new TableReader().read(ConfReader.parse("x.hid", text.getBytes(StandardCharsets.US_ASCII)));
        assertEquals(1, reader.complaints().size(), reader.complaints().toString());
        assertTrue(
                reader.complaints().getFirst().endsWith("(x.hid:2)"),
                reader.complaints().toString());
    }
}
