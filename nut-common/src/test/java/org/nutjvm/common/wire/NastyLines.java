package org.nutjvm.common.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Texts on which a parser of configuration words may stumble.
final class NastyLines {
    private static final String[] PIECES = {
        "a",
        "b",
        "Z",
        "0",
        "9",
        ".",
        "-",
        "_",
        "[",
        "]",
        "*",
        ":",
        "/",
        "'",
        " ",
        " ",
        " ",
        "\t",
        "\u000b",
        "\f",
        "\r",
        "\n",
        "\n",
        "\r\n",
        "=",
        "=",
        "\"",
        "\"",
        "\\",
        "\\",
        "#",
        "\0",
        "\u0001",
        "\u001f",
        "~",
        "\u007f",
        "\u0080",
        "\u00a0",
        "\u00c3\u00a9",
        "\u00ff",
        "\\\n",
        "\\\r\n",
        "\\\"",
        "\\\\",
        "\\#",
        "\\ ",
        "\\=",
        "\"\"",
        "\" \"",
        "# comment\n",
        "[ups]\n",
        "driver = dummy-ups\n",
        "port=auto\n",
        "desc = \"two words\"\n",
        "MONITOR ups@host 1 u p primary\n",
        "ignorelb\n",
        "upsmon primary\n",
        "actions = SET FSD\n",
        "NOTIFYMSG ONLINE \"UPS %s on line power\"\n"
    };

    private static final String[] BY_HAND = {
        "",
        "\n",
        "\n\n",
        " ",
        "a",
        "a\n",
        "a ",
        "a b",
        "a b\n",
        "\"",
        "\"\n",
        "\"\"",
        "\"\"\n",
        "\"\" \"\"\n",
        "a \"",
        "a \"b",
        "a \"b\n",
        "a \"b\nc\"\n",
        "a \"b\\\nc\" d\n",
        "a b\\",
        "a b\\\n",
        "a b\\\nc d\n",
        "a \\\n",
        "\\",
        "\\\n",
        "\\\\\n",
        "a \\\nb\n",
        "a\\ b\n",
        "a\\\tb\n",
        "\\#a\n",
        "\\\"a\n",
        "a\"b\n",
        "a\"b c\"d\n",
        "\"a\"b\n",
        "\"a\"\"b\"\n",
        "\"a # b\"\nnext line\n",
        "\"a # b\" c\nnext\n",
        "x \"a # b\\\n",
        "\"a \\# b\"\n",
        "a #\n",
        "a#b\n",
        "a # \"b\nc\n",
        "#\n",
        "# only \"\n",
        "#no end",
        "a#no end",
        "=\n",
        "==\n",
        "===",
        "a=b\n",
        "a=b=c\n",
        "a = b = c\n",
        "=a\n",
        "a=\n",
        "a =\n",
        "a= \"b=c\"\n",
        "\"a=b\"\n",
        "a\\=b\n",
        "a=#b\n",
        "a=\"\"\n",
        "a=\"\n",
        "a=\\\nb\n",
        "a\\\n=b\n",
        "a\\\n#b\n",
        "a\\\n b\n",
        "\r\n",
        "a\r\n",
        "a = b\r\n\r\nc = d\r\n",
        "a\rb\n",
        "a \"b\r\nc\"\n",
        "a\\\r\nb\n",
        "\0\n",
        "a\0b\n",
        "\0",
        "a \0",
        "a \0 b\n",
        "\u00e9\n",
        "\u00e9",
        "a \u00e9",
        "a \u00e9\n",
        "\u00ef\u00bb\u00bfa = b\n",
        "\u00ff\n",
        "a\u00ff\n",
        "\"\u00c3\u00a9\"\n",
        "\"\u00c3\u00a9#\"\n",
        "# \u00c3\u00a9\n",
        "\\\u00e9\n",
        "\u007f\n",
        "a\u007fb\n",
        "\u0001\u0002\n",
        "\u001b[31m\n",
        "[a b]\n",
        "[ \"a b\" ]\n",
        "[a]#x\n",
        "\u000b\fa\u000bb\fc\n",
        "a \"b\" \"c",
        "a \"",
        "a\\",
        "a \\",
        "\"a\\",
        "\"\\",
        "\"a\\\n",
        "\"\\\n\"\n",
        "\\\n\\\n\\\n",
        "a \\\n\\\n\\\nb\n",
        "'a b'\n",
        "a 'b c' d\n"
    };

    private NastyLines() {}

    /// What people thought of, and what published files had.
    static List<byte[]> byHand() {
        var texts = new ArrayList<byte[]>();
        for (String text : BY_HAND) {
            texts.add(bytes(text));
        }
        for (int length : new int[] {15, 16, 17, 31, 32, 33, 511, 512, 513, 514, 5000}) {
            texts.add(bytes("x".repeat(length) + " y\n"));
            texts.add(bytes("a \"" + "x".repeat(length) + "\" y\n"));
            texts.add(bytes("\u00e9".repeat(length) + "x".repeat(length) + "\u00e9 y\n"));
            texts.add(bytes("w ".repeat(length) + "\n"));
            texts.add(bytes("w=".repeat(length)));
            texts.add(bytes("\"\" ".repeat(length) + "#\n"));
            texts.add(bytes("\\x".repeat(length)));
        }
        return texts;
    }

    /// Every text of up to five out of the eight bytes that matter to the parser.
    static List<byte[]> exhaustive() {
        byte[] alphabet = bytes("a =\"\\#\n\u00e9");
        var texts = new ArrayList<byte[]>();
        for (int length = 1; length <= 5; length++) {
            int count = 1 << (3 * length);
            for (int i = 0; i < count; i++) {
                byte[] text = new byte[length];
                for (int j = 0; j < length; j++) {
                    text[j] = alphabet[(i >> (3 * j)) & 7];
                }
                texts.add(text);
            }
        }
        return texts;
    }

    /// Pieces put together at random, and some wholly random bytes.
    static List<byte[]> random(long seed, int count) {
        var random = new Random(seed);
        var texts = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) {
            if (i % 10 == 9) {
                byte[] noise = new byte[random.nextInt(200)];
                random.nextBytes(noise);
                texts.add(noise);
                continue;
            }
            var text = new StringBuilder();
            for (int pieces = random.nextInt(i % 50 == 0 ? 400 : 24); pieces >= 0; pieces--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            if (i % 97 == 0) {
                text.insert(random.nextInt(text.length()), "long".repeat(120 + random.nextInt(20)));
            }
            texts.add(bytes(text.toString()));
        }
        return texts;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
