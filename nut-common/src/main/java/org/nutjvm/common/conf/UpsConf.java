package org.nutjvm.common.conf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// ups.conf: which devices there are and which driver each has (common/upsconf.c).
///
/// The text is kept as settings, in order and with their lines, because only the driver knows what most of them mean.
/// Where C reads something silently that was hardly meant, a complaint says so and the result is still C's.
public final class UpsConf {
    /// The file's name in the configuration directory.
    public static final String FILE = "ups.conf";

    /// One line: `name = value`, or a name alone, which is a flag.
    ///
    /// @param name the word as written
    /// @param value the value, null for a flag
    /// @param line the physical line
    public record Setting(String name, @Nullable String value, int line) {
        /// Whether it is a name without a value.
        public boolean flag() {
            return value == null;
        }
    }

    /// A device: everything that stands under headings with its name.
    ///
    /// @param name the device's name, upper and lower case as written
    /// @param line the physical line of its first heading
    /// @param settings the settings in order
    public record Section(String name, int line, List<Setting> settings) {
        /// The value of the last setting of that name that has one.
        public Optional<String> value(String setting) {
            for (int i = settings.size() - 1; i >= 0; i--) {
                Setting s = settings.get(i);
                if (s.value != null && s.name.equals(setting)) {
                    return Optional.of(s.value);
                }
            }
            return Optional.empty();
        }

        /// The value of the last setting with that meaning that has one.
        public Optional<String> value(UpsKey key) {
            for (int i = settings.size() - 1; i >= 0; i--) {
                Setting s = settings.get(i);
                if (s.value != null && key.is(s.name)) {
                    return Optional.of(s.value);
                }
            }
            return Optional.empty();
        }

        /// Whether the setting occurs, with a value or as a flag: `nolock = no` locks nothing, as in C.
        public boolean has(String setting) {
            for (Setting s : settings) {
                if (s.name.equals(setting)) {
                    return true;
                }
            }
            return false;
        }

        /// Whether the setting occurs, with a value or as a flag.
        public boolean has(UpsKey key) {
            return has(key.word());
        }
    }

    /// The devices that upsd serves.
    ///
    /// @param sections the sections that have a driver and a port, each name once, in the order of the file
    /// @param complaints why the others are left out
    public record Served(List<Section> sections, List<Complaint> complaints) {}

    private final String file;
    private final List<Setting> globals;
    private final List<Section> sections;
    private final List<Complaint> complaints;

    private UpsConf(String file, List<Setting> globals, List<Section> sections, List<Complaint> complaints) {
        this.file = file;
        this.globals = List.copyOf(globals);
        this.sections = List.copyOf(sections);
        this.complaints = List.copyOf(complaints);
    }

    /// Reads ups.conf from the directory.
    ///
    /// @throws ConfException when there is none or it cannot be read
    public static UpsConf load(Path confpath) throws ConfException {
        return of(ConfReader.read(confpath.resolve(FILE)));
    }

    /// What the text says.
    public static UpsConf of(ConfText text) {
        var parser = new Parser(text);
        for (ConfLine line : text.lines()) {
            parser.take(line);
        }
        return parser.finish();
    }

    /// The settings before the first section, in order.
    public List<Setting> globals() {
        return globals;
    }

    /// The sections in the order of their first settings. Several with one name (to the letter) are one.
    public List<Section> sections() {
        return sections;
    }

    /// What an administrator should look at, the text's complaints first.
    public List<Complaint> complaints() {
        return complaints;
    }

    /// The section with exactly that name, as drivers look for theirs.
    public Optional<Section> section(String name) {
        for (Section section : sections) {
            if (section.name.equals(name)) {
                return Optional.of(section);
            }
        }
        return Optional.empty();
    }

    /// The last value of the global setting.
    public Optional<String> global(UpsGlobal key) {
        for (int i = globals.size() - 1; i >= 0; i--) {
            Setting s = globals.get(i);
            if (s.value != null && key.is(s.name)) {
                return Optional.of(s.value);
            }
        }
        return Optional.empty();
    }

    /// Whether the global setting occurs, with a value or as a flag.
    public boolean has(UpsGlobal key) {
        for (Setting s : globals) {
            if (key.is(s.name)) {
                return true;
            }
        }
        return false;
    }

    /// The devices as upsd takes them (server/conf.c: upsconf_add, ups_create): a section without driver or
    /// port is left out; of names that differ only in case the last one is served.
    public Served served() {
        var chosen = new ArrayList<Section>(sections.size());
        var why = new ArrayList<Complaint>();
        for (int i = 0; i < sections.size(); i++) {
            Section section = sections.get(i);
            if (!given(section, UpsKey.DRIVER) || !given(section, UpsKey.PORT)) {
                why.add(at(
                        Complaint.Level.WARNING,
                        Complaint.Cause.INCOMPLETE,
                        section,
                        "Warning: ignoring incomplete configuration for UPS [" + section.name + "]: it has no "
                                + (given(section, UpsKey.DRIVER) ? "port" : "driver")));
            } else if (servedLater(section.name, i + 1)) {
                why.add(at(
                        Complaint.Level.ERROR,
                        Complaint.Cause.REPEATED,
                        section,
                        "UPS name [" + section.name + "] is already in use! (names that differ only in case are one)"));
            } else {
                chosen.add(section);
            }
        }
        if (sections.isEmpty()) {
            why.add(
                    new Complaint(
                            Complaint.Level.WARNING,
                            Complaint.Cause.INCOMPLETE,
                            file,
                            0,
                            "",
                            "",
                            "Warning: no UPS definitions in ups.conf (each begins with its name in brackets, such as [myups])"));
        }
        return new Served(List.copyOf(chosen), List.copyOf(why));
    }

