package org.nutjvm.common.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The blocks of a PEM text (RFC 7468, and the older form with headers, RFC 1421). What stands between them is for
/// people, and passed over.
final class Pem {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /// One block.
    ///
    /// @param type what it holds: `CERTIFICATE`, `PRIVATE KEY` ...
    /// @param headers lines such as `DEK-Info: AES-256-CBC,0123...`
    /// @param line where it begins, from 1
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Block(String type, Map<String, String> headers, byte[] bytes, int line) {}

    /// A block that is none.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        private final int line;
        private final String what;

        Malformed(int line, String what) {
            super(what, null, false, false);
            this.line = line;
            this.what = what;
        }

        int line() {
            return line;
        }

        String what() {
            return what;
        }
    }

    private Pem() {}

    /// All blocks in order.
    ///
    /// @throws Malformed one has no end, or holds no Base64
    static List<Block> blocks(String text) throws Malformed {
        String[] lines = text.split("\r\n|\n|\r", -1);
        var blocks = new ArrayList<Block>();
        int at = 0;
        while (at < lines.length) {
            String line = lines[at].strip();
            if (line.startsWith(BEGIN) && line.endsWith(DASHES) && line.length() > BEGIN.length() + DASHES.length()) {
                String type = line.substring(BEGIN.length(), line.length() - DASHES.length());
                int end = at + 1;
                while (end < lines.length && !lines[end].strip().equals(END + type + DASHES)) {
                    if (lines[end].startsWith(DASHES)) {
                        throw new Malformed(at + 1, "the block " + type + " has no end");
                    }
                    end++;
                }
                if (end == lines.length) {
                    throw new Malformed(at + 1, "the block " + type + " has no end");
                }
                blocks.add(block(type, lines, at + 1, end));
                at = end;
            }
            at++;
        }
        return blocks;
    }

    private static Block block(String type, String[] lines, int from, int to) throws Malformed {
        var headers = new LinkedHashMap<String, String>();
        int at = from;
        while (at < to && lines[at].indexOf(':') > 0) {
            int colon = lines[at].indexOf(':');
            headers.put(
                    lines[at].substring(0, colon).strip(),
                    lines[at].substring(colon + 1).strip());
            at++;
        }
        var body = new StringBuilder();
        for (; at < to; at++) {
            body.append(lines[at].strip());
        }
        try {
            return new Block(type, headers, Base64.getDecoder().decode(body.toString()), from);
        } catch (IllegalArgumentException e) {
            throw new Malformed(from, "the block " + type + " is damaged: it is no Base64");
        }
    }
}
