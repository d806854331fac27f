package org.nutjvm.tools.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.conf.AuthConf;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.ConfLine;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.common.conf.ConfText;
import org.nutjvm.common.conf.HostsDirective;
import org.nutjvm.common.conf.NutCgiConf;
import org.nutjvm.common.conf.NutConf;
import org.nutjvm.common.conf.NutVariable;
import org.nutjvm.common.conf.UpsConf;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.common.conf.UpsdUsers;
import org.nutjvm.common.conf.UpslogVariable;
import org.nutjvm.common.conf.UpsmonConf;
import org.nutjvm.common.conf.UpsschedConf;
import org.nutjvm.common.conf.UpssetDirective;

/// All configuration files of a machine, as far as they are there and can be read.
final class ConfSet {
    /// The files, in the order in which they are reported.
    static final List<String> FILES = List.of(
            NutConf.FILE,
            UpsConf.FILE,
            UpsdConf.FILE,
            UpsdUsers.FILE,
            UpsmonConf.FILE,
            UpsschedConf.FILE,
            HostsDirective.FILE,
            UpssetDirective.FILE,
            NutCgiConf.FILE,
            AuthConf.FILE,
            UpslogVariable.FILE);

    /// A file that could be read.
    static final class Part {
        private final String name;
        private final String file;
        private final byte[] bytes;
        private final ConfText text;

        private Part(String name, Path path, byte[] bytes) {
            this.name = name;
            this.file = path.toString();
            this.bytes = bytes;
            this.text = ConfReader.parse(file, bytes);
        }

        /// Which of {@link ConfSet#FILES} it is.
        String name() {
            return name;
        }

        /// As it is named to people.
        String file() {
            return file;
        }

        /// What is in it. Not to be changed.
        byte[] bytes() {
            return bytes;
        }

        /// Its words; those of files with a shell's syntax mean nothing.
        ConfText text() {
            return text;
        }

        /// The lines that begin with the word.
        List<ConfLine> lines(String word) {
            var lines = new ArrayList<ConfLine>();
            for (ConfLine line : text.lines()) {
                if (line.word(0).equals(word)) {
                    lines.add(line);
                }
            }
            return lines;
        }

        /// The line of the last line that begins with the word, or 0.
        int line(String word) {
            List<ConfLine> lines = lines(word);
            return lines.isEmpty() ? 0 : lines.getLast().line();
        }

        /// Whether anything in it is in force.
        boolean active() {
            return !text.lines().isEmpty();
        }
    }

    private final Path directory;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Map<String, ConfException> unreadable = new LinkedHashMap<>();
    private final @Nullable NutConf nut;
    private final @Nullable UpsConf ups;
    private final @Nullable UpsdConf upsd;
    private final @Nullable UpsdUsers users;
    private final @Nullable UpsmonConf upsmon;
    private final @Nullable UpsschedConf sched;
    private final @Nullable NutCgiConf cgi;
    private @Nullable AuthConf auth;

    private ConfSet(Path directory) {
        this.directory = directory;
        for (String name : FILES) {
            Path path = directory.resolve(name);
            try {
                parts.put(name, new Part(name, path, ConfReader.text(path)));
            } catch (ConfException e) {
                if (e.reason() != ConfException.Reason.MISSING) {
                    unreadable.put(name, e);
                }
            }
        }
        Part nutPart = parts.get(NutConf.FILE);
        nut = nutPart == null ? null : NutConf.of(nutPart.file(), nutPart.bytes());
        ConfText text = text(UpsConf.FILE);
        ups = text == null ? null : UpsConf.of(text);
        text = text(UpsdConf.FILE);
        upsd = text == null ? null : UpsdConf.of(text);
        text = text(UpsdUsers.FILE);
        users = text == null ? null : UpsdUsers.of(text);
        text = text(UpsmonConf.FILE);
        upsmon = text == null ? null : UpsmonConf.of(text);
        text = text(UpsschedConf.FILE);
        sched = text == null ? null : UpsschedConf.of(text);
        text = text(NutCgiConf.FILE);
        cgi = text == null ? null : NutCgiConf.of(text);
        if (parts.containsKey(AuthConf.FILE)) {
            try {
                auth = AuthConf.load(directory.resolve(AuthConf.FILE));
            } catch (ConfException e) {
                unreadable.put(AuthConf.FILE, e); // a file it includes
            }
        }
    }

    /// Reads what is there.
    static ConfSet read(Path directory) {
        return new ConfSet(directory);
    }

    private @Nullable ConfText text(String name) {
        Part part = parts.get(name);
        return part == null ? null : part.text();
    }

    Path directory() {
        return directory;
    }

    /// The name of a file of the set for people, whether it is there or not.
    String file(String name) {
        return directory.resolve(name).toString();
    }

    List<Part> parts() {
        return List.copyOf(parts.values());
    }

    Optional<Part> part(String name) {
        return Optional.ofNullable(parts.get(name));
    }

    /// The files that are there and cannot be read, with the reason.
    Map<String, ConfException> unreadable() {
        return unreadable;
    }

    Optional<NutConf> nut() {
        return Optional.ofNullable(nut);
    }

    Optional<UpsConf> ups() {
        return Optional.ofNullable(ups);
    }

    Optional<UpsdConf> upsd() {
        return Optional.ofNullable(upsd);
    }

    Optional<UpsdUsers> users() {
        return Optional.ofNullable(users);
    }

    Optional<UpsmonConf> upsmon() {
        return Optional.ofNullable(upsmon);
    }

    Optional<UpsschedConf> sched() {
        return Optional.ofNullable(sched);
    }

    Optional<NutCgiConf> cgi() {
        return Optional.ofNullable(cgi);
    }

    Optional<AuthConf> auth() {
        return Optional.ofNullable(auth);
    }

    /// MODE of nut.conf, empty where nobody says.
    String mode() {
        return nut().flatMap(n -> n.value(NutVariable.MODE)).orElse("");
    }

    /// Whether MODE says that drivers and upsd run here.
    boolean serves() {
        return mode().equals("standalone") || mode().equals("netserver");
    }

    /// Whether MODE says that upsmon runs here.
    boolean watches() {
        return serves() || mode().equals("netclient");
    }
}
