package org.nutjvm.upsmon;

import org.nutjvm.common.NutVersion;
import org.nutjvm.common.cli.NutCli;

/// The command line of upsmon.
final class UpsmonOptions {
    private UpsmonOptions() {}

    /// @param powerdownflag as the help shows it
    static NutCli cli(String powerdownflag) {
        return new NutCli("upsmon", "NUT client which monitors UPS servers and may initiate shutdown if necessary.")
                .details(NutVersion.CLIENT_SSL)
                .usage("[OPTIONS]")
                .value('c', "<cmd>", """
                        send command to running process
                        commands:
                         - fsd: shutdown all primary-mode UPSes (use with caution)
                         - reload: reread configuration
                         - stop: stop monitoring and exit""")
                .value('P', "<pid>", "send the signal above to specified PID (bypassing PID file)")
                .flag('D', "raise debugging level (and stay foreground by default)")
                .flag(
                        'F',
                        "stay foregrounded even if no debugging is enabled\n-FF stays foregrounded and still saves"
                                + " the PID file")
                .flag('B', "stay backgrounded even if debugging is bumped")
                .flag('K', "checks POWERDOWNFLAG (" + powerdownflag + "), sets exit code to 0 if set")
                .flag('p', "always run privileged (disable privileged parent)")
                .value('u', "<user>", "run child as user <user> (ignored when using -p)")
                .flag('4', "IPv4 only")
                .flag('6', "IPv6 only")
                .flag('V', "display the version of this software")
                .value('W', "<secs>", "network timeout for initial connections (default: 10)")
                .flag('h', "display this help text")
                .hidden('f', true)
                .hidden('i', false)
                .note("See also: upsmon.conf");
    }
}
