package org.nutjvm.common.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A line without fault means the same to {@link NutCli} and to picocli.
class PicocliParserTest {
    private static final List<NutCli.Known> OPTIONS = List.of(
            new NutCli.Known('D', "", "debug"),
            new NutCli.Known('F', "", "foreground"),
            new NutCli.Known('W', "<secs>", "wait"),
            new NutCli.Known('x', "<var>=<val>", "set"));
    private static final List<String> WORDS = List.of(
            "-D",
            "-DD",
            "-DF",
            "-W",
            "-W5",
            "-DW",
            "-DW5",
            "-W=5",
            "-x",
            "-xa=b",
            "-xD",
            "--",
            "-",
            "",
            "a",
            "ups@host",
            "-FD");

    @Test
    void bothReadRandomLinesAlike() {
        var cli = new NutCli("upsx", "Does things.")
                .flag('D', "debug")
                .flag('F', "foreground")
                .value('W', "<secs>", "wait")
                .value('x', "<var>=<val>", "set");
        var random = new Random(42);
        int faultless = 0;
        for (int i = 0; i < 2000; i++) {
            var args = new ArrayList<String>();
            for (int n = random.nextInt(5); n > 0; n--) {
                args.add(WORDS.get(random.nextInt(WORDS.size())));
            }
            CommandLine line = cli.parse(args);
            assertEquals(PicocliParser.parse("upsx", OPTIONS, args), line, () -> String.join(" ", args));
            faultless += line.complaint().isEmpty() ? 1 : 0;
        }
        assertTrue(faultless > 1000, "most lines have no fault: " + faultless);
    }
}
