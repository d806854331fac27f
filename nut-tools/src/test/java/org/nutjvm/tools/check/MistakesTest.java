package org.nutjvm.tools.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A sound set of files, and what becomes of it with one mistake each.
class MistakesTest {
    /// Which kinds of mistakes take a machine to be found: see LiveRulesTest.
    static final Set<Mistake> LIVE = EnumSet.of(
            Mistake.MODE_NOT_INSTALLED,
            Mistake.DRIVER_MISSING,
            Mistake.PORT_MISSING,
            Mistake.DRIVER_NOT_RUNNING,
            Mistake.PORT_IN_USE,
            Mistake.ADDRESS_NOT_HERE,
            Mistake.FILE_MISSING,
            Mistake.CERTIFICATE_EXPIRED,
            Mistake.CERTIFICATE_EXPIRES,
            Mistake.MONITOR_UNREACHABLE,
            Mistake.PROGRAM_MISSING,
            Mistake.EXPOSED_FILE,
            Mistake.UNREADABLE_FOR_USER,
            Mistake.NO_SUCH_USER,
            Mistake.DIRECTORY,
            Mistake.EXPOSED_DIRECTORY);

    private static final String TIMERS = "AT ONBATT * START-TIMER out 300\n";

    /// One change to the sound set.
    ///
    /// @param line where it has to be found
    /// @param from empty to append the text, and the text empty to remove the file
    record Slip(Mistake mistake, String file, int line, String from, String to) {}

    private static Slip slip(Mistake mistake, String file, int line, String from, String to) {
        return new Slip(mistake, file, line, from, to);
    }

