package org.nutjvm.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nutjvm.common.wire.Words;

/// Values made to break out of a JSON string.
class JsonTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            plain              | plain
            "                  | \\"
            \\                 | \\\\
            ","x":"y           | \\",\\"x\\":\\"y
            \\"}               | \\\\\\"}
            \\u0022            | \\\\u0022
            </script>          | </script>
            a\\                | a\\\\
            """)
    void value(String value, String escaped) throws IOException {
        try (var upsd = new FakeUpsd(_ -> "VAR u x.y " + Words.quote(value) + "\n")) {
            assertEquals(new Ran(0, '"' + escaped + "\"\n", ""), Ran.of("upsc", "-j", "u@" + upsd.address(), "x.y"));
        }
    }
}
