package org.nutjvm.common.conf;

/// The variables of nut.conf. Most of them may as well be in the environment of any program.
public enum NutVariable implements Directive {
    MODE(Kind.CHOICE, "none|standalone|netserver|netclient|controlled|manual", "none", "what runs on this machine"),
    UPSD_OPTIONS(Kind.TEXT, "options", "none", "more arguments for upsd"),
    UPSMON_OPTIONS(Kind.TEXT, "options", "none", "more arguments for upsmon"),
    ALLOW_NO_DEVICE(Kind.BOOLEAN, "true|false", "false", "upsd starts even if ups.conf defines no device"),
    ALLOW_NOT_ALL_LISTENERS(Kind.BOOLEAN, "true|false", "false", "upsd starts if one LISTEN address can be used"),
    POWEROFF_WAIT(Kind.TEXT, "time", "unset", "how long to wait for the power to go before starting anew"),
    POWEROFF_QUIET(Kind.BOOLEAN, "true|false", "false", "say less while switching off"),
    NUT_DEBUG_LEVEL(Kind.NUMBER, "number", "0", "debug level of all programs, which stay in the background"),
    NUT_DEBUG_PID(Kind.BOOLEAN, "true", "unset", "debug lines have the process id"),
    NUT_DEBUG_PROCNAME(Kind.BOOLEAN, "true", "unset", "debug lines have the program's name"),
    NUT_DEBUG_SYSLOG(
            Kind.CHOICE, "stderr|none|false|syslog|true|default", "default", "where messages go without a terminal"),
    NUT_QUIET_INIT_UPSNOTIFY(Kind.BOOLEAN, "true", "unset", "no message about the service manager at start"),
    NUT_QUIET_INIT_BANNER(Kind.BOOLEAN, "true", "unset", "no name and version at start"),
    NUT_QUIET_INIT_LISTENER(Kind.BOOLEAN, "true", "unset", "no message for each LISTEN address at start"),
    NUT_QUIET_INIT_SSL(Kind.BOOLEAN, "true", "unset", "no message about encryption at start"),
    NUT_QUIET_INIT_NDE_WARNING(Kind.BOOLEAN, "true", "unset", "no hint at nut-driver-enumerator from upsdrvctl"),
    NUT_QUIET_OK_NOTRACKING(Kind.BOOLEAN, "true", "unset", "no hint that OK only means the command was passed on"),
    NUT_CONFPATH(Kind.PATH, "directory", "built in", "where the configuration files are"),
    NUT_STATEPATH(Kind.PATH, "directory", "built in", "where the drivers' sockets are"),
    NUT_PIDPATH(Kind.PATH, "directory", "built in", "where programs that start as root keep their process ids"),
    NUT_ALTPIDPATH(Kind.PATH, "directory", "built in", "where other programs keep their process ids"),
    NUT_DEFAULT_CONNECT_TIMEOUT(Kind.SECONDS, "seconds", "10", "how long clients wait for a connection"),
    NUT_IGNORE_CHECKPROCNAME(Kind.BOOLEAN, "true|false", "false", "signal the process of a pid file whatever its name"),
    NUT_IGNORE_NOWAIT(Kind.BOOLEAN, "true|false", "false", "upsdrvctl waits for drivers though ups.conf says nowait"),
    NUT_SYSMAXCONN_LIMIT(Kind.NUMBER, "number", "unset", "connections upsd watches with one call; for tests");

    private final Entry entry;

    NutVariable(Kind kind, String arguments, String standard, String meaning) {
        this.entry = new Entry(name(), kind, arguments, standard, meaning);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