    static List<Slip> slips() {
        String ups = "ups.conf";
        String upsd = "upsd.conf";
        String users = "upsd.users";
        String mon = "upsmon.conf";
        String sched = "upssched.conf";
        String cgi = "nut-cgi.conf";
        String auth = "nutauth.conf";
        return List.of(
                slip(Mistake.UNKNOWN_WORD, cgi, 2, "POLLINTERVAL", "POLLINTERVALL"),
                slip(Mistake.WRONG_FILE, cgi, 3, "", "MAXAGE 20\n"),
                slip(Mistake.WRONG_FILE, upsd, 3, "", "POLLINTERVAL 2\n"),
                slip(Mistake.BAD_VALUE, cgi, 2, "POLLINTERVAL 2", "POLLINTERVAL 90"),
                slip(Mistake.MISSING_VALUE, cgi, 3, "", "READER me\n"),
                slip(Mistake.CGI_UNPROTECTED, cgi, 1, "127.0.0.1", "0.0.0.0"),
                slip(Mistake.UNKNOWN_WORD, auth, 2, "PASS ", "PASSWRD "),
                slip(Mistake.EQUALS_SIGN, auth, 2, "PASS =", "PASS"),
                slip(Mistake.BAD_VALUE, auth, 3, "", "FORCESSL = perhaps\n"),
                slip(Mistake.CANNOT_READ, auth, 0, "USER = me", "INCLUDE_REQUIRED elsewhere.conf"),
                slip(Mistake.TLS_UNUSABLE, mon, 14, "", "CERTVERIFY 1\n"),
                slip(Mistake.TLS_UNUSABLE, mon, 14, "", "CERTHOST localhost \"a name\" 1 1\n"),
                slip(Mistake.TLS_UNVERIFIED, mon, 14, "", "FORCESSL 1\n"),
                slip(Mistake.MONITOR_TLS, mon, 1, "POWERDOWNFLAG", "FORCESSL 1\nPOWERDOWNFLAG"),
                slip(Mistake.MONITOR_TLS, mon, 1, "POWERDOWNFLAG", "CERTHOST localhost \"\" 0 1\nPOWERDOWNFLAG"),
                slip(Mistake.MISSING_FILE, upsd, 0, "", ""),
                slip(Mistake.MALFORMED_LINE, mon, 14, "", "NOTIFYMSG OFF \"a # b\"\n"),
                slip(Mistake.LINE_TOO_LONG, mon, 14, "", "DEBUG_MIN 0" + " x".repeat(40) + "\n"),
                slip(Mistake.DISCARDED_BYTES, mon, 2, "\"/sbin/shutdown", "\u201c/sbin/shutdown"),
                slip(Mistake.NO_FINAL_NEWLINE, upsd, 0, "MAXAGE 15\n", "MAXAGE 15"),
                slip(Mistake.NO_FINAL_NEWLINE, ups, 6, "serial = 1\n", "serial = 1\nnolock"),
                slip(Mistake.NO_ACTIVE_LINE, upsd, 0, "LISTEN 127.0.0.1\nMAXAGE 15\n", "# nothing\n"),
                slip(Mistake.UNKNOWN_WORD, mon, 3, "POWERDOWNFLAG", "POWERDOWNFLAGG"),
                slip(Mistake.UNKNOWN_WORD, users, 3, "upsmon primary", "watcher primary"),
                slip(Mistake.WRONG_FILE, mon, 14, "", "MAXAGE 20\n"),
                slip(Mistake.PASTED_COMMAND, users, 4, "", "chmod 640 /etc/nut/upsd.users\n"),
                slip(Mistake.SLASH_COMMENT, ups, 2, "driver", "// driver"),
                slip(Mistake.PLACEHOLDER, mon, 1, "ups@localhost", "<ups>@localhost"),
                slip(Mistake.STRAY_QUOTE, mon, 14, "", "NOTIFYMSG ONLINE UPS\"\n"),
                slip(Mistake.BAD_VALUE, mon, 14, "", "POLLFREQ often\n"),
                slip(Mistake.BAD_VALUE, mon, 14, "", "NOTIFYFLAG NOCOMM SYSLOG+EXE\n"),
                slip(Mistake.BAD_VALUE, "nut.conf", 1, "standalone", "net-server"),
                slip(Mistake.BAD_VALUE, ups, 6, "", "pollinterval = often\n"),
                slip(Mistake.MISSING_VALUE, ups, 6, "", "offdelay =\n"),
                slip(Mistake.MISSING_VALUE, "hosts.conf", 1, " \"My UPS\"", ""),
                slip(Mistake.UNQUOTED_VALUE, mon, 2, "\"/sbin/shutdown -h +0\"", "/sbin/shutdown -h +0"),
                slip(Mistake.UNQUOTED_VALUE, mon, 14, "", "NOTIFYMSG ONLINE UPS %s is back\n"),
                slip(Mistake.UNQUOTED_VALUE, users, 2, "secret", "secret with blanks"),
                slip(Mistake.UNQUOTED_VALUE, ups, 6, "", "desc = My UPS\n"),
                slip(Mistake.EQUALS_SIGN, ups, 6, "", "desc My UPS\n"),
                slip(Mistake.EQUALS_SIGN, "nut.conf", 1, "MODE=", "MODE ="),
                slip(Mistake.REPEATED, mon, 15, "", "DEADTIME 30\nDEADTIME 60\n"),
                slip(Mistake.REPEATED, ups, 6, "", "serial = 2\n"),
                slip(Mistake.REPEATED, upsd, 3, "", "LISTEN 127.0.0.1\n"),
                slip(Mistake.OBSOLETE, users, 4, "", "allowfrom = localhost\n"),
                slip(Mistake.OBSOLETE, upsd, 3, "", "ACL all 0.0.0.0/0\n"),
                slip(Mistake.MISPLACED, users, 1, "[me]\n", ""),
                slip(Mistake.OLD_ROLE, mon, 1, "primary", "master"),
                slip(Mistake.OLD_ROLE, users, 3, "primary", "master"),
                slip(Mistake.MODE_NONE, "nut.conf", 1, "standalone", "none"),
                slip(Mistake.MODE_NETCLIENT, "nut.conf", 1, "standalone", "netclient"),
                slip(Mistake.NO_DEVICES, ups, 0, "[ups]\n", "# [ups]\n"),
                slip(Mistake.INCOMPLETE_DEVICE, ups, 1, "port = auto", "port ="),
                slip(Mistake.SECTION_NAME, ups, 1, "[ups]", "[default]"),
                slip(Mistake.UNKNOWN_DRIVER, ups, 2, "usbhid-ups", "usbhid"),
                slip(Mistake.OLD_DRIVER, ups, 2, "usbhid-ups", "newhidups"),
                slip(Mistake.UNKNOWN_OPTION, ups, 4, "vendorid", "vendroid"),
                slip(Mistake.OPTION_CASE, ups, 4, "vendorid", "vendorId"),
                slip(Mistake.FLAG_NEGATED, ups, 6, "", "pollonly = no\n"),
                slip(Mistake.USB_PORT, ups, 3, "auto", "/dev/hidraw0"),
                slip(Mistake.SERIAL_PORT, ups, 8, "", "[b]\ndriver = apcsmart\nport = auto\n"),
                slip(
                        Mistake.SHARED_PORT,
                        ups,
                        11,
                        "",
                        "[b]\ndriver = apcsmart\nport = /dev/ttyS0\n[c]\ndriver = al175\nport = /dev/ttyS0\n"),
                slip(Mistake.AMBIGUOUS_USB, ups, 6, "", "[b]\ndriver = usbhid-ups\nport = auto\n"),
                slip(Mistake.LISTEN_PORT, upsd, 1, "127.0.0.1", "127.0.0.1 349x!"),
                slip(Mistake.LISTEN_ALL, upsd, 3, "", "LISTEN 0.0.0.0\n"),
                slip(Mistake.LISTEN_LOCAL, upsd, 1, "LISTEN 127.0.0.1", "LISTEN localhost"),
                slip(Mistake.USER_NO_PASSWORD, users, 1, "password = secret\n", ""),
                slip(Mistake.SEVERAL_ON_A_LINE, users, 4, "", "actions = SET FSD\n"),
                slip(Mistake.NO_MONITOR, mon, 0, "MONITOR", "# MONITOR"),
                slip(Mistake.MONITOR_WORDS, mon, 1, "secret", "sec ret"),
                slip(Mistake.MONITOR_WORDS, mon, 1, " me secret", " secret"),
                slip(Mistake.MONITOR_HOST, mon, 1, "ups@localhost", "ups"),
                slip(Mistake.TOO_FEW_SUPPLIES, mon, 1, "localhost 1", "localhost 0"),
                slip(Mistake.NO_SHUTDOWNCMD, mon, 0, "SHUTDOWNCMD", "# SHUTDOWNCMD"),
                slip(Mistake.EMPTY_SHUTDOWNCMD, mon, 2, "/sbin/shutdown -h +0", ""),
                slip(Mistake.SHUTDOWN_NO_TIME, mon, 2, " +0", ""),
                slip(Mistake.NO_POWERDOWNFLAG, mon, 0, "POWERDOWNFLAG", "# POWERDOWNFLAG"),
                slip(Mistake.RUN_AS_ROOT, mon, 14, "", "RUN_AS_USER root\n"),
                slip(Mistake.DEADTIME_SHORT, mon, 14, "", "DEADTIME 14\n"),
                slip(Mistake.EXEC_WITHOUT_NOTIFYCMD, mon, 5, "NOTIFYCMD", "# NOTIFYCMD"),
                slip(Mistake.NOTIFYCMD_WITHOUT_EXEC, mon, 4, "+EXEC", ""),
                slip(Mistake.MONITOR_UPS, mon, 1, "ups@", "upps@"),
                slip(Mistake.MONITOR_USER, mon, 1, " me ", " them "),
                slip(Mistake.MONITOR_PASSWORD, mon, 1, "secret", "other"),
                slip(Mistake.MONITOR_NO_ROLE, mon, 1, "", ""),
                slip(Mistake.MONITOR_ROLE, mon, 1, "secret primary", "secret secondary"),
                slip(Mistake.SCHED_NO_AT, sched, 0, "AT", "# AT"),
                slip(Mistake.SCHED_NOT_CALLED, mon, 4, "/sbin/upssched", "/bin/true"),
                slip(Mistake.SCHED_ORDER, sched, 4, "CMDSCRIPT", "# CMDSCRIPT"),
                slip(Mistake.AT_UNKNOWN_EVENT, sched, 7, "", "AT ONBATTERY * EXECUTE out\n"),
                slip(Mistake.AT_NEVER, sched, 7, "", "AT FSD * EXECUTE out\n"),
                slip(Mistake.AT_UNKNOWN_UPS, sched, 5, "ONLINE *", "ONLINE ups@other"),
                slip(Mistake.TIMER_SECONDS, sched, 4, "out 300", "300 out"),
                slip(Mistake.TIMER_NOT_CANCELLED, sched, 4, "CANCEL-TIMER out", "CANCEL-TIMER ot"),
                slip(Mistake.TIMER_NOT_STARTED, sched, 5, "CANCEL-TIMER out", "CANCEL-TIMER ot"),
                slip(Mistake.SCRIPT_LACKS_NAME, sched, 7, "", "AT ONLINE * EXECUTE back\n"),
                slip(Mistake.SCRIPT_SPARE_NAME, "upssched-cmd", 4, "*)", "back) ;;\n  *)"),
                slip(Mistake.CANNOT_READ, "hosts.conf", 0, "MONITOR", "\0\1\2\3\4\5\6"));
    }

