package org.nutjvm.fuzz;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.ups.Reading;
import org.nutjvm.cgi.ups.Site;
import org.nutjvm.cgi.ups.UpsTrouble;
import org.nutjvm.cgi.ups.Upses;
import org.nutjvm.cgi.upsstats.UpsstatsHandler;
import org.nutjvm.cgi.web.CgiRequest;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.common.conf.HostsConf;
import org.nutjvm.common.conf.UpssetConf;

/// What upsstats makes of a query, a template and what a server says, parted by `0xff`: nobody's tags get into a page
/// but those of the template.
public final class StatusPageFuzz {
    private static final String TAG = "<zq";
    private static final int PAGE_LIMIT = 9 << 20;

    private static final HostsConf HOSTS =
            HostsConf.of(ConfReader.parse("hosts.conf", """
            MONITOR ups@localhost "the <cellar>"
            MONITOR two@localhost two
            CUSTOM_TEMPLATE_LIST mine.html
            """.getBytes(StandardCharsets.US_ASCII)));

    private StatusPageFuzz() {}

    private record FuzzSite(String template) implements Site {
        @Override
        public HostsConf hosts() {
            return HOSTS;
        }

        @Override
        public UpssetConf upsset() {
            throw new AssertionError("of no interest to upsstats");
        }

        @Override
        public String template(String name) {
            return template;
        }
    }

    private record FuzzUpses(SequencedMap<String, String> vars) implements Upses {
        @Override
        public Reading read(String ups) {
            return ups.startsWith("two")
                    ? new Reading.Unknown(new UpsTrouble(UpsTrouble.Kind.SERVER, "no " + vars))
                    : new Reading.Known(vars);
        }

        @Override
        public @Nullable String server(String ups, String name) {
            return vars.get(name);
        }
    }

    public static void fuzzerTestOneInput(byte[] data) {
        var input = new Input(data);
        String query = input.upTo('\u00ff');
        String template = input.upTo('\u00ff');
        var vars = new LinkedHashMap<String, String>();
        for (String line : input.text().split("\n", -1)) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                vars.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        var handler = new UpsstatsHandler(
                new FuzzSite(template),
                new FuzzUpses(vars),
                () -> ZonedDateTime.of(2026, 3, 1, 12, 0, 0, 0, ZoneOffset.UTC));
        var response = handler.handle(new CgiRequest("GET", query, "", Map.of()));
        Must.hold(
                response.body().length() <= PAGE_LIMIT,
                "a page of " + response.body().length());
        boolean json = response.headers().stream().anyMatch(h -> h.value().contains("json"));
        boolean ofTheTemplate = template.contains(TAG);
        Must.hold(ofTheTemplate || json || !response.body().contains(TAG), "a tag of somebody's: " + response.body());
        if (json) {
            Must.hold(response.body().chars().allMatch(c -> c >= ' ' || c == '\n'), "control characters in JSON");
        }
    }
}
