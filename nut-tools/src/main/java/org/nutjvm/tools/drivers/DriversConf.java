package org.nutjvm.tools.drivers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nutjvm.common.conf.UpsConf;
import org.nutjvm.common.conf.UpsGlobal;
import org.nutjvm.common.conf.Values;
import org.nutjvm.common.io.NutPaths;

/// ups.conf as the programs read it that manage drivers (drivers/upsdrvctl.c: do_upsconf_args).
///
/// @param upses the sections in the order of the file
/// @param nowait whether starting does not wait for drivers
/// @param driverpath the directories in which drivers are looked for, the first that has one wins
/// @param statepath where drivers' sockets are
/// @param debugMin the least debug level, 0 or more
/// @param notes what was not taken as it is written
public record DriversConf(
        List<ManagedUps> upses,
        boolean nowait,
        List<Path> driverpath,
        Path statepath,
        int debugMin,
        List<String> notes) {
    private static final int MAXSTARTDELAY = 75;
    private static final int RETRYDELAY = 5;

    /// Where Debian has C NUT's drivers.
    private static final String C_DRIVERS = "/lib/nut";

    public DriversConf {
        upses = List.copyOf(upses);
        driverpath = List.copyOf(driverpath);
        notes = List.copyOf(notes);
    }

    /// Takes from the file what matters here.
    ///
    /// @param env `NUT_STATEPATH` goes before the file; `NUT_IGNORE_NOWAIT=true` takes `nowait` back
    /// @param home the tree this program is in, which has drivers in `bin`; may be empty
    /// @param host this machine's name
    public static DriversConf of(UpsConf conf, Map<String, String> env, String home, String host) {
        var notes = new ArrayList<String>();
        boolean nowait = conf.has(UpsGlobal.NOWAIT);
        if (nowait && "true".equals(env.get("NUT_IGNORE_NOWAIT"))) {
            notes.add("NOTE: 'nowait' setting ignored due to NUT_IGNORE_NOWAIT envvar");
            nowait = false;
        }
        int startDelay = number(conf.global(UpsGlobal.MAXSTARTDELAY), MAXSTARTDELAY);
        int retryDelay = Math.max(0, number(conf.global(UpsGlobal.RETRYDELAY), RETRYDELAY));
        int attempts = attempts(conf.global(UpsGlobal.MAXRETRY), "", 1, notes);
        var upses = new ArrayList<ManagedUps>();
        for (UpsConf.Section section : conf.sections()) {
            int ownDelay = number(section.value("maxstartdelay"), -1);
            int ownRetryDelay = number(section.value("retrydelay"), -1);
            upses.add(new ManagedUps(
                    section.name(),
                    section.value("driver").orElse(""),
                    section.value("port").orElse(""),
                    number(section.value("sdorder"), 0),
                    ownDelay == -1 ? startDelay : ownDelay,
                    attempts(section.value("maxretry"), " for " + section.name(), attempts, notes),
                    ownRetryDelay < 0 ? retryDelay : ownRetryDelay,
                    Media.of(section, host),
                    section.line()));
        }
        return new DriversConf(
                upses, nowait, driverpath(conf, home), statepath(conf, env), debugMin(conf, notes), notes);
    }

    private static int attempts(Optional<String> value, String whose, int otherwise, List<String> notes) {
        int number = number(value, otherwise);
        if (value.isPresent() && number < 1) {
            notes.add("NOTE: invalid 'maxretry' setting ignored" + whose + ": " + value.get());
            return otherwise;
        }
        return number;
    }

    private static int number(Optional<String> value, int otherwise) {
        return value.isPresent() ? Values.atoi(value.get()) : otherwise;
    }

    private static int debugMin(UpsConf conf, List<String> notes) {
        String value = conf.global(UpsGlobal.DEBUG_MIN).orElse("0");
        int level = Values.number(value).orElse(-1);
        if (level < 0) {
            notes.add("WARNING : Invalid debug_min value found in ups.conf global settings");
        }
        return Math.max(0, level);
    }

    private static List<Path> driverpath(UpsConf conf, String home) {
        var path = new ArrayList<Path>();
        for (String directory : conf.global(UpsGlobal.DRIVERPATH).orElse("").split(":", -1)) {
            if (!directory.isEmpty()) {
                path.add(Path.of(directory));
            }
        }
        if (path.isEmpty()) {
            if (!home.isEmpty()) {
                path.add(Path.of(home, "bin"));
            }
            path.add(Path.of(C_DRIVERS));
        }
        return path;
    }

    private static Path statepath(UpsConf conf, Map<String, String> env) {
        String fromEnv = env.getOrDefault("NUT_STATEPATH", "");
        String fromFile = conf.global(UpsGlobal.STATEPATH).orElse("");
        return fromEnv.isEmpty() && !fromFile.isEmpty()
                ? Path.of(fromFile)
                : NutPaths.of(env).statepath();
    }

    /// The section of that name.
    public Optional<ManagedUps> ups(String name) {
        for (ManagedUps ups : upses) {
            if (ups.name().equals(name)) {
                return Optional.of(ups);
            }
        }
        return Optional.empty();
    }

    /// Where the driver of that UPS has its socket.
    public Path socket(ManagedUps ups) {
        return statepath.resolve(ups.instance());
    }
}