    private static void sound(Path dir) throws IOException {
        write(dir, "nut.conf", "MODE=standalone\n");
        write(dir, "ups.conf", "[ups]\ndriver = usbhid-ups\nport = auto\nvendorid = 051d\nserial = 1\n");
        write(dir, "upsd.conf", "LISTEN 127.0.0.1\nMAXAGE 15\n");
        write(dir, "upsd.users", "[me]\npassword = secret\nupsmon primary\n");
        write(dir, "upsmon.conf", """
                MONITOR ups@localhost 1 me secret primary
                SHUTDOWNCMD "/sbin/shutdown -h +0"
                POWERDOWNFLAG /etc/killpower
                NOTIFYCMD /sbin/upssched
                NOTIFYFLAG ONLINE SYSLOG+EXEC
                NOTIFYFLAG ONBATT SYSLOG+EXEC
                NOTIFYFLAG LOWBATT SYSLOG+EXEC
                NOTIFYMSG ONLINE "UPS %s: mains power"
                MINSUPPLIES 1
                HOSTSYNC 15
                FINALDELAY 5
                # the end
                \n""");
        write(
                dir,
                "upssched.conf",
                "CMDSCRIPT /etc/nut/upssched-cmd\nPIPEFN /run/nut/pipe\nLOCKFN /run/nut/lock\n" + TIMERS
                        + "AT ONLINE * CANCEL-TIMER out\nAT LOWBATT ups@localhost EXECUTE out\n");
        write(dir, "upssched-cmd", "#!/bin/sh\ncase $1 in\n  out) upsmon -c fsd ;;\n  *) logger \"$1\" ;;\nesac\n");
        write(dir, "hosts.conf", "MONITOR ups@localhost \"My UPS\"\n");
        write(dir, "upsset.conf", "I_HAVE_SECURED_MY_CGI_DIRECTORY\n");
        write(dir, "nut-cgi.conf", "LISTEN 127.0.0.1 8081\nPOLLINTERVAL 2\n");
        write(dir, "nutauth.conf", "USER = me\nPASS = secret\n");
        write(dir, "upslog.conf", "UPSLOG_ARGS=\"-s ups -l /var/log/ups\"\n");
    }

