package org.nutjvm.tools.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nutjvm.common.conf.AuthConf;
import org.nutjvm.common.conf.AuthKey;
import org.nutjvm.common.conf.Complaint.Level;
import org.nutjvm.common.conf.DriverCatalog;
import org.nutjvm.common.conf.DriverCatalog.Driver;
import org.nutjvm.common.conf.DriverCatalog.Form;
import org.nutjvm.common.conf.DriverCatalog.Link;
import org.nutjvm.common.conf.NutCgiConf;
import org.nutjvm.common.conf.NutCgiDirective;
import org.nutjvm.common.conf.NutConf;
import org.nutjvm.common.conf.UpsConf;
import org.nutjvm.common.conf.UpsConf.Section;
import org.nutjvm.common.conf.UpsConf.Setting;
import org.nutjvm.common.conf.UpsGlobal;
import org.nutjvm.common.conf.UpsKey;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.common.conf.UpsdDirective;
import org.nutjvm.common.conf.UpsdUsers;
import org.nutjvm.common.conf.UpsmonConf;
import org.nutjvm.common.conf.UpsmonDirective;
import org.nutjvm.common.conf.UpsschedConf;
import org.nutjvm.common.conf.UpsschedDirective;
import org.nutjvm.common.tls.ClientTls;
import org.nutjvm.tools.check.ConfSet.Part;

/// The configuration against the files, users and programs of this machine. Nothing is changed.
final class LiveRules {
    private static final String STANDARD_USER = "nut";

    private final ConfSet set;
    private final Installation installation;
    private final DriverCatalog catalog;
    private final Servers servers;
    private final Findings found;
    private final Instant now;
    private final LiveTls tls;
    private final Map<String, Optional<Access>> users = new LinkedHashMap<>();

    private LiveRules(
            ConfSet set,
            Installation installation,
            DriverCatalog catalog,
            Servers servers,
            Instant now,
            Findings found) {
        this.set = set;
        this.installation = installation;
        this.catalog = catalog;
        this.servers = servers;
        this.found = found;
        this.now = now;
        this.tls = new LiveTls(set, now, found);
    }

    /// @param now for certificates that expire
    static void look(
            ConfSet set,
            Installation installation,
            DriverCatalog catalog,
            Servers servers,
            Instant now,
            Findings found) {
        new LiveRules(set, installation, catalog, servers, now, found).look();
    }

    private void look() {
        exposed();
        programs();
        set.ups().ifPresent(this::devices);
        set.upsmon().ifPresent(this::upsmon);
        set.sched().ifPresent(this::sched);
        set.upsd().ifPresent(this::upsd);
        set.cgi().ifPresent(tls::cgi);
        set.auth().ifPresent(tls::auth);
        if (set.serves()) {
            statepath();
        }
    }

    private void exposed() {
        for (Part part : set.parts()) {
            boolean secrets = switch (part.name()) {
                case UpsdUsers.FILE, UpsmonConf.FILE -> part.active();
                case UpsdConf.FILE ->
                    !part.lines(UpsdDirective.CERTIDENT.word()).isEmpty();
                case UpsConf.FILE -> secretOption();
                case NutCgiConf.FILE ->
                    !part.lines(NutCgiDirective.READER.word()).isEmpty()
                            || !part.lines(NutCgiDirective.CERTIDENT.word()).isEmpty();
                case AuthConf.FILE -> password();
                default -> false;
            };
            int mode = Access.mode(Path.of(part.file()));
            if (secrets && mode >= 0 && (mode & Access.READ) != 0) {
                found.add(
                        Mistake.EXPOSED_FILE,
                        part.file(),
                        0,
                        part.file() + " can be read by everybody on this machine",
                        "chmod o-rwx " + part.file());
            }
        }
    }

