package org.nutjvm.drivers.snmp.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.conf.Complaint;
import org.nutjvm.common.conf.ConfLine;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.common.conf.Nearest;

/// Reads a mapping file (docs/snmp-mappings.md). A line that makes no sense is left out with a complaint that names
/// file, line and cure; the rest is used.
public final class MappingParser {
    /// Lines with a meaning that a file may have.
    static final int ENTRY_LIMIT = 4096;

    private static final List<String> DIRECTIVES = List.of(
            "mapping",
            "alias",
            "probe",
            "oid",
            "table",
            "text",
            "number",
            "fixed",
            "status",
            "alarm",
            "alarms",
            "alarm-oid",
            "command",
            "trap");

    private final String file;
    private final boolean builtIn;
    private final List<Complaint> complaints = new ArrayList<>();
    private final Map<String, String> oids = new HashMap<>();
    private final Map<String, Map<Long, String>> codes = new HashMap<>();
    private final Map<String, ValueTable> tables = new HashMap<>();
    private final List<Mapping.Head> heads = new ArrayList<>();
    private final List<String> aliases = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Oid, Mapping.Alarm> alarms = new LinkedHashMap<>();
    private final Map<Oid, String> traps = new HashMap<>();
    private @Nullable Map<Long, String> openTable;
    private final List<Oid> probes = new ArrayList<>();

    private MappingParser(String file, boolean builtIn) {
        this.file = file;
        this.builtIn = builtIn;
    }

    /// What a file holds: one mapping for each `mapping` line, all with the same entries.
    ///
    /// @param mappings at least one when the file is of any use
    /// @param complaints what is wrong with it
    public record Result(List<Mapping> mappings, List<Complaint> complaints) {}

    /// Reads a whole file.
    ///
    /// @param file its name, for complaints
    public static Result parse(String file, byte[] text, boolean builtIn) {
        var parser = new MappingParser(file, builtIn);
        parser.read(text);
        var mappings = new ArrayList<Mapping>();
        for (var head : parser.complete()) {
            mappings.add(new Mapping(
                    head, List.copyOf(parser.entries), Map.copyOf(parser.alarms), Map.copyOf(parser.traps)));
        }
        return new Result(mappings, List.copyOf(parser.complaints));
    }

    /// Reads only what is needed to choose a mapping: the lines above the first `oid` or `table`.
    public static List<Mapping.Head> heads(String file, byte[] text, boolean builtIn) {
        var parser = new MappingParser(file, builtIn);
        parser.read(beginning(text));
        return parser.complete();
    }

    private static byte[] beginning(byte[] text) {
        for (int i = 0; i + 5 < text.length; i++) {
            if (i == 0 || text[i - 1] == '\n') {
                boolean oid = text[i] == 'o' && text[i + 1] == 'i' && text[i + 2] == 'd';
                boolean table = text[i] == 't' && text[i + 1] == 'a' && text[i + 2] == 'b';
                if (oid || table) {
                    return Arrays.copyOf(text, i);
                }
            }
        }
        return text;
    }

    private List<Mapping.Head> complete() {
        if (heads.isEmpty()) {
            complaints.add(new Complaint(
                    Complaint.Level.ERROR,
                    Complaint.Cause.INCOMPLETE,
                    file,
                    0,
                    "mapping",
                    "",
                    file + " names no mapping: begin it with a line 'mapping NAME VERSION sysobjectid=OID'"));
        }
        var complete = new ArrayList<Mapping.Head>();
        for (var head : heads) {
            complete.add(new Mapping.Head(
                    head.name(),
                    head.version(),
                    List.copyOf(aliases),
                    head.sysobjectid(),
                    List.copyOf(probes),
                    head.source()));
        }
        return complete;
    }

    private void read(byte[] text) {
        var conf = ConfReader.parse(file, text);
        complaints.addAll(conf.complaints());
        for (var line : conf.lines()) {
            if (entries.size() >= ENTRY_LIMIT) {
                complain(line, "", "More than " + ENTRY_LIMIT + " lines: the rest is not read; split the file");
                return;
            }
            line(line);
        }
    }

    private void line(ConfLine line) {
        String word = line.word(0);
        if (openTable != null && number(word) != null) {
            code(line, openTable);
            return;
        }
        openTable = null;
        switch (word) {
            case "mapping" -> head(line);
            case "alias" -> aliases.addAll(line.words().subList(1, line.size()));
            case "probe" -> probe(line);
            case "oid" -> shorthand(line);
            case "table" -> table(line);
            case "alarm-oid" -> alarmOid(line);
            case "text" -> entry(line, Entry.Kind.TEXT);
            case "number" -> entry(line, Entry.Kind.NUMBER);
            case "fixed" -> entry(line, Entry.Kind.FIXED);
            case "status" -> entry(line, Entry.Kind.STATUS);
            case "alarm" -> entry(line, Entry.Kind.ALARM);
            case "alarms" -> entry(line, Entry.Kind.ALARMS);
            case "command" -> entry(line, Entry.Kind.COMMAND);
            case "trap" -> trap(line);
            default ->
                complain(
                        line,
                        word,
                        Nearest.of(word, DIRECTIVES),
                        "Unknown word '" + word + "' at the beginning of a line");
        }
    }

