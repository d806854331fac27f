package org.nutjvm.tools.check;

import java.util.Locale;
import org.nutjvm.common.conf.Complaint.Level;

/// The kinds of mistakes nut-check knows, each with an id that scripts and docs/nut-check.md use, how bad it is as a
/// rule, what it means and what helps. The order is that of the page.
public enum Mistake {
    // Any file.
    CANNOT_READ(Level.ERROR, "a file cannot be read", "see what the message says of it"),
    MISSING_FILE(
            Level.ERROR,
            "a file is missing that what runs here needs",
            "create it: the directory etc of this software has samples"),
    MALFORMED_LINE(
            Level.ERROR, "a line cannot be split into words, and is ignored", "see to its quotes and backslashes"),
    LINE_TOO_LONG(Level.WARNING, "a line has more than 32 words, or a word more than 512 bytes", "shorten it"),
    DISCARDED_BYTES(
            Level.WARNING,
            "bytes that are not plain ASCII, such as curly quotes, are dropped, which tears texts apart",
            "write plain ASCII, with straight quotes"),
    NO_FINAL_NEWLINE(Level.NOTICE, "the last line has no end of line; a lone word in it would be lost", "end the line"),
    NO_ACTIVE_LINE(Level.NOTICE, "nothing in the file is in force: all of it is comments", "fill it in, or remove it"),
    UNKNOWN_WORD(
            Level.WARNING, "a line begins with a word the file does not know, and is ignored", "correct or remove it"),
    WRONG_FILE(Level.WARNING, "a line belongs in another file, and is ignored here", "move it there"),
    PASTED_COMMAND(Level.WARNING, "a shell command was pasted into the file", "remove it"),
    SLASH_COMMENT(Level.WARNING, "a comment begins with // or ;, which are words like any other", "begin it with #"),
    PLACEHOLDER(Level.WARNING, "a template's placeholder was not filled in", "put in what is meant"),
    STRAY_QUOTE(
            Level.WARNING,
            "a quotation mark stands inside a word, where it is an ordinary letter",
            "quote the whole text"),
    BAD_VALUE(Level.WARNING, "a value is none of the possible ones, or no number", "write one that is"),
    MISSING_VALUE(
            Level.WARNING, "nothing stands behind a word that needs a value", "add the value, or remove the word"),
    UNQUOTED_VALUE(
            Level.WARNING,
            "more words than are read stand behind a word: C NUT 2.8.5 takes the first and drops the rest",
            "put a value with blanks in quotes"),
    EQUALS_SIGN(
            Level.WARNING,
            "an = is missing, too many, or has blanks beside it that a shell does not allow",
            "see the message"),
    REPEATED(Level.WARNING, "the same thing is said twice", "keep one of them"),
    OBSOLETE(Level.WARNING, "NUT no longer has this, and ignores it", "see the message"),
    MISPLACED(Level.WARNING, "a line is in the wrong place of its file, and is ignored", "move it"),
    OLD_ROLE(Level.NOTICE, "master and slave are old words for primary and secondary", "write primary or secondary"),
    // nut.conf
    MODE_NONE(Level.WARNING, "MODE=none, so nothing is started, though daemons are configured", "set MODE in nut.conf"),
    MODE_NETCLIENT(
            Level.WARNING,
            "MODE=netclient, so neither drivers nor upsd are started, though a UPS of this machine is watched",
            "set MODE=standalone or MODE=netserver in nut.conf"),
    MODE_NOT_INSTALLED(Level.ERROR, "MODE asks for programs that are not installed", "install them, or change MODE"),
    // ups.conf
    NO_DEVICES(
            Level.ERROR, "ups.conf defines no device, so upsd does not start", "add a section: [name], driver, port"),
    INCOMPLETE_DEVICE(Level.ERROR, "a device has no driver or no port, and is left out", "add what is missing"),
    SECTION_NAME(Level.ERROR, "a device has a name that cannot be used", "choose letters, digits, - and _"),
    UNKNOWN_DRIVER(Level.ERROR, "NUT has no driver of that name", "correct the name"),
    OLD_DRIVER(Level.ERROR, "the driver has been replaced by another", "use its successor"),
    UNKNOWN_OPTION(Level.ERROR, "the driver does not know an option, and refuses to start", "correct or remove it"),
    OPTION_CASE(
            Level.NOTICE,
            "an option is spelled with other capitals; drivers read it all the same",
            "spell it as the driver does"),
    FLAG_NEGATED(
            Level.WARNING,
            "an option that is a flag has a value such as no: it is on all the same",
            "remove the line to switch it off"),
    USB_PORT(Level.WARNING, "a USB driver finds its device by itself, and ignores the port", "write port = auto"),
    SERIAL_PORT(
            Level.ERROR,
            "a driver for serial lines cannot find its device by itself",
            "name the port, such as /dev/ttyS0"),
    SHARED_PORT(Level.ERROR, "two devices have the same serial port", "give each its own"),
    AMBIGUOUS_USB(
            Level.WARNING,
            "several devices have the same USB driver, and nothing says which is which",
            "add serial, or vendorid and productid, or busport to each"),
    DRIVER_MISSING(
            Level.ERROR, "the driver's program is not installed", "install it, or let driverpath say where it is"),
    PORT_MISSING(Level.ERROR, "the device's port is not there, or the driver's user may not use it", "see the message"),
    DRIVER_NOT_RUNNING(
            Level.WARNING, "the driver's socket is missing or nobody answers there", "start it: upsdrvctl start"),
    // upsd.conf
    LISTEN_PORT(Level.ERROR, "LISTEN has a port that is none", "write a number from 1 to 65535 behind the address"),
    LISTEN_ALL(
            Level.NOTICE,
            "upsd serves every network this machine is in",
            "keep strangers out by a firewall, or list addresses"),
    LISTEN_LOCAL(
            Level.WARNING,
            "MODE=netserver, but upsd serves this machine only",
            "add a LISTEN line with an address of the network"),
    PORT_IN_USE(Level.ERROR, "another program has the port that upsd is to serve", "stop it, or choose another port"),
    ADDRESS_NOT_HERE(Level.ERROR, "LISTEN names an address this machine does not have", "correct the address"),
    FILE_MISSING(Level.ERROR, "a file that the configuration names is not there or cannot be read", "see the message"),
    TLS_UNUSABLE(
            Level.ERROR,
            "encryption is set up in a way that cannot work, so the program does not start, or makes no connection",
            "see the message"),
    CERTIFICATE_EXPIRED(
            Level.ERROR,
            "a certificate is not valid any more, or not yet: who verifies it makes no connection",
            "renew it, or see to this machine's clock"),
    CERTIFICATE_EXPIRES(
            Level.WARNING,
            "a certificate expires within two weeks, or a quarter of its life if that is shorter",
            "renew it, then reload who shows it"),
    TLS_UNVERIFIED(
            Level.NOTICE,
            "FORCESSL without CERTVERIFY: encrypted, but with whoever answers",
            "set CERTVERIFY 1, and the server's authority in CERTPATH"),
    // upsd.users
    USER_NO_PASSWORD(Level.WARNING, "a user has no password, so nobody can log in as that user", "add password = ..."),
    SEVERAL_ON_A_LINE(
            Level.NOTICE,
            "several actions or commands stand on one line; each of them counts",
            "check that all are meant"),
    // upsmon.conf
    NO_MONITOR(Level.ERROR, "upsmon.conf has no MONITOR line, so upsmon does not start", "add one"),
    MONITOR_WORDS(
            Level.ERROR,
            "MONITOR does not have its five values: ups@host, power value, user, password, role",
            "put a password with blanks in quotes, end with primary or secondary"),
    MONITOR_HOST(Level.NOTICE, "MONITOR names no host; localhost is meant", "write name@localhost"),
    TOO_FEW_SUPPLIES(
            Level.ERROR,
            "the power values add up to less than MINSUPPLIES, so upsmon does not start",
            "raise a power value, or lower MINSUPPLIES"),
    NO_SHUTDOWNCMD(
            Level.ERROR,
            "there is no SHUTDOWNCMD: this machine will not go down",
            "add SHUTDOWNCMD \"/sbin/shutdown -h +0\""),
    EMPTY_SHUTDOWNCMD(
            Level.WARNING,
            "SHUTDOWNCMD is empty: this machine will not go down",
            "name the command that brings it down"),
    SHUTDOWN_NO_TIME(
            Level.WARNING,
            "shutdown -h without a time fails on some systems and waits a minute on others",
            "write shutdown -h +0"),
    NO_POWERDOWNFLAG(
            Level.WARNING,
            "there is no POWERDOWNFLAG: the UPS stays on when mains power returns during the shutdown, and this machine off",
            "add POWERDOWNFLAG /etc/killpower"),
    RUN_AS_ROOT(
            Level.WARNING,
            "all of upsmon runs as root, the part that talks to the network included",
            "name a user without rights"),
    DEADTIME_SHORT(
            Level.WARNING,
            "DEADTIME is less than three times POLLFREQ or POLLFREQALERT: a lost answer or two make a UPS dead",
            "raise DEADTIME, or lower POLLFREQ"),
    EXEC_WITHOUT_NOTIFYCMD(Level.WARNING, "NOTIFYFLAG has EXEC, but there is no NOTIFYCMD to run", "add NOTIFYCMD"),
    NOTIFYCMD_WITHOUT_EXEC(
            Level.WARNING,
            "there is a NOTIFYCMD, but no NOTIFYFLAG with EXEC: it is never run",
            "add EXEC to NOTIFYFLAG lines"),
    // upsmon.conf and others
    MONITOR_UPS(Level.ERROR, "MONITOR names a UPS that its server does not have", "correct the name"),
    MONITOR_USER(
            Level.ERROR,
            "MONITOR names a user that upsd.users does not have: the login fails",
            "correct the name, or add the user"),
    MONITOR_PASSWORD(
            Level.ERROR, "MONITOR has another password than upsd.users: the login fails", "write the same in both"),
    MONITOR_NO_ROLE(
            Level.ERROR,
            "the user of MONITOR has no upsmon role: the login fails",
            "add upsmon primary or upsmon secondary to the user"),
    MONITOR_ROLE(Level.ERROR, "MONITOR and upsd.users differ in the role", "write the same in both"),
    MONITOR_UNREACHABLE(Level.ERROR, "the server of a MONITOR line does not answer", "see the message"),
    MONITOR_TLS(
            Level.ERROR,
            "upsmon insists on encryption, and the upsd of this machine has none: there is no connection",
            "set CERTFILE in upsd.conf, or FORCESSL and CERTVERIFY to 0 for this server"),
    PROGRAM_MISSING(Level.ERROR, "a program or script is not there or cannot be run", "correct the path, or chmod +x"),
    // upssched.conf
    SCHED_NO_AT(Level.NOTICE, "upssched.conf has no AT line, so upssched does nothing", "add AT lines, or leave it"),
    SCHED_NOT_CALLED(
            Level.WARNING, "upssched.conf has AT lines, but NOTIFYCMD is not upssched", "set NOTIFYCMD to upssched"),
    SCHED_ORDER(Level.ERROR, "AT lines need CMDSCRIPT, PIPEFN and LOCKFN before them", "put those lines first"),
    AT_UNKNOWN_EVENT(Level.WARNING, "AT names an event that upsmon does not have: it never happens", "correct it"),
    AT_NEVER(
            Level.WARNING,
            "the event of an AT line has no EXEC in its NOTIFYFLAG: it never reaches upssched",
            "add EXEC to it"),
    AT_UNKNOWN_UPS(
            Level.WARNING,
            "AT names a UPS that no MONITOR line names to the letter: it never matches",
            "write it as MONITOR does, or *"),
    TIMER_SECONDS(Level.ERROR, "a timer has no number of seconds", "write START-TIMER name seconds"),
    TIMER_NOT_CANCELLED(
            Level.NOTICE,
            "a timer is started and never cancelled: it fires though mains power is back",
            "cancel it at ONLINE, if that is meant"),
    TIMER_NOT_STARTED(Level.WARNING, "a timer is cancelled that no line starts", "correct the name"),
    SCRIPT_LACKS_NAME(
            Level.WARNING,
            "the script of upssched has no case for a name it is called with",
            "add the case, or correct the name"),
    SCRIPT_SPARE_NAME(
            Level.NOTICE, "the script of upssched has a case that nothing calls", "correct the name, or leave it"),
    // nut-cgi.conf
    CGI_UNPROTECTED(
            Level.ERROR,
            "nut-cgi is to serve others than this machine without encryption or login, so it does not start",
            "set CERTFILE and READER, or ALLOW_UNPROTECTED yes, or LISTEN 127.0.0.1"),
    // The system.
    EXPOSED_FILE(
            Level.WARNING,
            "a file with passwords or a private key can be read by everybody on this machine",
            "chmod o-rwx"),
    UNREADABLE_FOR_USER(Level.ERROR, "a file cannot be read by the user whose program needs it", "chgrp and chmod g+r"),
    NO_SUCH_USER(
            Level.ERROR, "the configuration names a user this system does not have", "create it, or correct the name"),
    DIRECTORY(Level.ERROR, "a directory is missing, or not writable for the user who needs it", "see the message"),
    EXPOSED_DIRECTORY(Level.WARNING, "others may write to a directory with NUT's sockets", "chmod o-w");

    private final Level level;
    private final String meaning;
    private final String cure;

    Mistake(Level level, String meaning, String cure) {
        this.level = level;
        this.meaning = meaning;
        this.cure = cure;
    }

    /// The name that scripts use: `monitor-password`.
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// How bad it is, unless a finding says otherwise.
    public Level level() {
        return level;
    }

    /// What it means, in a sentence without a full stop.
    public String meaning() {
        return meaning;
    }

    /// What helps.
    public String cure() {
        return cure;
    }
}
