package org.nutjvm.cgi.upsimage;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.ups.Reading;
import org.nutjvm.cgi.ups.Site;
import org.nutjvm.cgi.ups.UpsTrouble;
import org.nutjvm.cgi.ups.Upses;
import org.nutjvm.cgi.web.CgiRequest;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.cgi.web.Form;
import org.nutjvm.cgi.web.Handler;
import org.nutjvm.cgi.web.Numbers;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.HostsConf;
import org.nutjvm.common.conf.HostsConf.Host;

/// upsimage.cgi: a variable as a picture. Where there is none, the picture says why: browsers show nothing else in its
/// place.
public final class UpsimageHandler implements Handler {
    /// The longest field that counts (upsimage.c: MAX_CGI_STRLEN).
    static final int LONGEST = 64;

    private final Site site;
    private final Upses upses;

    public UpsimageHandler(Site site, Upses upses) {
        this.site = site;
        this.upses = upses;
    }

    @Override
    public CgiResponse handle(CgiRequest request) {
        Form form = Form.of(request.query());
        var options = new ImageOptions(form);
        String host = field(form, "host");
        String display = field(form, "display");
        if (form.fault().isPresent()) {
            return message(400, "Malformed address", options);
        }
        if (host == null || display == null) {
            return message(400, "No host or display", options);
        }
        HostsConf hosts;
        try {
            hosts = site.hosts();
        } catch (ConfException e) {
            return message(403, "Access denied", options).note(e.getMessage());
        }
        Optional<Host> known = hosts.host(host);
        if (known.isEmpty()) {
            return message(403, "Access denied", options);
        }
        Gauge gauge = Gauge.of(display);
        return gauge == null ? message(404, "Unknown display", options) : picture(known.get(), gauge, options);
    }

    /// The last field of that name that is not too long, or null.
    private static @Nullable String field(Form form, String name) {
        String value = null;
        for (Form.Field field : form.fields()) {
            if (field.name().equals(name) && field.value().length() <= LONGEST) {
                value = field.value();
            }
        }
        return value;
    }

    private CgiResponse picture(Host host, Gauge gauge, ImageOptions options) {
        Reading reading = upses.read(host.ups());
        if (reading instanceof Reading.Unknown unknown) {
            UpsTrouble trouble = unknown.trouble();
            boolean offline = trouble.kind() == UpsTrouble.Kind.SERVER;
            return message(503, (offline ? "Can't connect to server: " : "") + trouble.getMessage(), options)
                    .note(host.ups() + ": " + trouble.getMessage());
        }
        String text = reading.get(gauge.variable());
        if (text == null) {
            return message(404, gauge.variable() + " N/A", options);
        }
        double value = Numbers.real(text);
        var limits = new Scale.Limits(
                limit(reading, gauge.minimum(), Scale.UNSET),
                limit(reading, gauge.nominal(), usual(gauge, options)),
                limit(reading, gauge.maximum(), Scale.UNSET));
        Optional<Scale> scale = Scale.of(gauge.style(), value, limits, options);
        if (scale.isEmpty()) {
            return message(200, "Can't determine range", options);
        }
        var picture = new Drawing.Picture(scale.get(), value, Numbers.tenths(value) + gauge.style().unit);
        return answer(200, Drawing.of(picture, options));
    }

    private static int limit(Reading reading, @Nullable String variable, int otherwise) {
        String text = variable == null ? null : reading.get(variable);
        return text == null ? otherwise : Math.clamp(Numbers.whole(text), -Scale.GREATEST, Scale.GREATEST);
    }

    /// The nominal frequency for a UPS that does not tell.
    private static int usual(Gauge gauge, ImageOptions options) {
        return switch (gauge.variable()) {
            case "input.frequency" -> options.get(ImageArgument.NOM_IN_FREQ);
            case "output.frequency" -> options.get(ImageArgument.NOM_OUT_FREQ);
            default -> Scale.UNSET;
        };
    }

    private static CgiResponse message(int status, String text, ImageOptions options) {
        return answer(status, Drawing.message(text, options));
    }

    private static CgiResponse answer(int status, Canvas canvas) {
        return CgiResponse.of(status, "image/png", new String(canvas.png(), StandardCharsets.ISO_8859_1));
    }
}
