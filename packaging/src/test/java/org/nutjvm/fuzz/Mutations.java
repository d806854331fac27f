package org.nutjvm.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Inputs that are nearly those of a corpus; the same seed gives the same ones.
final class Mutations {
    private static final int LONGEST = 8192;

    private static final String[] WORDS = {
        "\"",
        "\\",
        "#",
        "=",
        "[",
        "]",
        "\n",
        "\r\n",
        " ",
        "\t",
        "\0",
        "%s%n",
        "-1",
        "0",
        "65536",
        "99999999999999999999",
        "1e999",
        "NaN",
        "USERNAME admin\n",
        "PASSWORD geheim\n",
        "ups.status",
        "OB LB",
        "FSD",
        "\u00ff",
        "\u0080",
        "$1",
        "{device}",
        "<",
        ">",
        "&",
        "]]>",
        "\n\n",
        "include x.qx\n",
        "OK\n",
        "ERR ",
        "END LIST"
    };

    private final SplittableRandom random;
    private final List<byte[]> corpus;

    Mutations(long seed, List<byte[]> corpus) {
        random = new SplittableRandom(seed);
        this.corpus = corpus;
    }

    byte[] next() {
        byte[] input = any();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            input = change(input);
        }
        return input.length > LONGEST ? Arrays.copyOf(input, LONGEST) : input;
    }

    private byte[] any() {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private byte[] change(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int to = Math.min(input.length, at + 1 + random.nextInt(16));
        return switch (random.nextInt(7)) {
            case 0 -> at == input.length ? input : with(input, at, at + 1, new byte[] {(byte) random.nextInt()});
            case 1 ->
                at == input.length
                        ? input
                        : with(input, at, at + 1, new byte[] {(byte) (input[at] ^ (1 << random.nextInt(8)))});
            case 2 -> with(input, at, at, new byte[] {(byte) random.nextInt()});
            case 3 -> with(input, at, to, new byte[0]);
            case 4 -> with(input, at, at, Arrays.copyOfRange(input, at, to));
            case 5 -> {
                byte[] word = WORDS[random.nextInt(WORDS.length)].getBytes(StandardCharsets.ISO_8859_1);
                yield with(input, at, random.nextBoolean() ? at : to, word);
            }
            default -> {
                byte[] other = any();
                int from = random.nextInt(other.length + 1);
                yield with(input, at, input.length, Arrays.copyOfRange(other, from, other.length));
            }
        };
    }

    private static byte[] with(byte[] input, int from, int to, byte[] instead) {
        byte[] out = new byte[input.length - (to - from) + instead.length];
        System.arraycopy(input, 0, out, 0, from);
        System.arraycopy(instead, 0, out, from, instead.length);
        System.arraycopy(input, to, out, from + instead.length, input.length - to);
        return out;
    }
}
