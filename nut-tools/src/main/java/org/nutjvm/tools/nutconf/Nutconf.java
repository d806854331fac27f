package org.nutjvm.tools.nutconf;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.common.conf.NutConf;
import org.nutjvm.common.conf.NutVariable;
import org.nutjvm.common.io.NutPaths;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.tools.shared.Terminal;

/// nutconf: asks and changes configuration files from the command line (tools/nutconf/nutconf-cli.cpp). Comments, order
/// and whatever is not meant stay as they are; a file is replaced whole or not at all, and nothing is written unless
/// all
/// that was asked for can be done.
public final class Nutconf {
    private static final String PROGRAM = "nutconf";
    private static final String SYSTEM = "/etc/nut";

    private final Map<String, String> env;
    private final PrintStream out;
    private final PrintStream err;

    private final Map<String, byte[]> before = new LinkedHashMap<>();
    private final Map<String, EditedFile> changed = new LinkedHashMap<>();

    public Nutconf(Map<String, String> env, PrintStream out, PrintStream err) {
        this.env = env;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        int code = new Nutconf(System.getenv(), System.out, System.err).run(List.of(args));
        if (code != 0) {
            Runtime.getRuntime().halt(code);
        }
    }

    /// Does what the arguments ask.
    ///
    /// @return the exit code: 0; 1 after an error, or when `--is-configured` says false
    public int run(List<String> args) {
        if (args.equals(List.of(HashPassword.OPTION))) {
            return HashPassword.run(new Terminal(env, System.in, out, err));
        }
        Arguments asked = Arguments.of(args);
        if (asked.has("--help", "-help", "-h")) {
            help(out);
            return finish();
        }
        if (asked.has("--version", "-V")) {
            out.println(NutVersion.banner(PROGRAM));
            return finish();
        }
        List<String> wrong = Check.wrong(asked);
        if (!wrong.isEmpty()) {
            wrong.forEach(err::println);
            help(err);
            return 1;
        }
        Path directory;
        try {
            directory = directory(asked);
        } catch (InvalidPathException e) {
            err.println("Error: " + e.getMessage());
            return 1;
        }
        if (!Files.isDirectory(directory)) {
            err.println("Error: Configuration directory " + directory + " isn't available");
            return 1;
        }
        return work(asked, directory);
    }

    /// `--local` goes before NUT_CONFPATH, which `--system` switches off.
    private Path directory(Arguments asked) {
        for (Arguments.Option option : asked.options()) {
            if (option.name().equals("--local")) {
                return Path.of(option.values().getFirst());
            }
        }
        return asked.has("--system") ? Path.of(SYSTEM) : NutPaths.of(env).confpath();
    }

    private int work(Arguments asked, Path directory) {
        try {
            if (asked.has("--is-configured")) {
                String mode = mode(directory);
                boolean configured = Change.MODES.contains(mode) && !mode.equals("none");
                out.println(configured);
                int code = finish();
                return configured ? code : 1;
            }
            if (asked.has("--get-mode")) {
                out.println(mode(directory));
            }
            var scans = new ArrayList<Scan>();
            var change = new Change(texts(directory));
            for (Arguments.Option option : asked.options()) {
                if (Change.COUNTS.containsKey(option.name())) {
                    change.apply(option.name(), option.values());
                } else if (Scan.COUNTS.containsKey(option.name())) {
                    scans.add(Scan.of(option.name(), option.values()));
                }
            }
            Path scanner = scans.isEmpty() ? Path.of("") : Scan.program(env);
            int code = write(directory);
            if (code != 0) {
                return code;
            }
            for (Scan scan : scans) {
                scan.run(scanner, asked.verbose(), out);
            }
        } catch (Wrong e) {
            out.flush();
            err.println("Error: " + e.getMessage());
            return 1;
        }
        return finish();
    }

    private static String mode(Path directory) throws Wrong {
        try {
            String mode = NutConf.load(directory).value(NutVariable.MODE).orElse("none");
            return Change.MODES.contains(mode) ? mode : "unknown";
        } catch (ConfException e) {
            if (e.reason() == ConfException.Reason.MISSING) {
                return "unknown";
            }
            throw new Wrong(String.valueOf(e.getMessage()));
        }
    }

    private Change.Files texts(Path directory) {
        return new Change.Files() {
            @Override
            public ConfFile conf(String name) throws Wrong {
                if (changed.get(name) instanceof ConfFile file) {
                    return file;
                }
                var file = new ConfFile(text(directory, name));
                changed.put(name, file);
                return file;
            }

            @Override
            public ShellFile nutConf() throws Wrong {
                if (changed.get(NutConf.FILE) instanceof ShellFile file) {
                    return file;
                }
                var file = new ShellFile(text(directory, NutConf.FILE));
                changed.put(NutConf.FILE, file);
                return file;
            }
        };
    }

