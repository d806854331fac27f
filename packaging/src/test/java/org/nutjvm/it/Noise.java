package org.nutjvm.it;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/// Bytes that no sane peer sends: from pure chance to what is nearly a request. The same seed gives the same bytes.
final class Noise {
    private static final List<String> WORDS = List.of(
            "GET",
            "LIST",
            "SET",
            "VAR",
            "UPS",
            "RW",
            "CMD",
            "CLIENT",
            "ENUM",
            "RANGE",
            "TYPE",
            "DESC",
            "CMDDESC",
            "NUMLOGINS",
            "UPSDESC",
            "TRACKING",
            "ON",
            "OFF",
            "INSTCMD",
            "LOGIN",
            "USERNAME",
            "PASSWORD",
            "MASTER",
            "PRIMARY",
            "FSD",
            "HELP",
            "VER",
            "NETVER",
            "PROTVER",
            "STARTTLS",
            "dummy",
            "UPS1",
            "UPS2",
            "ups.status",
            "\"",
            "\"\"",
            "\\",
            "\\\"",
            "=",
            "#",
            "[",
            "]",
            "\u0000",
            "\u00ff",
            "%n%s",
            "99999999999999999999",
            "-1",
            "\t",
            "\r");

    /// What a driver's socket understands, nearly.
    private static final List<String> DRIVER_WORDS = List.of(
            "PING",
            "PONG",
            "DUMPALL",
            "DUMPVALUE",
            "DUMPSTATUS",
            "GETPID",
            "BROADCAST",
            "NOBROADCAST",
            "SETINFO",
            "DELINFO",
            "ADDENUM",
            "DELENUM",
            "ADDRANGE",
            "DELRANGE",
            "SETAUX",
            "SETFLAGS",
            "ADDCMD",
            "DELCMD",
            "DUMPDONE",
            "TRACKING",
            "ups.mode",
            "ups.bogus",
            "RW",
            "STRING",
            "\"",
            "\"\"",
            "\\",
            "=",
            "#",
            "\u0000",
            "\u00ff",
            "-1",
            "7",
            "99999999999");

    private final RandomGenerator random;

    Noise(RandomGenerator random) {
        this.random = random;
    }

    byte[] forServer() {
        return next(WORDS);
    }

    byte[] forDriver() {
        return next(DRIVER_WORDS);
    }

    private byte[] next(List<String> words) {
        var out = new ByteArrayOutputStream();
        switch (random.nextInt(6)) {
            case 0 -> { // chance alone
                var bytes = new byte[random.nextInt(4096)];
                random.nextBytes(bytes);
                out.writeBytes(bytes);
            }
            case 1 -> { // a line without end
                var bytes = new byte[random.nextInt(70_000)];
                java.util.Arrays.fill(bytes, (byte) (33 + random.nextInt(90)));
                out.writeBytes(bytes);
            }
            case 2 -> { // lines of chance
                for (int i = random.nextInt(50); i >= 0; i--) {
                    var bytes = new byte[random.nextInt(80)];
                    random.nextBytes(bytes);
                    out.writeBytes(bytes);
                    out.write('\n');
                }
            }
            case 3 -> { // very many words in a line
                for (int i = random.nextInt(5000); i >= 0; i--) {
                    out.writeBytes(bytes(words.get(random.nextInt(words.size())) + " "));
                }
                out.write('\n');
            }
            default -> { // nearly right
                for (int i = random.nextInt(40); i >= 0; i--) {
                    for (int j = random.nextInt(7); j >= 0; j--) {
                        out.writeBytes(bytes(words.get(random.nextInt(words.size())) + " "));
                    }
                    out.write('\n');
                }
            }
        }
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
