package org.nutjvm.tools.nutconf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nutjvm.common.conf.ConfReader;

/// Texts before and after.
class ConfFileTest {
    private static ConfFile file(String text) {
        return new ConfFile(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(EditedFile file) {
        return new String(file.bytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void anUnchangedTextStaysByteForByte() {
        String text = "a \"b\nc\" \\\n d\n\n# e\n\tf = \"g\\\"h\" # i\n\"j # k\n\u00fc\r\nl\n";
        assertEquals(text, text(file(text)));
    }

    @Test
    void commentsBehindWordsStay() {
        var file = file("  a \"x # y\" z\n a x\\#y\"z # why\na 2 # also\n");
        file.replace(words -> words.contains("x#y\"z") || words.contains("2"), List.of("a", "new one"));
        assertEquals("  a \"x # y\" z\n a \"new one\" # why\n# also\n", text(file));
    }

    @Test
    void linesOverSeveralLinesAreReplacedWhole() {
        var file = file("a b \\\n c # why\nd\n");
        file.replace(_ -> true, List.of("a", "x"));
        assertEquals("a x # why\nd\n", text(file));
    }

    @Test
    void endsOfLinesAreThoseOfTheFile() {
        var file = file("a 1 # x\r\n[s]\r\nk = v\r\n");
        file.replace(_ -> true, List.of("a", "2"));
        file.set("s", "k", "w");
        file.set("s", "l", "z");
        file.add(List.of("b", "c"));
        assertEquals("a 2 # x\r\n[s]\r\nk = w\r\nl = z\r\nb c\r\n", text(file));
    }

    @Test
    void aSectionBegunTwiceIsOne() {
        var file = file("[a]\n k = 1\n[b]\n k = 2\n[a]\n k = 3 # in force\n\n# end\n");
        file.set("a", "k", "4");
        file.set("a", "l", "5");
        file.addTo("a", List.of("nolock"));
        file.addTo("a", List.of("nolock"));
        assertEquals("[a]\n k = 4\n[b]\n k = 2\n[a]\n\tl = 5\n\tnolock\n# in force\n\n# end\n", text(file));
        file.removeFrom("a", "k");
        assertEquals("[a]\n[b]\n k = 2\n[a]\n\tl = 5\n\tnolock\n# in force\n\n# end\n", text(file));
    }

    /// Whatever is written is read as it was meant.
    @Test
    void wordsAreReadAsTheyWereWritten() {
        var random = new SplittableRandom(4711);
        for (int round = 0; round < 2000; round++) {
            var words = new ArrayList<String>();
            for (int i = 0; i < 4; i++) {
                var word = new StringBuilder(i == 0 ? "W" : "");
                for (int length = random.nextInt(6); length > 0; length--) {
                    word.append(
                            random.nextInt(3) == 0
                                    ? " #\"\\=['".charAt(random.nextInt(7))
                                    : (char) random.nextInt(32, 127));
                }
                words.add(word.toString());
            }
            var file = file(random.nextBoolean() ? "" : "# x\nA b\n");
            file.add(words);
            var read = ConfReader.parse("f", file.bytes()).lines();
            assertEquals(words, read.getLast().words(), text(file));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "|MODE=x;",
                "A=b|A=b;MODE=x;",
                "MODE=a|MODE=x;",
                "export MODE=a;B=c;|export MODE=x;B=c;",
                " MODE = a;|MODE=x;",
                "MODE=a;MODE='b # c' # d;E=f|MODE=a;# d;MODE=x;E=f",
                "A='b \"c';MODE=d;E=\"f;|A='b \"c';MODE=x;E=\"f;",
                "#MODE=a;MODELS=b;|#MODE=a;MODELS=b;MODE=x;"
            })
    void assignments(String before, String after) {
        var file = new ShellFile((before == null ? "" : before.replace(';', '\n')).getBytes(StandardCharsets.US_ASCII));
        file.assign("MODE", "x");
        assertEquals(after.replace(';', '\n'), text(file));
    }
}
