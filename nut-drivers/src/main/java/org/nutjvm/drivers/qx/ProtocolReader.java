package org.nutjvm.drivers.qx;

import static org.nutjvm.drivers.qx.Words.key;
import static org.nutjvm.drivers.qx.Words.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a protocol's file (docs/qx-protocols.md).
final class ProtocolReader {
    /// A file is not as it should be; the message has its name and line.
    static final class FormException extends Exception {
        private static final long serialVersionUID = 1L;

        FormException(String message) {
            super(message);
        }
    }

    /// Gives the lines of a file, or null if there is none.
    @FunctionalInterface
    interface Files {
        @Nullable
        List<String> lines(String name);
    }

    private static final int DEEPEST = 4;

    private final Files files;
    private final List<Protocol.Claim> claims = new ArrayList<>();
    private final List<Protocol.Fact> facts = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();
    private final List<Protocol.Command> commands = new ArrayList<>();
    private final List<Protocol.Setting> settings = new ArrayList<>();
    private final List<Protocol.Write> writes = new ArrayList<>();
    private String name = "";
    private String version = "";
    private List<String> accepted = List.of();
    private @Nullable String rejected;
    private boolean checksum;
    private @Nullable String usbVendor;
    private Protocol.@Nullable Query query;

    private ProtocolReader(Files files) {
        this.files = files;
    }

    /// Reads one.
    ///
    /// @throws FormException saying where and what
    static Protocol read(String file, Files files) throws FormException {
        var reader = new ProtocolReader(files);
        reader.file(file, List.of(), 0);
        return reader.finished(file);
    }

    private Protocol finished(String file) throws FormException {
        var protocol = new Protocol(
                name,
                version,
                accepted,
                rejected,
                checksum,
                usbVendor,
                List.copyOf(claims),
                List.copyOf(facts),
                List.copyOf(items),
                List.copyOf(commands),
                List.copyOf(settings),
                List.copyOf(writes));
        if (name.isEmpty()) {
            throw new FormException(file + ": no line 'protocol'");
        }
        if (claims.isEmpty()) {
            throw new FormException(file + ": no line 'claim', so it would be taken for every device's");
        }
        for (var claim : claims) {
            if (protocol.item(claim.variable()) == null) {
                throw new FormException(file + ": '" + claim.variable() + "' is claimed and not read");
            }
        }
        return protocol;
    }

    private void file(String file, List<String> arguments, int depth) throws FormException {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("too deep: " + file + " would be file " + (depth + 1) + " of a row");
        }
        List<String> lines = files.lines(file);
        if (lines == null && depth > 0) {
            throw new IllegalArgumentException("there is no file " + file);
        }
        if (lines == null) {
            throw new FormException(file + ": there is no such file");
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            for (int a = 0; a < arguments.size(); a++) {
                line = line.replace("$" + (a + 1), arguments.get(a));
            }
            try {
                line(line, depth);
            } catch (IllegalArgumentException e) {
                throw new FormException(file + " line " + (i + 1) + ": " + e.getMessage());
            }
        }
    }

    private void line(String line, int depth) throws FormException {
        if (line.isBlank() || line.strip().startsWith("# ") || line.strip().equals("#")) {
            return;
        }
        var words = new Words(line);
        if (Character.isWhitespace(line.charAt(0))) {
            if (query == null) {
                throw new IllegalArgumentException("a line that begins with a blank belongs below a line 'query'");
            }
            items.add(ItemReader.read(query, words));
            return;
        }
        String kind = words.next("a word");
        switch (kind) {
            case "protocol" -> {
                name = words.next("a name");
                version = words.next("a version");
            }
            case "checksum" -> checksum = true;
            case "usb" -> usbVendor = words.next("a vendor id");
            case "accepted" -> accepted = words.rest();
            case "rejected" -> rejected = words.next("an answer");
            case "claim" -> claims(words);
            case "fact" -> facts.add(new Protocol.Fact(words.next("a variable"), words.next("a value")));
            case "query" -> query = query(words);
            case "command" -> commands.add(OrderReader.command(words));
            case "setting" -> settings.add(OrderReader.setting(words));
            case "write" -> writes.add(OrderReader.write(words));
            case "include" -> file(words.next("a file"), words.rest(), depth + 1);
            default ->
                throw new IllegalArgumentException(
                        "'" + kind + "' is none of protocol, checksum, usb, accepted, rejected, claim, fact,"
                                + " query, command, setting, write, include");
        }
        words.end();
    }

    private void claims(Words words) {
        var variables = new ArrayList<String>();
        String unless = null;
        boolean orRejected = false;
        String is = null;
        while (words.more()) {
            String word = words.next("a variable");
            if (word.startsWith("unless=")) {
                unless = word.substring(7);
            } else if (word.equals("or-rejected")) {
                orRejected = true;
            } else if (word.startsWith("is=")) {
                is = value(word);
            } else {
                variables.add(word);
            }
        }
        for (String variable : variables) {
            claims.add(new Protocol.Claim(variable, unless, orRejected, is));
        }
    }

    private Protocol.Query query(Words words) {
        var question = Template.of(words.next("a question"), Orders::isVariable);
        int length = 1;
        int longest = Integer.MAX_VALUE;
        char lead = 0;
        String unless = null;
        boolean binary = false;
        String shape = null;
        var decoding = Decoding.TEXT;
        while (words.more()) {
            String word = words.next("");
            switch (key(word)) {
                case "length" -> length = Words.number(word);
                case "longest" -> longest = Words.number(word);
                case "lead" -> lead = Words.character(word);
                case "unless" -> unless = value(word);
                case "binary" -> binary = true;
                case "shape" -> shape = value(word);
                case "decode" -> decoding = Words.constant(Decoding.class, value(word));
                default -> throw Words.unknown(word);
            }
        }
        return new Protocol.Query(question, length, longest, lead, decoding, unless, binary, shape);
    }
}
