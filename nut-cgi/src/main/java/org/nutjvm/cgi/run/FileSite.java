package org.nutjvm.cgi.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nutjvm.cgi.ups.Site;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.HostsConf;
import org.nutjvm.common.conf.HostsDirective;
import org.nutjvm.common.conf.UpssetConf;
import org.nutjvm.common.conf.UpssetDirective;
import org.nutjvm.common.io.NutPaths;

/// The configuration directory on the disk.
public final class FileSite implements Site {
    private final Path directory;

    public FileSite(NutPaths paths) {
        this.directory = paths.confpath();
    }

    @Override
    public HostsConf hosts() throws ConfException {
        return HostsConf.load(directory.resolve(HostsDirective.FILE));
    }

    @Override
    public UpssetConf upsset() throws ConfException {
        return UpssetConf.load(directory.resolve(UpssetDirective.FILE));
    }

    @Override
    public String template(String name) throws IOException {
        Path file = directory.resolve(name);
        if (!Files.isRegularFile(file) && Files.exists(file)) {
            throw new IOException("it is no file"); // a pipe would be waited for
        }
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(TEMPLATE_LIMIT + 1);
            if (bytes.length > TEMPLATE_LIMIT) {
                throw new IOException("it is longer than 1 MiB");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
