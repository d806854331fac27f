package org.nutjvm.drivers.core;

import java.util.Locale;
import java.util.Map;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.cli.NutCli;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Option;

/// The options all drivers take, and the texts about them (drivers/main.c: upsdrv_banner, help_msg, listxarg).
final class DriverUsage {
    private DriverUsage() {}

    static NutCli options(String progname) {
        return new NutCli(progname, "")
                .value('a', "<id>", "")
                .value('s', "<id>", "")
                .flag('k', "")
                .flag('D', "")
                .flag('F', "")
                .flag('B', "")
                .value('d', "<count>", "")
                .flag('h', "")
                .value('x', "<var>=<val>", "")
                .flag('L', "")
                .flag('q', "")
                .value('r', "<dir>", "")
                .value('u', "<user>", "")
                .value('g', "<group>", "")
                .flag('V', "")
                .value('i', "<int>", "")
                .value('c', "<command>", "")
                .value('P', "<pid>", "");
    }

    /// The line every driver begins with.
    static String banner(DriverProgram program) {
        return "Network UPS Tools " + NutVersion.VERSION + " - " + program.description()
                + (program.description().contains("river") ? " " : " driver ") + program.version();
    }

    /// Whether the environment asks to leave the line out (`NUT_QUIET_INIT_BANNER`).
    static boolean quiet(Map<String, String> env) {
        String value = env.get("NUT_QUIET_INIT_BANNER");
        return value != null
                && (value.isEmpty() || value.toLowerCase(Locale.ROOT).equals("true") || value.startsWith("1"));
    }

    /// What `-L` prints, for programs that write configurations.
    static String list(DriverProgram program) {
        var text = new StringBuilder();
        for (Option option : program.options()) {
            text.append(option.flag() ? "FLAG " : option.sensitive() ? "UNKNOWN " : "VALUE ")
                    .append(option.name())
                    .append(" \"")
                    .append(option.description())
                    .append("\"\n");
        }
        return text.toString();
    }

    static String help(DriverProgram program) {
        var text = new StringBuilder("\nusage: ").append(program.progname()).append(" (-a <id>|-s <id>) [OPTIONS]\n");
        text.append("""
                  -a <id>        - take the settings of section <id> of ups.conf
                                 - note: -x after -a goes before ups.conf

                  -s <id>        - take all settings from this command line
                                 - note: every setting needs its -x, at least -x port=...
                                 - note: to look at a device without being root or in its group, add
                                   '-d 1' and have NUT_STATEPATH=/tmp in the environment

                  -V             - print the version and exit
                  -L             - print the settings of this driver for other programs to read
                  -D             - debug, more with each -D (and stay in the foreground)
                  -d <count>     - print the data to stdout after 'count' updates and exit
                  -F             - stay in the foreground without debugging, too
                  -FF            - stay in the foreground and write the PID file all the same
                  -B             - go to the background even when debugging
                  -q             - raise the log level threshold
                  -h             - print this help
                  -k             - have the UPS switch the load off
                  -c <command>   - tell the driver that is running already:
                                 - reload: read ups.conf again, leave what only a restart can change
                                 - reload-or-error: the same, and fail if there was such a change
                                 - reload-or-exit: the same, and exit if there was such a change,
                                   for somebody else to start it again
                                 - exit: just exit
                  -P <pid>       - send the command above to this process, whatever the PID file says
                  -i <int>       - poll interval in seconds
                  -r <dir>       - chroot to <dir>
                  -u <user>      - run as <user> (if started as root)
                  -g <group>     - let <group> use the socket (if started as root)
                  -x <var>=<val> - set driver variable <var> to <val>
                                 - example: -x cable=940-0095B
                """);
        int width = 0;
        for (Option option : program.options()) {
            width = Math.max(width, option.name().length());
        }
        if (!program.options().isEmpty()) {
            text.append("\nAcceptable values for -x or ups.conf in this driver:\n\n");
        }
        for (Option option : program.options()) {
            text.append("  ")
                    .append(" ".repeat(width - option.name().length()))
                    .append(option.name())
                    .append(option.flag() ? "        \t" : "=<value>\t")
                    .append(option.description())
                    .append('\n');
        }
        return text.append("\nMore: man 8 ")
                .append(program.progname())
                .append(", https://www.networkupstools.org/docs/man/")
                .append(program.progname())
                .append(".html, and man 5 ups.conf\n")
                .toString();
    }
}
