package org.nutjvm.cgi.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.plot.Plot;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.cgi.web.CgiResponse.Header;

/// What pages are shown and kept live with: a sheet of styles, a script, a picture. Browsers keep them, for their
/// address changes with them.
enum Assets {
    STYLE("style.css", "text/css; charset=utf-8"),
    SCRIPT("live.js", "text/javascript; charset=utf-8"),
    ICON("icon.svg", "image/svg+xml");

    private final String file;
    private final CgiResponse response;
    private final String address;

    Assets(String file, String type) {
        this.file = file;
        String body = file.equals("style.css") ? read(file) + Plot.CSS : read(file);
        var sum = new CRC32();
        sum.update(body.getBytes(StandardCharsets.ISO_8859_1));
        this.address = "/" + file + "?" + Long.toHexString(sum.getValue());
        this.response = new CgiResponse(
                200,
                List.of(
                        new Header("Content-Type", type),
                        new Header("Cache-Control", "max-age=86400"),
                        new Header("X-Content-Type-Options", "nosniff"),
                        new Header("Cross-Origin-Resource-Policy", "same-origin"),
                        new Header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")),
                body,
                List.of());
    }

    private static String read(String file) {
        try (var in = Assets.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// For pages.
    String address() {
        return address;
    }

    /// What is at this path, or null.
    static @Nullable CgiResponse at(String path) {
        for (Assets asset : values()) {
            if (path.length() == asset.file.length() + 1 && path.endsWith(asset.file)) {
                return asset.response;
            }
        }
        return path.equals("/favicon.ico") ? ICON.response : null;
    }
}
