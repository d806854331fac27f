package org.nutjvm.tools.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.conf.Complaint.Level;
import org.nutjvm.common.conf.Nearest;
import org.nutjvm.common.conf.UpsConf;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.common.conf.UpsdUsers;
import org.nutjvm.common.conf.UpsmonConf;
import org.nutjvm.common.conf.UpsmonConf.Monitor;
import org.nutjvm.common.conf.Values;

/// MONITOR lines for this machine's own upsd, against ups.conf and upsd.users.
final class LocalMonitors {
    private final ConfSet set;
    private final String file;
    private final Findings found;

    private LocalMonitors(ConfSet set, Findings found) {
        this.set = set;
        this.file = set.file(UpsmonConf.FILE);
        this.found = found;
    }

    static void look(ConfSet set, Findings found) {
        var rules = new LocalMonitors(set, found);
        for (Monitor monitor : set.upsmon().map(UpsmonConf::monitors).orElse(List.of())) {
            if (local(monitor.sys()) && ours(set, monitor)) {
                rules.monitor(monitor);
            }
        }
    }

    /// Whether the text names a UPS of this machine.
    static boolean local(String sys) {
        Optional<UpsAddress> address = address(sys);
        return address.isPresent() && ServerRules.loopback(address.get().host().toLowerCase(Locale.ROOT));
    }

    static Optional<UpsAddress> address(String sys) {
        try {
            return Optional.of(UpsAddress.ofUps(sys));
        } catch (UpsAddress.Malformed _) {
            return Optional.empty();
        }
    }

    /// Whether it is the upsd of upsd.conf, and not another server on another port.
    static boolean ours(ConfSet set, Monitor monitor) {
        int port = address(monitor.sys()).map(UpsAddress::port).orElse(0);
        List<UpsdConf.Listen> listen = set.upsd().map(UpsdConf::listen).orElse(List.of());
        boolean any = listen.isEmpty() && port == UpsAddress.DEFAULT_PORT;
        for (UpsdConf.Listen one : listen) {
            any = any || Values.number(one.port()).orElse(UpsAddress.DEFAULT_PORT) == port;
        }
        return any;
    }

    private void monitor(Monitor monitor) {
        String ups = address(monitor.sys()).map(UpsAddress::ups).orElse("");
        set.ups().filter(c -> !c.sections().isEmpty()).ifPresent(c -> device(monitor, ups, c));
        Optional<UpsdUsers> users = set.users();
        if (users.isPresent() && !TextRules.placeholder(monitor.user())) {
            user(monitor, users.get());
        }
    }

    private void device(Monitor monitor, String ups, UpsConf conf) {
        var names = new ArrayList<String>();
        for (UpsConf.Section section : conf.sections()) {
            names.add(section.name());
            if (section.name().equalsIgnoreCase(ups)) {
                return;
            }
        }
        String near = Nearest.of(ups, names).orElse(names.size() == 1 ? names.getFirst() : "");
        found.add(
                Mistake.MONITOR_UPS,
                file,
                monitor.line(),
                "MONITOR " + monitor.sys() + ": ups.conf has no [" + ups + "], but " + String.join(", ", names),
                near.isEmpty() ? Mistake.MONITOR_UPS.cure() : "write " + near);
    }

    private void user(Monitor monitor, UpsdUsers users) {
        UpsdUsers.User user = null;
        var names = new ArrayList<String>();
        for (UpsdUsers.User one : users.users()) {
            names.add(one.name());
            if (user == null && one.name().equals(monitor.user())) {
                user = one;
            }
        }
        String of = "MONITOR " + monitor.sys() + ": ";
        if (user == null) {
            found.add(
                    Mistake.MONITOR_USER,
                    file,
                    monitor.line(),
                    of + "upsd.users has no [" + monitor.user() + "]"
                            + (names.isEmpty() ? "" : ", but " + String.join(", ", names)),
                    Nearest.of(monitor.user(), names)
                            .map(near -> "write " + near)
                            .orElse("add [" + monitor.user() + "] to upsd.users, or name a user that is there"));
            return;
        }
        if (user.password().isEmpty()) {
            found.add(
                    Mistake.MONITOR_PASSWORD,
                    file,
                    monitor.line(),
                    of + user.name() + " has no password in upsd.users (line " + user.line()
                            + " there): the login fails",
                    "add password = ... to [" + user.name() + "]");
        } else if (!user.passwordIs(monitor.password())) {
            found.add(
                    Mistake.MONITOR_PASSWORD,
                    file,
                    monitor.line(),
                    of + "the password of " + user.name() + " is another one in upsd.users (line " + user.line()
                            + " there)");
        }
        if (!user.mayAct("login")) {
            found.add(
                    Mistake.MONITOR_NO_ROLE,
                    file,
                    monitor.line(),
                    of + "[" + user.name() + "] of upsd.users (line " + user.line() + " there) has no upsmon role",
                    "add upsmon " + (monitor.primary() ? "primary" : "secondary") + " to [" + user.name() + "]");
        } else if (monitor.primary() && !user.mayAct("master") && !user.mayAct("primary")) {
            found.add(
                    Mistake.MONITOR_ROLE,
                    file,
                    monitor.line(),
                    of + "it is primary here, and [" + user.name() + "] of upsd.users is only secondary: upsd refuses"
                            + " that, and no UPS is switched off",
                    "write upsmon primary in [" + user.name() + "]");
        } else if (!monitor.primary() && user.mayAct("master")) {
            found.add(
                    Mistake.MONITOR_ROLE,
                    Level.NOTICE,
                    file,
                    monitor.line(),
                    of + "it is secondary here, though [" + user.name() + "] of upsd.users may be primary; that works",
                    "a machine that is to tell others to go down is primary");
        }
    }
}
