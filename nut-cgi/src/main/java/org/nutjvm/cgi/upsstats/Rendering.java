package org.nutjvm.cgi.upsstats;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.ups.Reading;
import org.nutjvm.cgi.ups.StatusWord;
import org.nutjvm.cgi.ups.UpsTrouble;
import org.nutjvm.cgi.ups.Upses;
import org.nutjvm.cgi.web.Html;
import org.nutjvm.cgi.web.Numbers;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.conf.HostsConf.Host;
import org.nutjvm.common.text.Strftime;
import org.nutjvm.common.text.WallClock;

/// A template becoming a page (clients/upsstats.c: parse_line, do_command). It goes line by line as upstream does,
/// which
/// shows: a command that does not end on its line is dropped with the rest of that line, and FOREACHUPS repeats from
/// the line after its own.
///
/// Conditions are a chain, not a tree: each IF adds to those before it, ELSE turns the whole chain over, ENDIF ends
/// all.
final class Rendering {
    /// What a template may make before it counts as one that does not end.
    static final int LONGEST_PAGE = 8 << 20;

    static final int MOST_LINES = 500_000;

    /// The template does not come to an end.
    static final class Endless extends Exception {
        private static final long serialVersionUID = 1;

        Endless(String message) {
            super(message, null, false, false);
        }
    }

    private final List<Host> hosts;
    private final Upses upses;
    private final WallClock clock;
    private final StringBuilder page = new StringBuilder(16_384);
    private final Links links;

    /// Its place in the list; beyond the end after the last ENDFOR.
    private int current;

    /// Whether a UPS is spoken to: in a page of all not before FOREACHUPS.
    private boolean connected;

    private boolean skipClause;
    private boolean skipBlock;
    private boolean celsius = true;

    /// The line after that of the last FOREACHUPS, 0 before it.
    private int loopStart;

    private int nextLine;

    /// @param hosts those the page is about, at least one
    /// @param single whether the page is about the first one alone, from its first line on
    Rendering(List<Host> hosts, boolean single, StatsQuery query, Upses upses, WallClock clock) {
        this.hosts = hosts;
        this.connected = single;
        this.upses = upses;
        this.clock = clock;
        this.links = new Links(query);
    }

    /// The page.
    ///
    /// @param template one char a byte
    String of(String template) throws Endless {
        int[] starts = lineStarts(template);
        int lines = starts.length - 1;
        int read = 0;
        for (int line = 0; line < lines; line = nextLine) {
            if (++read > MOST_LINES || page.length() > LONGEST_PAGE) {
                throw new Endless("after " + read + " lines and " + page.length() + " bytes there was no end");
            }
            nextLine = line + 1;
            line(template, starts[line], starts[line + 1]);
        }
        return page.toString();
    }