    private void head(ConfLine line) {
        if (line.size() < 3 || line.word(1).isEmpty()) {
            complain(line, "mapping", "A mapping needs a name and a version: mapping NAME VERSION sysobjectid=OID");
            return;
        }
        Oid sysobjectid = null;
        if (line.size() > 3) {
            if (!line.word(3).equals("sysobjectid") || !line.word(4).equals("=")) {
                complain(line, line.word(3), "Only sysobjectid=OID may follow name and version of a mapping");
            } else {
                sysobjectid = plainOid(line, line.word(5));
            }
        }
        heads.add(new Mapping.Head(
                line.word(1), line.word(2), List.of(), sysobjectid, List.of(), new Mapping.Source(file, builtIn)));
    }

    private void probe(ConfLine line) {
        for (String word : line.words().subList(1, line.size())) {
            var oid = plainOid(line, word);
            if (oid != null) {
                probes.add(oid);
            }
        }
    }

    private void shorthand(ConfLine line) {
        String full = expand(line, line.word(2));
        if (full == null || Oid.parse(full) == null || line.size() != 3) {
            complain(line, line.word(1), "A shorthand is written: oid NAME OID");
            return;
        }
        oids.put(line.word(1), full);
    }

    private void table(ConfLine line) {
        if (line.size() != 2) {
            complain(line, "table", "A table has one name, and its codes on the lines below it");
            return;
        }
        String name = line.word(1);
        if (codes.containsKey(name)) {
            complain(line, name, "There is a table " + name + " already: give this one another name");
        }
        var open = new LinkedHashMap<Long, String>();
        openTable = open;
        codes.put(name, open);
    }

    private void code(ConfLine line, Map<Long, String> table) {
        Long code = number(line.word(0));
        if (code == null || line.size() != 2) {
            complain(line, line.word(0), "A code and its meaning are expected, the meaning in quotes if it has blanks");
            return;
        }
        if (table.putIfAbsent(code, line.word(1)) != null) {
            complain(line, line.word(0), "The table has code " + code + " already: the first one counts");
        }
    }

    private void alarmOid(ConfLine line) {
        var oid = plainOid(line, line.word(1));
        if (oid == null) {
            return;
        }
        String status = "";
        String text = "";
        for (int i = 2; i < line.size(); i += 3) {
            if (!line.word(i + 1).equals("=")) {
                complain(line, line.word(i), "Only status=WORDS and text=SENTENCE may follow the identifier");
                return;
            }
            switch (line.word(i)) {
                case "status" -> status = line.word(i + 2);
                case "text" -> text = line.word(i + 2);
                default -> {
                    complain(line, line.word(i), "Only status=WORDS and text=SENTENCE may follow the identifier");
                    return;
                }
            }
        }
        alarms.put(oid, new Mapping.Alarm(status, text));
    }

    private void trap(ConfLine line) {
        if (line.size() != 3) {
            complain(line, "trap", "A trap is written: trap OID \"what the device means by it\"");
            return;
        }
        var oid = plainOid(line, line.word(1));
        if (oid == null) {
            return;
        }
        if (traps.size() >= ENTRY_LIMIT) {
            complain(line, "trap", "More than " + ENTRY_LIMIT + " traps: this one is not known");
        } else if (traps.putIfAbsent(oid, line.word(2)) != null) {
            complain(line, line.word(1), "This trap is known already: the first line counts");
        }
    }

    private void entry(ConfLine line, Entry.Kind kind) {
        var reader = new EntryReader(this, line, kind);
        var entry = reader.read();
        if (entry != null) {
            entries.add(entry);
        }
    }

    /// The table of a name, or null after a complaint.
    @Nullable
    ValueTable tableNamed(ConfLine line, String name) {
        var known = codes.get(name);
        if (known == null) {
            complain(
                    line,
                    name,
                    Nearest.of(name, codes.keySet()),
                    "There is no table '" + name + "' above this line: write it there");
            return null;
        }
        return tables.computeIfAbsent(name, n -> new ValueTable(known));
    }

    /// An identifier without places, or null after a complaint.
    @Nullable
    Oid plainOid(ConfLine line, String word) {
        String full = expand(line, word);
        if (full == null) {
            return null;
        }
        var oid = Oid.parse(full);
        if (oid == null) {
            complain(
                    line, word, "'" + word + "' is no object identifier: write numbers and dots, as 1.3.6.1.2.1.1.1.0");
        }
        return oid;
    }

    /// Puts in what a shorthand in front stands for; null after a complaint.
    @Nullable
    String expand(ConfLine line, String word) {
        if (!word.startsWith("$")) {
            return word;
        }
        int dot = word.indexOf('.');
        String name = word.substring(1, dot < 0 ? word.length() : dot);
        String full = oids.get(name);
        if (full == null) {
            complain(
                    line,
                    name,
                    Nearest.of(name, oids.keySet()),
                    "There is no 'oid " + name + " ...' above this line: write it there, or the identifier in full");
            return null;
        }
        return dot < 0 ? full : full + word.substring(dot);
    }

    void complain(ConfLine line, String word, String text) {
        complain(line, word, Optional.empty(), text);
    }

    void complain(ConfLine line, String word, Optional<String> near, String text) {
        var cause = near.isPresent() ? Complaint.Cause.UNKNOWN_WORD : Complaint.Cause.BAD_VALUE;
        String where = " (" + file + ":" + line.line()
                + near.map(n -> ", did you mean " + n + "?").orElse("") + ")";
        complaints.add(
                new Complaint(Complaint.Level.ERROR, cause, file, line.line(), word, near.orElse(""), text + where));
    }

    static @Nullable Long number(String word) {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
