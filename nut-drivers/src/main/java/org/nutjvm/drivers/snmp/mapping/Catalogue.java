package org.nutjvm.drivers.snmp.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.nutjvm.common.conf.Complaint;

/// The mappings there are: those an administrator put into a directory, which are tried first, and those that came
/// with the program. A file is read as far as it is needed.
public final class Catalogue {
    /// How mapping files are called.
    public static final String SUFFIX = ".snmp";

    /// A mapping file is at most so long.
    static final int MAX_BYTES = 1 << 20;

    /// An administrator has at most so many.
    static final int FILE_LIMIT = 256;

    private static final String BUILT_IN = "/org/nutjvm/drivers/snmp/mappings/";

    private final Path directory;
    private final List<Mapping.Head> heads = new ArrayList<>();
    private final Consumer<Complaint> complaints;

    /// Looks through the directory, which need not exist, and the built-in mappings.
    ///
    /// @param directory of the administrator's mappings
    /// @param complaints is told what is wrong with files
    /// @throws IOException when the directory cannot be read
    public Catalogue(Path directory, Consumer<Complaint> complaints) throws IOException {
        this.directory = directory;
        this.complaints = complaints;
        for (var file : files()) {
            heads.addAll(MappingParser.heads(file.toString(), read(file), false));
        }
        heads.addAll(builtInHeads());
    }

    /// The mappings that came with the program, in the order they are tried.
    public static List<Mapping.Head> builtInHeads() throws IOException {
        var heads = new ArrayList<Mapping.Head>();
        for (String name : builtIn()) {
            heads.addAll(MappingParser.heads(name, resource(name), true));
        }
        return heads;
    }

    /// All mappings in the order they are tried.
    public List<Mapping.Head> heads() {
        return Collections.unmodifiableList(heads);
    }

    /// Reads a mapping whole.
    ///
    /// @throws IOException when its file is gone
    public Mapping load(Mapping.Head head) throws IOException {
        var source = head.source();
        byte[] text = source.builtIn() ? resource(source.file()) : read(Path.of(source.file()));
        var result = MappingParser.parse(source.file(), text, source.builtIn());
        result.complaints().forEach(complaints);
        for (var mapping : result.mappings()) {
            if (mapping.head().equals(head)) {
                return mapping;
            }
        }
        throw new IOException(source.file() + " has changed and does not have mapping " + head.name() + " any more");
    }

    private List<Path> files() throws IOException {
        var files = new ArrayList<Path>();
        try (DirectoryStream<Path> each = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (var file : each) {
                if (files.size() < FILE_LIMIT) {
                    files.add(file);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of(); // the usual case: nobody added anything
        }
        Collections.sort(files);
        return files;
    }

    private static byte[] read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return bounded(in, file.toString());
        }
    }

    private static List<String> builtIn() throws IOException {
        var names = new ArrayList<String>();
        new String(resource("ORDER"), StandardCharsets.US_ASCII)
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .forEach(line -> names.add(line + SUFFIX));
        return names;
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = Catalogue.class.getResourceAsStream(BUILT_IN + name)) {
            if (in == null) {
                throw new IOException("The program lacks its own file " + name);
            }
            return bounded(in, name);
        }
    }

    private static byte[] bounded(InputStream in, String name) throws IOException {
        byte[] text = in.readNBytes(MAX_BYTES + 1);
        if (text.length > MAX_BYTES) {
            throw new IOException(name + " is longer than " + MAX_BYTES + " bytes: it is hardly a mapping");
        }
        return text;
    }
}
