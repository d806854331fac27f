package org.nutjvm.common.io;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The directories a NUT program works with: built in as on Debian, moved by the environment (common/common.c:
/// confpath, dflt_statepath, rootpidpath, altpidpath). A variable that is set but empty counts as not set, as
/// upstream.
///
/// Values are read from the given environment each time an instance is made; an instance never changes.
///
/// @param confpath configuration files (`NUT_CONFPATH`)
/// @param statepath driver sockets and upsd's working directory (`NUT_STATEPATH`; `STATEPATH` in upsd.conf and
///     `statepath` in ups.conf are the caller's business and do not move pid files, as upstream)
/// @param pidpath pid files of programs that start as root, such as upsmon (`NUT_PIDPATH`)
/// @param altpidpath pid files of upsd and drivers (`NUT_ALTPIDPATH`, else `NUT_STATEPATH`)
/// @param datapath read-only data such as cmdvartab (no variable upstream: a build-time choice; here the `share`
///     directory of the tree in the system property `nut.home`)
public record NutPaths(Path confpath, Path statepath, Path pidpath, Path altpidpath, Path datapath) {
    private static final String CONFPATH = "/etc/nut";
    private static final String STATEPATH = "/run/nut";
    private static final String PIDPATH = "/run/nut";
    private static final String DATAPATH = "/usr/share/nut";

    /// The directories for a program with this environment.
    public static NutPaths of(Map<String, String> env) {
        String home = System.getProperty("nut.home", "");
        return new NutPaths(
                Path.of(or(env.get("NUT_CONFPATH"), CONFPATH)),
                Path.of(or(env.get("NUT_STATEPATH"), STATEPATH)),
                Path.of(or(env.get("NUT_PIDPATH"), PIDPATH)),
                Path.of(or(env.get("NUT_ALTPIDPATH"), or(env.get("NUT_STATEPATH"), STATEPATH))),
                home.isEmpty() ? Path.of(DATAPATH) : Path.of(home, "share"));
    }

    /// A file of the configuration directory, such as `ups.conf`.
    public Path conf(String file) {
        return confpath.resolve(file);
    }

    /// The pid file of upsd (`upsd`) or a driver (`dummy-ups-myups`).
    public Path altPidFile(String name) {
        return altpidpath.resolve(name + ".pid");
    }

    /// The pid file of a program that starts as root (`upsmon`).
    public Path pidFile(String name) {
        return pidpath.resolve(name + ".pid");
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
