package org.nutjvm.common.conf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Models of devices and the drivers that serve them, ours and C's alike. The facts are in `models.txt` beside this
/// class, whose head describes the format.
public final class ModelList {
    private static final String RESOURCE = "models.txt";

    private final List<Model> models;

    /// A model, or several that are alike.
    ///
    /// @param note how it is connected, or which is meant; may be empty
    /// @param kind `ups`, `pdu`, `ats` or `scd`
    /// @param stars 1 to 5: how well its protocol is known
    /// @param drivers that serve it, the first to be tried first
    /// @param settings that its section of ups.conf needs
    public record Model(
            String maker,
            String name,
            String note,
            String kind,
            int stars,
            List<String> drivers,
            List<String> settings) {
        private boolean has(String word) {
            return (maker + ' ' + name + ' ' + note).toLowerCase(Locale.ROOT).contains(word);
        }
    }

    private record Served(String kind, int stars, List<String> drivers, List<String> settings) {}

    private ModelList(List<Model> models) {
        this.models = models;
    }

    /// The hardware list of NUT 2.8.5.
    public static ModelList standard() {
        try (InputStream in = ModelList.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing beside " + ModelList.class.getName());
            }
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    /// What a text of that format says.
    ///
    /// @throws IllegalArgumentException with the line, where it is not of that format
    static ModelList of(String text) {
        var models = new ArrayList<Model>();
        String maker = "";
        var served = new Served("", 0, List.of(), List.of());
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int blank = line.indexOf(' ');
            String rest = blank < 0 ? "" : line.substring(blank).strip();
            try {
                switch (blank < 0 ? line : line.substring(0, blank)) {
                    case "maker" -> {
                        maker = rest;
                        served = new Served("", 0, List.of(), List.of());
                    }
                    case "driver" -> served = served(rest);
                    case "model" -> models.add(model(maker, served, rest));
                    default -> throw new IllegalArgumentException("unknown word");
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(RESOURCE + ":" + (i + 1) + ": " + lines[i], e);
            }
        }
        return new ModelList(List.copyOf(models));
    }

    private static Served served(String rest) {
        String[] words = rest.split(" +", -1);
        if (words.length < 3) {
            throw new IllegalArgumentException("kind or stars are missing");
        }
        int stars = Integer.parseInt(words[2]);
        if (stars < 1 || stars > 5 || !List.of("ups", "pdu", "ats", "scd").contains(words[1])) {
            throw new IllegalArgumentException("no such kind, or not 1 to 5 stars");
        }
        return new Served(
                words[1],
                stars,
                List.of(words[0].split(",", -1)),
                List.of(words).subList(3, words.length));
    }

    private static Model model(String maker, Served served, String rest) {
        int bar = rest.indexOf('|');
        String name = bar < 0 ? rest : rest.substring(0, bar).strip();
        if (maker.isEmpty() || served.drivers.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("maker, driver or name are missing");
        }
        String note = bar < 0 ? "" : rest.substring(bar + 1).strip();
        return new Model(maker, name, note, served.kind, served.stars, served.drivers, served.settings);
    }

    /// All of them, in the order of the file.
    public List<Model> all() {
        return models;
    }

    /// Those that have all words of a text in their maker, name and note, in any case; none for a text without words.
    public List<Model> find(String text) {
        var words = new ArrayList<String>();
        for (String word : text.toLowerCase(Locale.ROOT).split("[ \t]+", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        if (words.isEmpty()) {
            return List.of();
        }
        return models.stream()
                .filter(model -> words.stream().allMatch(model::has))
                .toList();
    }

    /// Those that a driver serves.
    public List<Model> of(DriverCatalog.Driver driver) {
        return models.stream()
                .filter(model -> model.drivers.contains(driver.name()))
                .toList();
    }
}
