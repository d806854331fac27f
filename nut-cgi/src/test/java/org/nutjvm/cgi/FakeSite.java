package org.nutjvm.cgi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.ups.Reading;
import org.nutjvm.cgi.ups.Site;
import org.nutjvm.cgi.ups.UpsTrouble;
import org.nutjvm.cgi.ups.Upses;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.HostsConf;
import org.nutjvm.common.conf.UpssetConf;

/// A configuration directory and UPSes as a test says.
public final class FakeSite implements Site, Upses {
    private final Path directory;
    private final Map<String, String> templates = new HashMap<>();
    private final Map<String, Reading> readings = new HashMap<>();

    /// Knows nothing yet.
    ///
    /// @param directory where hosts.conf and upsset.conf are, as real files
    public FakeSite(Path directory) {
        this.directory = directory;
    }

    public FakeSite file(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
        return this;
    }

    public FakeSite template(String name, String text) {
        templates.put(name, text);
        return this;
    }

    /// A UPS with these values.
    ///
    /// @param pairs name, value, name, value
    public FakeSite ups(String ups, String... pairs) {
        var vars = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            vars.put(pairs[i], pairs[i + 1]);
        }
        readings.put(ups, new Reading.Known(vars));
        return this;
    }

    public FakeSite trouble(String ups, UpsTrouble.Kind kind, String message) {
        readings.put(ups, new Reading.Unknown(new UpsTrouble(kind, message)));
        return this;
    }

    @Override
    public HostsConf hosts() throws ConfException {
        return HostsConf.load(directory.resolve("hosts.conf"));
    }

    @Override
    public UpssetConf upsset() throws ConfException {
        return UpssetConf.load(directory.resolve("upsset.conf"));
    }

    @Override
    public String template(String name) throws IOException {
        String text = templates.get(name);
        if (text == null) {
            throw new NoSuchFileException(directory.resolve(name).toString());
        }
        return text;
    }

    @Override
    public Reading read(String ups) {
        Reading reading = readings.get(ups);
        if (reading == null) {
            throw new AssertionError("nobody may ask for " + ups);
        }
        return reading;
    }

    @Override
    public @Nullable String server(String ups, String name) {
        return name.equals("server.version") ? "9.9" : null;
    }
}