    private boolean servedLater(String name, int from) {
        for (int i = from; i < sections.size(); i++) {
            Section section = sections.get(i);
            if (section.name.equalsIgnoreCase(name) && given(section, UpsKey.DRIVER) && given(section, UpsKey.PORT)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the last such setting has a value: to upsd a flag `driver` takes the value away again.
    private static boolean given(Section section, UpsKey key) {
        for (int i = section.settings.size() - 1; i >= 0; i--) {
            Setting s = section.settings.get(i);
            if (key.is(s.name)) {
                return s.value != null;
            }
        }
        return false;
    }

    private Complaint at(Complaint.Level level, Complaint.Cause cause, Section section, String text) {
        return Complaint.about(level, cause, new ConfLine(file, section.line, 0, List.of()), section.name, text);
    }

    private static final class Parser {
        private final String file;
        private final List<Setting> globals = new ArrayList<>();
        private final List<Section> sections = new ArrayList<>();
        private final List<Complaint> complaints;
        private @Nullable Section current;

        Parser(ConfText text) {
            file = text.file();
            complaints = new ArrayList<>(text.complaints());
        }

        void take(ConfLine line) {
            String first = line.word(0);
            if (first.startsWith("[") && first.endsWith("]") && first.length() > 1) {
                open(first.substring(1, first.length() - 1), line);
            } else if (line.size() == 1) {
                set(new Setting(first, null, line.line()), line);
            } else if (line.size() >= 3 && line.word(1).equals("=")) {
                set(new Setting(first, line.word(2), line.line()), line);
                if (line.size() > 3) {
                    complain(
                            Complaint.Cause.EXTRA_WORDS,
                            line,
                            first,
                            "ups.conf: only the first word of the value of '" + first + "' counts, put it in quotes");
                }
            } else if (line.size() == 2 && line.word(1).equals("=")) {
                complain(
                        Complaint.Cause.MISSING_VALUE,
                        line,
                        first,
                        "ups.conf: '" + first + " =' has no value and is ignored");
            } else {
                complain(
                        Complaint.Cause.EQUALS,
                        line,
                        first,
                        "ups.conf: ignoring the line '" + first + " ...', it has no '=' after the first word");
            }
        }

        private void open(String name, ConfLine line) {
            for (Section section : sections) {
                if (section.name.equals(name)) {
                    current = section;
                    complain(
                            Complaint.Cause.REPEATED,
                            line,
                            name,
                            "ups.conf: section [" + name + "] was begun before, on line " + section.line
                                    + "; what follows is added to it");
                    return;
                }
            }
            current = new Section(name, line.line(), new ArrayList<>());
            sections.add(current);
        }

        private void set(Setting setting, ConfLine line) {
            if (current == null) {
                globals.add(setting);
                checkGlobal(setting, line);
                return;
            }
            for (Setting s : current.settings) {
                if (s.name.equals(setting.name) && s.value != null && !s.value.equals(setting.value)) {
                    complain(
                            Complaint.Cause.REPEATED,
                            line,
                            setting.name,
                            "ups.conf: '" + setting.name + "' was set before, on line " + s.line
                                    + "; the last one counts");
                    break;
                }
            }
            if (current.settings.isEmpty()) { // C learns of a section by its first setting
                sections.remove(current);
                sections.add(current);
            }
            current.settings.add(setting);
        }

        private void checkGlobal(Setting setting, ConfLine line) {
            for (UpsGlobal global : UpsGlobal.values()) {
                if (global.is(setting.name)) {
                    if (setting.value == null && global.entry().kind() != Directive.Kind.FLAG) {
                        complain(
                                Complaint.Cause.MISSING_VALUE,
                                line,
                                setting.name,
                                "ups.conf: '" + setting.name + "' has no value and is ignored");
                    }
                    return;
                }
            }
            for (UpsKey key : UpsKey.values()) {
                if (key.is(setting.name)) {
                    complain(
                            Complaint.Cause.MISPLACED,
                            line,
                            setting.name,
                            "ups.conf: '" + setting.name
                                    + "' belongs in a section, which begins with a name in brackets, and is ignored here");
                    return;
                }
            }
            complaints.add(Complaint.about(
                    Complaint.Level.WARNING,
                    Complaint.Cause.UNKNOWN_WORD,
                    line,
                    setting.name,
                    Nearest.of(setting.name, Directive.words(UpsGlobal.values()))
                            .orElse(""),
                    "ups.conf: unknown setting '" + setting.name + "' before the first section"));
        }

        private void complain(Complaint.Cause cause, ConfLine line, String word, String text) {
            complaints.add(Complaint.about(Complaint.Level.WARNING, cause, line, word, text));
        }

        UpsConf finish() {
            var done = new ArrayList<Section>(sections.size());
            for (Section section : sections) {
                done.add(new Section(section.name, section.line, List.copyOf(section.settings)));
            }
            return new UpsConf(file, globals, done, complaints);
        }
    }
}