    private static void write(Path dir, String file, String text) throws IOException {
        Files.write(dir.resolve(file), text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aSoundSetIsClean(@TempDir Path dir) throws IOException {
        sound(dir);
        assertEquals(List.of(), Checks.offline(ConfSet.read(dir)));
    }

    @Test
    void everyKindHasAnExample() {
        var without = EnumSet.allOf(Mistake.class);
        without.removeAll(LIVE);
        for (Slip slip : slips()) {
            without.remove(slip.mistake());
        }
        assertEquals(EnumSet.noneOf(Mistake.class), without);
    }

    @ParameterizedTest
    @MethodSource("slips")
    void oneMistakeIsFoundWhereItIs(Slip slip, @TempDir Path dir) throws IOException {
        sound(dir);
        Path file = dir.resolve(slip.file());
        if (slip.mistake() == Mistake.MONITOR_NO_ROLE) {
            write(dir, "upsd.users", "[me]\npassword = secret\n");
        } else if (slip.from().isEmpty() && slip.to().isEmpty()) {
            Files.delete(file);
        } else {
            String text = Files.readString(file);
            assertTrue(text.contains(slip.from()), slip.toString());
            String changed = slip.from().isEmpty() ? text + slip.to() : text.replace(slip.from(), slip.to());
            assertFalse(changed.equals(text));
            write(dir, slip.file(), changed);
        }
        if (slip.mistake() == Mistake.LISTEN_LOCAL) {
            write(dir, "nut.conf", "MODE=netserver\n");
        }
        var found = Checks.offline(ConfSet.read(dir));
        var places = new ArrayList<String>();
        for (Finding finding : found) {
            if (finding.mistake() == slip.mistake()) {
                places.add(Path.of(finding.file()).getFileName() + ":" + finding.line());
            }
            assertFalse(finding.what().contains("secret"), finding.what());
            assertFalse(finding.cure().contains("secret"), finding.cure());
        }
        assertTrue(places.contains(slip.file() + ":" + slip.line()), places + " of " + found);
    }
}
