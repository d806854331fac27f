package org.nutjvm.drivers.core;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.conf.UpsConf;
import org.nutjvm.common.conf.UpsKey;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What ups.conf and the command line say, in the order they say it: later values win (drivers/main.c: main_arg,
/// do_global_args, do_upsconf_args, storeval). What is published of it goes to the {@link Dstate} at once.
///
/// A reload reads ups.conf again. What may change then is `pollinterval`, `synchronous`, `sdcommands`,
/// `debug_min`, options a driver declares as reloadable, options not given before, and `default.*`; anything else
/// that differs is reported and counted.
final class Settings {
    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

    /// What a reload came to.
    ///
    /// @param restartNeeded how many settings differ that only a restart takes over
    /// @param options reloadable options of the driver that have a new value
    record Reloaded(int restartNeeded, List<String> options) {}

    private final DriverProgram program;
    private final Dstate dstate;
    private final Map<String, String> env;
    private final Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Debug debug;
    private @Nullable Reloading reloading;
    private String upsname = "";
    private @Nullable String port;
    private @Nullable String sdcommands;
    private int pollinterval = 2;
    private Synchronous synchronous = Synchronous.AUTO;
    private String user = "";
    private String group = "";
    private String chroot = "";
    private String statepath = "";
    private boolean hasSection;
    private boolean userFromCommandLine;
    private boolean groupFromCommandLine;

    /// @param debug where debug levels go
    Settings(DriverProgram program, Dstate dstate, Map<String, String> env, Debug debug) {
        this.program = program;
        this.dstate = dstate;
        this.env = env;
        this.debug = debug;
    }

    void upsname(String name) {
        upsname = name;
    }

    String upsname() {
        return upsname;
    }

    @Nullable
    String port() {
        return port;
    }

    /// The commands to try on `-k`, or null when the driver's own is meant.
    @Nullable
    String sdcommands() {
        return sdcommands;
    }

    int pollinterval() {
        return pollinterval;
    }

    Synchronous synchronous() {
        return synchronous;
    }

    /// A reader was too slow: `auto` means `yes` from now on.
    void readerWasSlow() {
        if (synchronous == Synchronous.AUTO) {
            LOG.info("synchronous mode was 'auto', will try 'on' for next connections");
            synchronous = Synchronous.YES;
        }
        dstate.setinfo("driver.parameter.synchronous", synchronous.word());
    }

    /// Whom to run as; empty for the default.
    String user() {
        return user;
    }

    /// Who may use the socket; empty for the default.
    String group() {
        return group;
    }

    String chroot() {
        return chroot;
    }

    /// The state directory ups.conf asks for; empty when it does not or the environment overrides it.
    String statepath() {
        return statepath;
    }

    Debug debug() {
        return debug;
    }

    @Nullable
    String getval(String option) {
        return given.get(option);
    }

    boolean testvar(String option) {
        return given.containsKey(option);
    }

    void userFromCommandLine(String name) {
        user = name;
        userFromCommandLine = true;
    }

    void groupFromCommandLine(String name) {
        group = name;
        groupFromCommandLine = true;
    }

    void chrootFromCommandLine(String dir) {
        chroot = dir;
    }

    void pollintervalFromCommandLine(String text) throws DriverException {
        pollinterval = positive(text, "Error: command-line: invalid pollinterval: ");
    }

    /// `-x var=value` or `-x flag`.
    void assign(String assignment) throws DriverException {
        int equals = assignment.indexOf('=');
        if (equals < 0) {
            set(assignment, null, "");
        } else {
            set(assignment.substring(0, equals), assignment.substring(equals + 1), "");
        }
    }

    /// Takes over the global settings and the section of this device.
    ///
    /// @param file for messages
    /// @throws DriverException if there is no such section, or a setting makes it impossible to go on
    void read(UpsConf conf, String file) throws DriverException {
        for (var setting : conf.globals()) {
            if (setting.value() != null) {
                global(setting.name(), setting.value());
            }
        }
        var section = conf.section(upsname);
        if (section.isEmpty()) {
            if (reloading != null && !hasSection) {
                return; // started by -s: only the global part can be of interest
            }
            throw new DriverException(
                    "Error: Section " + upsname + " not found in ups.conf" + Advice.noSection(upsname, conf, file));
        }
        if (section.get().value(UpsKey.DRIVER).isEmpty() && reloading == null) {
            LOG.warn(
                    "UPS [{}] has no driver ({}:{}): upsd will not serve it; add 'driver = {}' to the section",
                    upsname,
                    file,
                    section.get().line(),
                    program.progname());
        }
        hasSection = true;
        for (var setting : section.get().settings()) {
            set(setting.name(), setting.value(), file + ":" + setting.line());
        }
    }

    /// Reads ups.conf once more, into what may change while running.
    ///
    /// @throws DriverException only with `orExit`, if a change needs a restart
    Reloaded reload(UpsConf conf, String file, boolean orExit) throws DriverException {
        var work = new Reloading(orExit);
        reloading = work;
        debug.forgetFiles();
        try {
            read(conf, file);
        } finally {
            reloading = null;
        }
        dstate.setinfo("driver.parameter.pollinterval", pollinterval);
        dstate.setinfo("driver.parameter.synchronous", synchronous.word());
        return new Reloaded(work.restartNeeded, List.copyOf(work.options));
    }

    private void global(String name, String value) throws DriverException {
        switch (name) {
            case "pollinterval" -> pollinterval(value, "Error: invalid pollinterval: ");
            case "chroot" -> change(name, chroot, value, v -> chroot = v);
            case "user" -> user(value);
            case "group" -> group(value);
            case "synchronous" -> synchronous(value);
            case "LIBUSB_DEBUG" -> libusbDebug(value);
            default -> {
                if (name.equalsIgnoreCase("debug_min")) {
                    debug.global(value);
                } else if (name.equalsIgnoreCase("statepath")) {
                    statepath(value);
                }
            }
        }
    }

    private void statepath(String value) {
        String fromEnv = env.get("NUT_STATEPATH");
        if (fromEnv == null) {
            statepath = value;
        } else if (!fromEnv.equals(value)) {
            LOG.warn("Environment variable NUT_STATEPATH='{}' overrides setting STATEPATH='{}'", fromEnv, value);
        }
    }

    private void set(String name, @Nullable String value, String where) throws DriverException {
        if (shared(name, value)) {
            return;
        }
        if (value != null && name.equals("driver")) {
            driver(value, where);
        } else {
            ours(name, value, where);
        }
    }

    /// Settings of every driver.
    ///
    /// @return whether it was one
    private boolean shared(String name, @Nullable String value) throws DriverException {
        switch (name) {
            case "nolock", "ignorelb" -> flag(name, "enabled");
            case "allow_killpower" -> flag(name, "1");
            default -> {
                return value != null && sharedValue(name, value);
            }
        }
        return true;
    }

    private void flag(String name, String value) {
        if (reloading == null) {
            dstate.setinfo("driver.flag." + name, value);
        }
    }

    private boolean sharedValue(String name, String value) throws DriverException {
        switch (name) {
            case "port" ->
                change(name, port, value, v -> {
                    port = v;
                    dstate.setinfo("driver.parameter.port", v);
                });
            case "user" -> user(value);
            case "group" -> group(value);
            case "sddelay" -> LOG.info("Obsolete value sddelay found in ups.conf");
            case "pollinterval" -> pollinterval(value, "Error: UPS [" + upsname + "]: invalid pollinterval: ");
            case "synchronous" -> synchronous(value);
            case "sdcommands" -> {
                sdcommands = value;
                dstate.setinfo("driver.parameter.sdcommands", value);
            }
            case "LIBUSB_DEBUG" -> libusbDebug(value);
            case "sdorder",
                    "maxstartdelay",
                    "maxretry",
                    "retrydelay",
                    "desc",
                    "reconnect_max_tries",
                    "reconnect_report_freq" -> {
                // for upsdrvctl, upsd and drivers that lose their devices
            }
            default -> {
                if (!name.equalsIgnoreCase("debug_min")) {
                    return false;
                }
                debug.section(value);
            }
        }
        return true;
    }

    private void user(String value) throws DriverException {
        if (userFromCommandLine) {
            if (!user.equals(value)) {
                LOG.info("User '{}' in ups.conf was ignored due to '{}' specified on command line", value, user);
            }
        } else {
            change("user", user.isEmpty() ? null : user, value, v -> user = v);
        }
    }

    private void group(String value) throws DriverException {
        if (groupFromCommandLine) {
            if (!group.equals(value)) {
                LOG.info("Group '{}' in ups.conf was ignored due to '{}' specified on command line", value, group);
            }
        } else {
            change("group", group.isEmpty() ? null : group, value, v -> group = v);
        }
    }

    private void pollinterval(String value, String complaint) throws DriverException {
        try {
            pollinterval = positive(value, complaint);
        } catch (DriverException e) {
            if (reloading == null) {
                throw e;
            }
            LOG.error("{}; going on with {}", e.getMessage(), pollinterval);
        }
    }

    private static int positive(String text, String complaint) throws DriverException {
        int value = Debug.leading(text);
        if (value < 1) {
            throw new DriverException(complaint + value);
        }
        return value;
    }

    private void synchronous(String value) {
        synchronous = Synchronous.of(value);
    }

    private static void libusbDebug(String value) {
        if (Debug.number(value) < 0) {
            LOG.info("WARNING : Invalid LIBUSB_DEBUG value found in ups.conf for the driver, defaulting to 4");
        }
    }

    private void driver(String value, String where) throws DriverException {
        if (value.equals(program.progname())) {
            return;
        }
        if (reloading != null) {
            reloading.refuse("driver", program.progname(), value);
            return;
        }
        throw new DriverException("Error: UPS [" + upsname + "] is for driver '" + value + "', but I'm '"
                + program.progname() + "'!" + Advice.at(where));
    }

    /// Settings of this driver alone, and the two prefixes.
    private void ours(String name, @Nullable String value, String where) throws DriverException {
        String folded = name.toLowerCase(Locale.ROOT);
        if (value != null && folded.startsWith(UpsKey.OVERRIDE_PREFIX)) {
            dstate.override(name.substring(UpsKey.OVERRIDE_PREFIX.length()), value);
            dstate.setinfo("driver.parameter." + name, value);
            return;
        }
        if (value != null && folded.startsWith(UpsKey.DEFAULT_PREFIX)) {
            dstate.setinfo(name.substring(UpsKey.DEFAULT_PREFIX.length()), value);
            dstate.setinfo("driver.parameter." + name, value);
            return;
        }
        Option option = find(name);
        if (option == null) {
            unknown(Advice.unknown(program, name, value == null, where));
            return;
        }
        String old = given.get(option.name());
        if (reloading != null && old != null && !option.reloadable()) {
            if (value != null && !old.equalsIgnoreCase(value)) {
                reloading.refuse(name, old, value);
            }
            return;
        }
        if (reloading != null && old != null && option.reloadable() && !old.equals(value == null ? "" : value)) {
            reloading.options.add(option.name());
        }
        given.put(option.name(), value == null ? "" : value);
        if (!option.sensitive()) {
            dstate.setinfo(
                    (value == null ? "driver.flag." : "driver.parameter.") + name, value == null ? "enabled" : value);
        }
    }

    private @Nullable Option find(String name) {
        for (Option option : program.options()) {
            if (option.name().equalsIgnoreCase(name)) {
                return option;
            }
        }
        return null;
    }

    private void unknown(String text) throws DriverException {
        if (reloading == null) {
            throw new DriverException(text + "\n\nLook in the man page or call this driver with -h for a list of\n"
                    + "valid variable names and flags.");
        }
        LOG.error("{} It is ignored until the driver is restarted.", text);
        reloading.restartNeeded++;
    }

    private void change(String name, @Nullable String old, String value, Consumer<String> apply)
            throws DriverException {
        if (reloading != null && old != null && !old.isEmpty()) {
            if (!old.equalsIgnoreCase(value)) {
                reloading.refuse(name, old, value);
            }
            return;
        }
        apply.accept(value);
    }
}
