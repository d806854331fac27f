package org.nutjvm.upsd;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.upsd.session.Descriptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// cmdvartab: one sentence about each standard variable and command (server/desc.c). It is read when the first client
/// asks, for most servers are never asked.
final class DescriptionFile implements Descriptions {
    private static final Logger LOG = LoggerFactory.getLogger("upsd");

    private final Path file;
    private @Nullable Map<String, String> texts;

    DescriptionFile(Path file) {
        this.file = file;
    }

    /// Says so when the file is not there.
    void check() {
        if (!Files.isReadable(file)) {
            LOG.info("{} not found - disabling descriptions", file);
            texts = Map.of();
        }
    }

    @Override
    public @Nullable String var(String name) {
        return texts().get(key("VARDESC", name));
    }

    @Override
    public @Nullable String cmd(String name) {
        return texts().get(key("CMDDESC", name));
    }

    private Map<String, String> texts() {
        var known = texts;
        if (known == null) {
            known = read();
            texts = known;
        }
        return known;
    }

    private Map<String, String> read() {
        var found = new HashMap<String, String>();
        try {
            var text = ConfReader.read(file);
            for (var complaint : text.complaints()) {
                LOG.warn(complaint.text());
            }
            for (var line : text.lines()) {
                if (line.size() >= 3) {
                    found.put(key(line.word(0), line.word(1)), line.word(2));
                }
            }
        } catch (ConfException e) {
            LOG.warn("{} - disabling descriptions", e.getMessage());
        }
        return found;
    }

    private static String key(String kind, String name) {
        return kind + ' ' + name.toLowerCase(Locale.ROOT);
    }
}
