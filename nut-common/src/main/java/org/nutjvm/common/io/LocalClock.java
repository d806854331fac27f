package org.nutjvm.common.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.text.WallClock;
import org.nutjvm.common.text.ZoneFile;
import org.nutjvm.common.text.ZonePart;

/// The time of this machine, by its own data of time zones, as C programs tell it: of `TZ`, or of /etc/localtime. What
/// it returns has a fixed offset, that of the moment.
public final class LocalClock implements WallClock {
    private static final String LOCAL = "/etc/localtime";
    private static final String ZONES = "/usr/share/zoneinfo";

    /// No zone is larger.
    private static final long LARGEST = 1 << 20;

    private final Map<String, String> env;

    /// @param env where `TZ` and `TZDIR` are
    public LocalClock(Map<String, String> env) {
        this.env = env;
    }

    @Override
    public ZonedDateTime now() {
        return at(Instant.now());
    }

    /// That moment by the clock on the wall.
    public ZonedDateTime at(Instant moment) {
        int offset = part(moment.getEpochSecond()).offsetSeconds();
        return moment.atZone(ZoneOffset.ofTotalSeconds(Math.clamp(offset, -18 * 3600, 18 * 3600)));
    }

    @Override
    public String zone(ZonedDateTime time) {
        return part(time.toEpochSecond()).name();
    }

    private ZonePart part(long seconds) {
        String zone = env.get("TZ");
        ZonePart part = null;
        if (zone == null) {
            part = ofFile(LOCAL, seconds);
        } else if (!zone.isEmpty()) {
            String name = zone.startsWith(":") ? zone.substring(1) : zone;
            part = ofFile(name.startsWith("/") ? name : env.getOrDefault("TZDIR", ZONES) + '/' + name, seconds);
            part = part == null ? ZoneFile.atPosix(name, seconds) : part;
        }
        return part == null ? ZonePart.UTC : part;
    }

    private static @Nullable ZonePart ofFile(String name, long seconds) {
        try {
            Path file = Path.of(name);
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST
                    ? ZoneFile.at(Files.readAllBytes(file), seconds)
                    : null;
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }
}