    private boolean password() {
        for (AuthConf.Settings settings :
                set.auth().map(AuthConf::all).map(Map::values).orElse(List.of())) {
            if (settings.value(AuthKey.PASS).isPresent()
                    || settings.value(AuthKey.CERTIDENT_PASS).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private boolean secretOption() {
        for (Section section : set.ups().map(UpsConf::sections).orElse(List.of())) {
            Optional<Driver> driver = section.value(UpsKey.DRIVER).flatMap(catalog::driver);
            for (Setting setting : section.settings()) {
                boolean secret = driver.flatMap(d -> d.option(setting.name()))
                        .map(option -> option.form() == Form.SECRET)
                        .orElse(false);
                if (secret && !"public".equals(setting.value())) {
                    return true;
                }
            }
        }
        return false;
    }

    private void programs() {
        for (String program :
                set.serves() ? List.of("upsd", "upsmon") : set.watches() ? List.of("upsmon") : List.<String>of()) {
            if (installation.program(program).isEmpty()) {
                found.add(
                        Mistake.MODE_NOT_INSTALLED,
                        set.file(NutConf.FILE),
                        ServerRules.modeLine(set),
                        "MODE=" + set.mode() + " needs " + program + ", which is in none of "
                                + installation.programDirectories());
            }
        }
    }

    /// The user of that name, if there is one; told once if not.
    private Optional<Access> user(String name, String file, int line) {
        Optional<Access> known = users.get(name);
        if (known == null) {
            try {
                known = Optional.of(Access.of(name));
            } catch (IOException _) {
                known = Optional.empty();
                found.add(
                        Mistake.NO_SUCH_USER,
                        file,
                        line,
                        "this system has no user " + name,
                        "create it (useradd --system " + name + "), or correct the name");
            }
            users.put(name, known);
        }
        return known;
    }

    private Optional<Access> driverUser() {
        Optional<String> named = set.ups().flatMap(c -> c.global(UpsGlobal.USER));
        return user(named.orElse(STANDARD_USER), set.file(UpsConf.FILE), 0);
    }

    private void readable(Optional<Access> user, String name, String program) {
        Optional<Part> part = set.part(name);
        if (part.isPresent()
                && user.isPresent()
                && !user.get().may(Path.of(part.get().file()), Access.READ)) {
            found.add(
                    Mistake.UNREADABLE_FOR_USER,
                    part.get().file(),
                    0,
                    user.get().name() + " cannot read " + name + ", and that is the user of " + program,
                    "chgrp " + user.get().name() + " " + part.get().file() + "; chmod g+r "
                            + part.get().file());
        }
    }

    private void devices(UpsConf conf) {
        String file = set.file(UpsConf.FILE);
        Optional<Access> user = driverUser();
        readable(user, UpsConf.FILE, "the drivers and upsd");
        Optional<String> driverpath = conf.global(UpsGlobal.DRIVERPATH);
        for (Section section : conf.sections()) {
            String driver = section.value(UpsKey.DRIVER).orElse("");
            if (driver.isEmpty() || driver.indexOf('/') >= 0) {
                continue;
            }
            if (installation.driver(driver, driverpath).isEmpty()) {
                found.add(
                        Mistake.DRIVER_MISSING,
                        file,
                        section.line(),
                        "[" + section.name() + "]: there is no program " + driver + " in "
                                + installation.driverDirectories(driverpath));
            }
            port(
                    section,
                    driver,
                    section.value(UpsKey.USER)
                            .map(own -> user(own, file, section.line()))
                            .orElse(user));
            if (set.serves()) {
                running(section, driver);
            }
        }
    }

    private void port(Section section, String driver, Optional<Access> user) {
        String port = section.value(UpsKey.PORT).orElse("");
        boolean serial = catalog.driver(driver)
                .map(d -> d.link() == Link.SERIAL || d.link() == Link.SERIAL_OR_USB || d.link() == Link.MODBUS)
                .orElse(false);
        if (!serial || !port.startsWith("/")) {
            return;
        }
        Path device = Path.of(port);
        String file = set.file(UpsConf.FILE);
        if (!Files.exists(device)) {
            found.add(
                    Mistake.PORT_MISSING,
                    file,
                    section.line(),
                    "[" + section.name() + "]: there is no " + port,
                    "see ls /dev/ttyS* /dev/ttyUSB* /dev/serial/by-id/*, and correct the port");
        } else if (user.isPresent() && !user.get().may(device, Access.READ | Access.WRITE)) {
            found.add(
                    Mistake.PORT_MISSING,
                    file,
                    section.line(),
                    "[" + section.name() + "]: " + user.get().name() + " may not use " + port,
                    "let the group of " + port + " have that user, or add a udev rule");
        }
    }

    private void running(Section section, String driver) {
        Path socket = installation.statepath(set).resolve(driver + "-" + section.name());
        if (!Files.exists(socket) || !servers.listening(socket)) {
            found.add(
                    Mistake.DRIVER_NOT_RUNNING,
                    set.file(UpsConf.FILE),
                    section.line(),
                    "[" + section.name() + "]: nobody answers at " + socket,
                    "upsdrvctl start " + section.name() + ", and see what it says");
        }
    }

    private void statepath() {
        Path path = installation.statepath(set);
        driverUser().ifPresent(user -> directory(path, user, "drivers and upsd", set.file(UpsConf.FILE), 0));
        open(path, set.file(UpsConf.FILE), 0);
    }

    private void directory(Path path, Access user, String who, String file, int line) {
        if (!Files.isDirectory(path)) {
            found.add(
                    Mistake.DIRECTORY,
                    file,
                    line,
                    "there is no directory " + path + ", where " + who + " write",
                    "install -d -m 770 -g " + user.name() + " " + path);
        } else if (!user.may(path, Access.WRITE | Access.EXECUTE)) {
            found.add(
                    Mistake.DIRECTORY,
                    file,
                    line,
                    user.name() + " may not write to " + path + ", where " + who + " do",
                    "chgrp " + user.name() + " " + path + "; chmod g+rwx " + path);
        }
    }

    private void open(Path path, String file, int line) {
        int mode = Access.mode(path);
        if (mode >= 0 && (mode & Access.WRITE) != 0) {
            found.add(
                    Mistake.EXPOSED_DIRECTORY,
                    file,
                    line,
                    "everybody may write to " + path + ", so anybody can put a socket of their own there",
                    "choose a directory that only NUT's user may write to, such as /run/nut/upssched");
        }
    }

    private void upsmon(UpsmonConf conf) {
        Part part = set.part(UpsmonConf.FILE).orElseThrow();
        Optional<Access> user = upsmonUser();
        if (!conf.monitors().isEmpty()) {
            readable(user, UpsmonConf.FILE, "upsmon");
        }
        if (!conf.shutdowncmd().isEmpty()) {
            command(conf.shutdowncmd(), part, UpsmonDirective.SHUTDOWNCMD.word(), Optional.empty());
        }
        if (!conf.notifycmd().isEmpty()) {
            command(conf.notifycmd(), part, UpsmonDirective.NOTIFYCMD.word(), user);
        }
        int line = part.line(UpsmonDirective.POWERDOWNFLAG.word());
        conf.powerdownflag().ifPresent(flag -> {
            Path above = Path.of(flag).toAbsolutePath().getParent();
            if (above != null && !Files.isDirectory(above)) {
                found.add(
                        Mistake.DIRECTORY,
                        part.file(),
                        line,
                        "POWERDOWNFLAG: there is no directory " + above,
                        "name a file on a file system that is still there at the end, such as /etc/killpower");
            }
        });
        ClientTls encryption = tls.upsmon(conf, user);
        new LiveServers(set, servers, found).monitors(conf, encryption, now);
    }

    private Optional<Access> upsmonUser() {
        Optional<String> named = set.upsmon().flatMap(UpsmonConf::runAsUser);
        int line = set.part(UpsmonConf.FILE)
                .map(part -> part.line(UpsmonDirective.RUN_AS_USER.word()))
                .orElse(0);
        return user(named.orElse(STANDARD_USER), set.file(UpsmonConf.FILE), line);
    }

    private void sched(UpsschedConf conf) {
        Part part = set.part(UpsschedConf.FILE).orElseThrow();
        if (part.lines(UpsschedDirective.AT.word()).isEmpty()) {
            return;
        }
        Optional<Access> user = upsmonUser();
        readable(user, UpsschedConf.FILE, "upssched");
        if (!conf.cmdscript().isEmpty()) {
            command(conf.cmdscript(), part, UpsschedDirective.CMDSCRIPT.word(), user);
        }
        var seen = new ArrayList<Path>();
        for (Map.Entry<UpsschedDirective, Optional<String>> entry : List.of(
                Map.entry(UpsschedDirective.PIPEFN, conf.pipefn()),
                Map.entry(UpsschedDirective.LOCKFN, conf.lockfn()))) {
            Path above = entry.getValue()
                    .map(name -> Path.of(name).toAbsolutePath().getParent())
                    .orElse(null);
            if (above != null && !seen.contains(above)) {
                seen.add(above);
                int line = part.line(entry.getKey().word());
                user.ifPresent(u -> directory(above, u, "upssched's calls", part.file(), line));
                open(above, part.file(), line);
            }
        }
    }

    private void upsd(UpsdConf conf) {
        Optional<Access> user = driverUser();
        if (set.serves()) {
            readable(user, UpsdConf.FILE, "upsd");
            readable(user, UpsdUsers.FILE, "upsd");
            new LiveServers(set, servers, found).listen(conf);
        }
        tls.upsd(conf, user);
    }

    /// The program a command line begins with. What only a shell understands is left to the shell.
    private void command(List<String> words, Part part, String word, Optional<Access> user) {
        String first = words.getFirst().strip().split("[ \t;|&]", 2)[0];
        if (first.isEmpty() || first.indexOf('$') >= 0 || first.indexOf('=') >= 0 || first.indexOf('"') >= 0) {
            return;
        }
        int line = part.line(word);
        Optional<Path> program = first.indexOf('/') >= 0
                ? Optional.of(Path.of(first)).filter(Files::isRegularFile)
                : installation.onPath(first);
        if (program.isEmpty()) {
            found.add(
                    Mistake.PROGRAM_MISSING,
                    word.equals(UpsmonDirective.SHUTDOWNCMD.word()) ? Level.ERROR : Level.WARNING,
                    part.file(),
                    line,
                    word + ": there is no program " + first,
                    "correct the path");
            return;
        }
        boolean runs = user.isEmpty()
                ? (Access.mode(program.get()) & 0111) != 0
                : user.get().may(program.get(), Access.EXECUTE);
        if (!runs) {
            found.add(
                    Mistake.PROGRAM_MISSING,
                    part.file(),
                    line,
                    word + ": " + program.get() + " cannot be run"
                            + user.map(u -> " by " + u.name()).orElse(""),
                    "chmod a+rx " + program.get());
        }
    }
}
