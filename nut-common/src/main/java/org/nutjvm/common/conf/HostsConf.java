package org.nutjvm.common.conf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// hosts.conf: which devices status pages may show, and with which templates (clients/cgilib.c: checkhost,
/// clients/upsstats.c: load_hosts_conf).
///
/// @param hosts the devices in the order of the file
/// @param listTemplates files that may be asked for as a page of all devices, besides the usual one
/// @param singleTemplates files that may be asked for as a page of one device, besides the usual one
/// @param complaints what an administrator should look at
public record HostsConf(
        List<Host> hosts, List<String> listTemplates, List<String> singleTemplates, List<Complaint> complaints) {
    /// Directives read of one file. What comes after is left out.
    public static final int MOST = 4096;

    /// A device that may be shown.
    ///
    /// @param ups `ups[@host[:port]]` as the file has it
    /// @param description what to call it
    public record Host(String ups, String description) {}

    /// Reads the file.
    ///
    /// @throws ConfException when there is none or it cannot be read
    public static HostsConf load(Path file) throws ConfException {
        return of(ConfReader.read(file));
    }

    /// What the text says. A line that cannot be used is complained about and left out; the others stay.
    public static HostsConf of(ConfText text) {
        var hosts = new ArrayList<Host>();
        var lists = new ArrayList<String>();
        var singles = new ArrayList<String>();
        var complaints = new ArrayList<>(text.complaints());
        int taken = 0;
        for (ConfLine line : text.lines()) {
            HostsDirective directive = directive(line.word(0));
            int least = directive == HostsDirective.MONITOR ? 3 : 2;
            if (directive == null) {
                String suggestion = Nearest.of(line.word(0), Directive.words(HostsDirective.values()))
                        .orElse("");
                complaints.add(Complaint.about(
                        Complaint.Level.WARNING,
                        Complaint.Cause.UNKNOWN_WORD,
                        line,
                        line.word(0),
                        suggestion,
                        "hosts.conf does not know " + line.word(0)));
            } else if (line.size() < least) {
                complaints.add(Complaint.about(
                        Complaint.Level.ERROR,
                        Complaint.Cause.MISSING_VALUE,
                        line,
                        line.word(0),
                        "write " + directive.word() + " " + directive.entry().arguments()));
            } else if (++taken > MOST) {
                complaints.add(Complaint.about(
                        Complaint.Level.ERROR,
                        Complaint.Cause.TOO_LONG,
                        line,
                        line.word(0),
                        "only the first " + MOST + " lines are used"));
                break;
            } else {
                switch (directive) {
                    case MONITOR -> hosts.add(new Host(line.word(1), line.word(2)));
                    case CUSTOM_TEMPLATE_LIST -> lists.add(line.word(1));
                    case CUSTOM_TEMPLATE_SINGLE -> singles.add(line.word(1));
                }
            }
        }
        return new HostsConf(List.copyOf(hosts), List.copyOf(lists), List.copyOf(singles), List.copyOf(complaints));
    }

    private static @Nullable HostsDirective directive(String word) {
        for (HostsDirective directive : HostsDirective.values()) {
            if (directive.word().equals(word)) {
                return directive;
            }
        }
        return null;
    }

    /// The device of exactly that name, if it may be shown.
    public Optional<Host> host(String ups) {
        for (Host host : hosts) {
            if (host.ups().equals(ups)) {
                return Optional.of(host);
            }
        }
        return Optional.empty();
    }
}