    private byte[] text(Path directory, String name) throws Wrong {
        try {
            byte[] text = ConfReader.text(directory.resolve(name));
            before.put(name, text);
            return text;
        } catch (ConfException e) {
            if (e.reason() != ConfException.Reason.MISSING) {
                throw new Wrong(String.valueOf(e.getMessage()));
            }
            return new byte[0];
        }
    }

    private int write(Path directory) {
        var written = new ArrayList<String>();
        for (Map.Entry<String, EditedFile> entry : changed.entrySet()) {
            Path file = directory.resolve(entry.getKey());
            try {
                byte[] old = before.get(entry.getKey());
                byte[] text = entry.getValue().bytes();
                if (old == null || !Arrays.equals(old, text)) {
                    SafeFile.replace(file, old == null ? new byte[0] : old, text);
                    written.add(entry.getKey());
                }
            } catch (IOException e) {
                err.println("Error: Failed to write " + file + ": " + Reasons.of(e)
                        + (written.isEmpty() ? "" : "; changed before it: " + String.join(", ", written)));
                return 1;
            }
        }
        return 0;
    }

    private int finish() {
        out.flush();
        if (out.checkError()) {
            err.println("Error: can't write to standard output");
            return 1;
        }
        return 0;
    }

    private static void help(PrintStream to) {
        to.println(NutVersion.banner(PROGRAM));
        to.print("""

                Asks and changes the configuration files of NUT.

                usage: nutconf [OPTIONS]

                  -h, -help, --help              show this help
                  -V, --version                  show the version
                  --is-configured                true or false, and exit code 0 or 1: is there a MODE other than none
                  --local <directory>            where the configuration files are
                  --system                       /etc/nut, though NUT_CONFPATH says otherwise
                  --hash-password                ask for a password and print the line for upsd.users with
                                                 a check value in its place; alone on the command line
                  --get-mode                     show MODE of nut.conf
                  --set-mode <mode>              standalone, netserver, netclient, controlled, manual or none
                  --set-monitor <monitor>        what upsmon watches, and nothing else
                  --add-monitor <monitor>        this as well
                  --set-listen <address> [<port>]  where upsd listens, and nowhere else
                  --add-listen <address> [<port>]  there as well
                  --set-device <device>          a device of ups.conf; all others are removed
                  --add-device <device>          another device, or more of one that is there
                  --set-user <user>              a user of upsd.users; all others are removed
                  --add-user <user>              another user, or more of one that is there
                  --set-notifyflags <type> <flag>...  what is done at an event: SYSLOG, WALL, EXEC or IGNORE
                  --add-notifyflags <type> <flag>...  this as well
                  --set-notifymsg <type> <message>  what is said at an event
                  --set-notifycmd <command>      NOTIFYCMD of upsmon.conf
                  --set-shutdowncmd <command>    SHUTDOWNCMD of upsmon.conf
                  --set-minsupplies <number>     MINSUPPLIES of upsmon.conf
                  --set-powerdownflag <file>     POWERDOWNFLAG of upsmon.conf
                  --scan-usb                     show devices on USB: type, driver and port
                  --scan-snmp <range> [<attribute>=<value>]...  the same for SNMP
                  --scan-nut <range> <port> [<timeout>]  the same for servers of NUT
                  --scan-xml-http [<timeout>]    the same for XML over HTTP
                  --scan-avahi [<timeout>]       the same for servers that announce themselves
                  --scan-ipmi <range> [<attribute>=<value>]...  the same for IPMI
                  --scan-serial [<port>]...      the same for serial ports
                  -v, --verbose                  show all that is known of what a scan has found
                  -D                             taken, without effect
                  --autoconfigure                taken, without effect

                <monitor>: <ups> <host>[:<port>] <power value> <user> <password> primary|secondary
                <device>:  <ups> <driver> <port> [<key>=<value>]...
                <user>:    <name> [password=<password>] [actions=SET|FSD]... [instcmds=<command>]...
                           [upsmon=primary|secondary], or
                           upsmon=primary|secondary password=<password> for the user of that name
                <range>:   <first address> <last address>
                SNMP:      timeout, community, sec-level, sec-name, auth-protocol, auth-password,
                           priv-protocol, priv-password
                IPMI:      username, password, auth-type, cipher-suite-id
                Timeouts are microseconds.

                Options that set something and scans may be repeated. Nothing is written if anything in the
                command line is wrong; a file is replaced whole or not at all.
                """);
    }
}
