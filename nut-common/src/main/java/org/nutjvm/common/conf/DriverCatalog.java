package org.nutjvm.common.conf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The drivers of NUT, ours and C's alike, and the options each of them knows besides those of {@link UpsKey}. The
/// facts are in `drivers.txt` beside this class, whose head describes the format.
public final class DriverCatalog {
    private static final String RESOURCE = "drivers.txt";

    private final Map<String, Driver> drivers;
    private final Map<String, List<String>> old;

    private DriverCatalog(Map<String, Driver> drivers, Map<String, List<String>> old) {
        this.drivers = drivers;
        this.old = old;
    }

    /// How a driver's devices are connected.
    public enum Link {
        USB("usb"),
        SERIAL("serial"),
        SERIAL_OR_USB("serial+usb"),
        NETWORK("network"),
        MODBUS("modbus"),
        /// I2C, GPIO, IPMI and the like.
        BUS("bus"),
        /// No device of its own.
        SOFTWARE("software");

        private final String word;

        Link(String word) {
            this.word = word;
        }

        /// The word in the file.
        public String word() {
            return word;
        }

        private static Link of(String word) {
            for (Link link : values()) {
                if (link.word.equals(word)) {
                    return link;
                }
            }
            throw new IllegalArgumentException(word);
        }
    }

    /// How an option is written.
    public enum Form {
        /// `name = value`.
        VALUE,
        /// The same, and the value must not be shown to anybody.
        SECRET,
        /// `name` alone.
        FLAG,
        /// Both ways.
        EITHER
    }

    /// An option of a driver.
    ///
    /// @param name as the driver spells it; it reads any case
    /// @param meaning one line for people
    public record Option(String name, Form form, String meaning) {}

    /// A driver.
    ///
    /// @param name of its program
    /// @param summary what it is for: one line
    /// @param options in the order of the file
    public record Driver(String name, Link link, String summary, List<Option> options) {
        /// The option of that name, in any case.
        public Optional<Option> option(String name) {
            for (Option option : options) {
                if (option.name.equalsIgnoreCase(name)) {
                    return Optional.of(option);
                }
            }
            return Optional.empty();
        }
    }

    /// The drivers of NUT 2.8.5, and the few that were made since.
    public static DriverCatalog standard() {
        try (InputStream in = DriverCatalog.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing beside " + DriverCatalog.class.getName());
            }
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    /// What a text of that format says.
    ///
    /// @throws IllegalArgumentException with the line, where it is not of that format
    static DriverCatalog of(String text) {
        var parser = new Parser();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            try {
                parser.take(lines[i].strip());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(RESOURCE + ":" + (i + 1) + ": " + lines[i], e);
            }
        }
        return parser.finish();
    }

    /// All drivers, in the order of the file, which is that of the alphabet.
    public List<Driver> drivers() {
        return List.copyOf(drivers.values());
    }

    /// The driver of exactly that name.
    public Optional<Driver> driver(String name) {
        return Optional.ofNullable(drivers.get(name));
    }

    /// The names of all drivers.
    public List<String> names() {
        return List.copyOf(drivers.keySet());
    }

    /// What does the work of a driver that NUT no longer has; empty for any other name.
    public List<String> successors(String name) {
        return old.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    private static final class Parser {
        private final Map<String, List<Option>> groups = new LinkedHashMap<>();
        private final Map<String, Driver> drivers = new LinkedHashMap<>();
        private final Map<String, List<String>> old = new LinkedHashMap<>();
        private @Nullable List<Option> open;

        void take(String line) {
            if (line.isEmpty() || line.startsWith("#")) {
                return;
            }
            String[] words = line.split(" +", 3);
            if (words.length < 2) {
                throw new IllegalArgumentException("a name is missing");
            }
            String name = words[1];
            String rest = words.length > 2 ? words[2] : "";
            switch (words[0]) {
                case "group" -> open = begin(groups, name, new ArrayList<>());
                case "driver" -> driver(name, rest);
                case "use" -> options().addAll(known(groups.get(name)));
                case "value" -> option(name, Form.VALUE, rest);
                case "secret" -> option(name, Form.SECRET, rest);
                case "flag" -> option(name, Form.FLAG, rest);
                case "either" -> option(name, Form.EITHER, rest);
                case "old" -> begin(old, name, List.of(rest.split(",", -1)));
                default -> throw new IllegalArgumentException(words[0]);
            }
        }

        private void driver(String name, String rest) {
            String[] words = rest.split(" +", 2);
            if (words.length < 2) {
                throw new IllegalArgumentException("what the driver is for is missing");
            }
            open = new ArrayList<>();
            begin(drivers, name, new Driver(name, Link.of(words[0]), words[1], open));
        }

        private void option(String name, Form form, String meaning) {
            for (Option option : options()) {
                if (option.name.equalsIgnoreCase(name)) {
                    throw new IllegalArgumentException("twice");
                }
            }
            options().add(new Option(name, form, meaning));
        }

        private List<Option> options() {
            return known(open);
        }

        private static <T> T known(@Nullable T found) {
            if (found == null) {
                throw new IllegalArgumentException("of nothing that was begun before");
            }
            return found;
        }

        private static <T> T begin(Map<String, T> map, String name, T value) {
            if (map.putIfAbsent(name, value) != null) {
                throw new IllegalArgumentException("twice");
            }
            return value;
        }

        DriverCatalog finish() {
            var done = new LinkedHashMap<String, Driver>();
            for (Driver driver : drivers.values()) {
                done.put(
                        driver.name, new Driver(driver.name, driver.link, driver.summary, List.copyOf(driver.options)));
            }
            for (List<String> names : old.values()) {
                for (String name : names) {
                    known(done.get(name));
                }
            }
            return new DriverCatalog(done, old);
        }
    }
}
