package org.nutjvm.cgi.serve;

import org.nutjvm.common.cli.NutCli;

/// The command line of nut-cgi.
final class Options {
    private Options() {}

    static NutCli cli() {
        return new NutCli(NutCgi.PROGRAM, "Serves status pages of UPSes to browsers.")
                .usage("[OPTIONS]")
                .value(
                        'l',
                        "listen",
                        "<address:port>",
                        "listen there, instead of where nut-cgi.conf says (127.0.0.1:8080);\nmay be given several times")
                .value('c', "config", "<file>", "use this file instead of nut-cgi.conf beside hosts.conf")
                .value('u', "user", "<user>", "become this user if started as root (default: nut-cgi)")
                .flag('D', "debug", "say more about what is done; more with each -D")
                .flag('V', "version", "show the version")
                .flag('h', "help", "show this help")
                .note("It stays in the foreground: systemd's nut-cgi.service starts it.");
    }
}
