package org.nutjvm.fuzz;

import java.util.HashSet;
import java.util.List;
import org.nutjvm.common.conf.Complaint;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.common.conf.HostsConf;
import org.nutjvm.common.conf.NutConf;
import org.nutjvm.common.conf.UpsConf;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.common.conf.UpsdUsers;
import org.nutjvm.common.conf.UpsmonConf;
import org.nutjvm.common.conf.UpsschedConf;
import org.nutjvm.common.conf.UpssetConf;
import org.nutjvm.upsmon.run.Settings;

/// All configuration files; the first byte says which.
public final class ConfFuzz {
    private ConfFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        var input = new Input(data);
        int which = input.next() % 8;
        byte[] text = input.rest();
        var complaints = read(which, text);
        Must.havePlaces(complaints, "x.conf", text);
        Must.hold(complaints.equals(read(which, text)), "twice the same file, and not the same complaints");
    }

    private static List<Complaint> read(int which, byte[] text) {
        return switch (which) {
            case 0 -> ups(text);
            case 1 -> UpsdConf.of(ConfReader.parse("x.conf", text)).complaints();
            case 2 -> users(text);
            case 3 -> upsmon(text);
            case 4 -> UpsschedConf.of(ConfReader.parse("x.conf", text)).complaints();
            case 5 -> NutConf.of("x.conf", text).complaints();
            case 6 -> HostsConf.of(ConfReader.parse("x.conf", text)).complaints();
            default -> UpssetConf.of(ConfReader.parse("x.conf", text)).complaints();
        };
    }

    private static List<Complaint> ups(byte[] text) {
        var conf = UpsConf.of(ConfReader.parse("x.conf", text));
        var served = conf.served();
        var names = new HashSet<String>();
        for (var section : served.sections()) {
            Must.hold(
                    section.value("driver").isPresent() && section.value("port").isPresent(), "served without driver");
            Must.hold(names.add(section.name().toLowerCase(java.util.Locale.ROOT)), "served twice: " + section.name());
        }
        Must.havePlaces(served.complaints(), "x.conf", text);
        return conf.complaints();
    }

    /// Nobody may do anything without a password that stands in the file.
    private static List<Complaint> users(byte[] text) {
        var users = UpsdUsers.of(ConfReader.parse("x.conf", text));
        for (var user : users.users()) {
            for (String wrong : new String[] {"", "not this one, surely"}) {
                if (!user.password().equals(java.util.Optional.of(wrong))) {
                    Must.hold(!users.mayAct(user.name(), wrong, "FSD"), user + " may without its password");
                    Must.hold(!users.mayCommand(user.name(), wrong, "load.off"), user + " may without its password");
                }
            }
            Must.hold(!users.mayAct(user.name(), null, "SET"), user + " may without any password");
            String password = user.password().orElse("");
            String rest = user.name() + user.actions() + user.instcmds();
            Must.hold(
                    password.length() < 12
                            || rest.contains(password)
                            || !user.toString().contains(password),
                    "its password in a log");
        }
        Must.hold(!users.mayAct(null, null, "LOGIN"), "anybody may");
        return users.complaints();
    }

    private static List<Complaint> upsmon(byte[] text) {
        var conf = UpsmonConf.of(ConfReader.parse("x.conf", text));
        var policy = Settings.policy(conf);
        Must.hold(policy.pollfreq().isPositive() && policy.pollfreqalert().isPositive(), "polls without a pause");
        Must.hold(!policy.deadtime().isNegative() && !policy.hostsync().isNegative(), "negative times");
        Must.hold(!policy.finaldelay().isNegative() && !policy.oblbduration().isNegative(), "negative times");
        return conf.complaints();
    }
}
