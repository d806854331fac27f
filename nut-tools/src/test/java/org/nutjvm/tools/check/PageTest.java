package org.nutjvm.tools.check;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// docs/nut-check.md lists what the program knows.
class PageTest {
    @Test
    void pageHasTheTableOfTheProgram() throws IOException {
        var table = new StringBuilder("| id | level | what it means | what helps |\n|---|---|---|---|\n");
        for (Mistake mistake : Mistake.values()) {
            table.append("| `")
                    .append(mistake.id())
                    .append("` | ")
                    .append(mistake.level().toString().toLowerCase(Locale.ROOT))
                    .append(" | ")
                    .append(mistake.meaning())
                    .append(" | ")
                    .append(mistake.cure())
                    .append(" |\n");
        }
        Path generated = Path.of("target", "nut-check-table.md");
        Files.writeString(generated, table);
        Path page = Path.of(System.getProperty("nut.root", ".."), "docs", "nut-check.md");
        assertTrue(
                Files.readString(page).contains(table),
                "the table in docs/nut-check.md is not that of Mistake: put in " + generated.toAbsolutePath());
    }
}
