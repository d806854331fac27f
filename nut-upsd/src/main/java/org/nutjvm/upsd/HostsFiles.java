package org.nutjvm.upsd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.common.conf.HostsAccess;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.upsd.net.Journal;
import org.nutjvm.upsd.net.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// hosts.allow and hosts.deny, read again when they change: libwrap reads them at each login.
final class HostsFiles {
    private static final Logger LOG = LoggerFactory.getLogger("upsd");

    private static final int LOOK_SECONDS = 5;

    private final Path allow;
    private final Path deny;
    private List<String> seen = List.of();
    private int ticks;

    HostsFiles(Path directory) {
        allow = directory.resolve("hosts.allow");
        deny = directory.resolve("hosts.deny");
    }

    /// Once a second.
    void tick(Server server) {
        if (++ticks >= LOOK_SECONDS) {
            ticks = 0;
            read(server);
        }
    }

    /// Reads them if they are not as they were.
    void read(Server server) {
        var now = List.of(state(allow), state(deny));
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            var hosts = HostsAccess.of(text(allow), text(deny), allow.toString(), deny.toString());
            Journal.complaints(hosts.complaints());
            server.hosts(hosts);
        } catch (IOException e) {
            LOG.error("{} and {} count as they were before: {}", allow, deny, Reasons.of(e));
        }
    }

    private static String state(Path file) {
        try {
            return Files.getLastModifiedTime(file) + " " + Files.size(file);
        } catch (IOException e) {
            return "";
        }
    }

    private static String text(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        if (Files.size(file) > ConfReader.MAX_BYTES) {
            throw new IOException(file + " is longer than " + ConfReader.MAX_BYTES + " bytes");
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