    /// Where each line begins, and last the end of the text.
    private static int[] lineStarts(String text) {
        int count = 0;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            count++;
        }
        boolean rest = !text.isEmpty() && text.charAt(text.length() - 1) != '\n';
        var starts = new int[count + (rest ? 2 : 1)];
        int line = 1;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            starts[line++] = i + 1;
        }
        if (rest) {
            starts[line] = text.length();
        }
        return starts;
    }

    private void line(String template, int start, int end) {
        int at = start;
        while (at < end) {
            int sign = template.indexOf('@', at);
            int stop = sign < 0 ? end : Math.min(sign, end);
            if (!skipClause && !skipBlock) {
                page.append(template, at, stop);
            }
            if (stop == end) {
                return;
            }
            int close = template.indexOf('@', stop + 1);
            if (close < 0 || close >= end) {
                return;
            }
            command(template.substring(stop + 1, close));
            at = close + 1;
        }
    }

    private void command(String command) {
        int blank = command.indexOf(' ');
        String word = blank < 0 ? command : command.substring(0, blank);
        String rest = blank < 0 ? "" : command.substring(blank + 1);
        if (word.equals("ENDIF")) {
            skipClause = false;
            skipBlock = false;
        } else if (!skipBlock && word.equals("ELSE")) {
            skipBlock = !skipClause;
            skipClause = false;
        } else if (!skipBlock && !skipClause) {
            insert(word, rest, blank >= 0);
        }
    }

    /// What takes arguments is known by the blank behind it, what takes none by its absence: `HOST ` is nothing.
    private void insert(String word, String rest, boolean more) {
        if (more) {
            insertWith(word, rest);
        } else {
            insertBare(word);
        }
    }

    private void insertWith(String word, String rest) {
        switch (word) {
            case "VAR" -> variable(rest);
            case "STATUS" -> status(rest);
            case "DATE" -> Strftime.append(page, rest, clock.now(), clock::zone);
            case "IMG" -> image(rest);
            case "TREELINK" -> link("&amp;treemode", rest.isEmpty() ? "All data" : rest);
            case "TREELINK_JSON" -> link("&amp;json", rest.isEmpty() ? "JSON" : rest);
            case "IFSUPP" -> skipClause = !supported(rest);
            case "IFEQ" -> ifEqual(rest);
            case "IFBETWEEN" -> ifBetween(rest);
            case "UPSSTATSPATH" -> links.statsPath(rest);
            case "UPSIMAGEPATH" -> links.imagePath(rest);
            default -> {} // NUT_UPSSTATS_TEMPLATE, and what nobody knows
        }
    }

    private void insertBare(String word) {
        switch (word) {
            case "HOST" -> page.append(Html.text(host() == null ? "" : host().ups()));
            case "HOSTDESC" -> page.append(description());
            case "RUNTIME" -> runtime();
            case "STATUS" -> status("<br/>");
            case "STATUSCOLOR" -> page.append(statusColour());
            case "TEMPF" -> celsius = false;
            case "TEMPC" -> celsius = true;
            case "UPSTEMP" -> temperature("ups.temperature");
            case "BATTTEMP" -> temperature("battery.temperature");
            case "AMBTEMP" -> temperature("ambient.temperature");
            case "DEGREES" -> page.append(celsius ? "&deg;C" : "&deg;F");
            case "VERSION" -> page.append(NutVersion.VERSION);
            case "REFRESH" -> page.append(links.refresh());
            case "FOREACHUPS" -> {
                loopStart = nextLine;
                current = 0;
                connected = true;
            }
            case "ENDFOR" -> next();
            case "HOSTLINK" -> link("", description());
            case "TREELINK" -> link("&amp;treemode", "All data");
            case "TREELINK_JSON" -> link("&amp;json", "JSON");
            default -> {} // NUT_UPSSTATS_TEMPLATE, the obsolete UTILITYCOLOR, and what nobody knows
        }
    }

    private @Nullable Host host() {
        return current < hosts.size() ? hosts.get(current) : null;
    }

    private String description() {
        Host host = host();
        return host == null ? "" : Html.textWithEntities(host.description());
    }

    private void next() {
        if (loopStart > 0 && current < hosts.size()) {
            current++;
            if (current < hosts.size()) {
                nextLine = loopStart;
            }
        }
    }

    private @Nullable Reading reading() {
        Host host = host();
        return host == null || !connected ? null : upses.read(host.ups());
    }

    /// A variable's value, or null.
    private @Nullable String value(String name) {
        Reading reading = reading();
        if (reading == null) {
            return null;
        }
        String value = reading.get(name);
        Host host = host();
        boolean asks = value == null && name.startsWith("server.");
        boolean ofServer = asks && !(reading instanceof Reading.Unknown unknown && offline(unknown.trouble()));
        return ofServer && host != null ? upses.server(host.ups(), name) : value;
    }

    /// The value, or null after the page has been told why there is none.
    private @Nullable String valueOrReason(String name) {
        String value = value(name);
        if (value == null) {
            Reading reading = reading();
            if (!connected) {
                page.append("[error: Invalid argument]\n");
            } else if (reading == null) {
                page.append(afterAll());
            } else if (reading instanceof Reading.Unknown unknown) {
                page.append("[error: ")
                        .append(Html.text(unknown.trouble().getMessage()))
                        .append("]\n");
            } else {
                page.append("Not supported\n");
            }
        }
        return value;
    }

    /// After the last UPS no one is spoken of; the connection to the last one's server counts all the same.
    private String afterAll() {
        return upses.read(hosts.getLast().ups()) instanceof Reading.Unknown unknown && offline(unknown.trouble())
                ? "[error: " + Html.text(unknown.trouble().getMessage()) + "]\n"
                : "No UPS specified for monitoring\n";
    }

    private void variable(String name) {
        String value = valueOrReason(name);
        if (value != null) {
            page.append(Html.text(value));
        }
    }

    private void status(String separator) {
        String status = valueOrReason("ups.status");
        if (status != null) {
            page.append(String.join(separator, StatusWord.texts(status)));
        }
    }

    /// Green, yellow for a warning, red for trouble: that the server cannot be reached is trouble, that it has no data
    /// a
    /// warning.
    private String statusColour() {
        Reading reading = reading();
        if (reading == null || (reading instanceof Reading.Unknown unknown && offline(unknown.trouble()))) {
            return "#FF0000";
        }
        String status = reading.get("ups.status");
        int severity = status == null ? 1 : StatusWord.severity(status);
        return severity == 0 ? "#00FF00" : severity == 1 ? "#FFFF00" : "#FF0000";
    }

    private static boolean offline(UpsTrouble trouble) {
        return trouble.kind() == UpsTrouble.Kind.SERVER || trouble.kind() == UpsTrouble.Kind.NAME;
    }

    private void runtime() {
        String runtime = valueOrReason("battery.runtime");
        if (runtime != null) {
            int seconds = Numbers.whole(runtime);
            two(seconds / 3600);
            page.append(':');
            two(seconds / 60 % 60);
            page.append(':');
            two(seconds % 60);
        }
    }

    private void two(int number) {
        if (number >= 0 && number < 10) {
            page.append('0');
        }
        page.append(number);
    }

    private void temperature(String name) {
        String value = valueOrReason(name);
        if (value != null) {
            page.append(celsius ? Html.text(value) : Numbers.tenths(Numbers.real(value) * 1.8 + 32));
        }
    }

    private void image(String rest) {
        int blank = rest.indexOf(' ');
        String name = blank < 0 ? rest : rest.substring(0, blank);
        String alternative = Links.alternative(name);
        Host host = host();
        if (alternative != null) {
            String value = valueOrReason(name);
            if (value != null && host != null) {
                page.append(links.image(host, name, blank < 0 ? "" : rest.substring(blank + 1), alternative, value));
            }
        }
    }

    private void link(String mode, String text) {
        Host host = host();
        if (host != null) {
            page.append(links.stats(host, mode, text));
        }
    }

    private boolean supported(String name) {
        return name.equals("upsstats.use_celsius") || value(name) != null;
    }

    private void ifEqual(String rest) {
        List<String> words = Words.of(rest);
        if (words.size() != 2) {
            page.append("upsstats: IFEQ: Argument error!\n");
            return;
        }
        String name = words.get(0);
        String value = name.equals("upsstats.use_celsius") ? (celsius ? "1" : "0") : value(name);
        skipClause = !words.get(1).equals(value);
    }

    /// What cannot be compared does not hide the block.
    private void ifBetween(String rest) {
        List<String> words = Words.of(rest);
        if (words.size() != 3) {
            page.append("upsstats: IFBETWEEN: Argument error!\n");
            return;
        }
        String low = value(words.get(0));
        String high = value(words.get(1));
        String value = value(words.get(2));
        if (low != null
                && high != null
                && value != null
                && Numbers.begins(low)
                && Numbers.begins(high)
                && Numbers.begins(value)) {
            int there = Numbers.whole(value);
            skipClause = Numbers.whole(low) > there || Numbers.whole(high) < there;
        }
    }
}
