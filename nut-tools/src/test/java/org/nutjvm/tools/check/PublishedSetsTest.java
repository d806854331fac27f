package org.nutjvm.tools.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.nutjvm.common.conf.Complaint.Level;

/// Configurations people published, and the mistakes somebody else found in them. The collection is not part of the
/// source tree; it is looked for beside it.
class PublishedSetsTest {
    /// What a kind of the table is called here.
    private static final Map<String, Mistake> KINDS = kinds();

    private static Map<String, Mistake> kinds() {
        var kinds = new LinkedHashMap<String, Mistake>();
        kinds.put("upsmon.conf: deprecated MONITOR role master/slave", Mistake.OLD_ROLE);
        kinds.put("upsd.users: deprecated role word master/slave", Mistake.OLD_ROLE);
        kinds.put("cross: upssched-cmd case label never used by upssched.conf", Mistake.SCRIPT_SPARE_NAME);
        kinds.put("cross: timer/action name not handled by upssched-cmd", Mistake.SCRIPT_LACKS_NAME);
        kinds.put("no newline at end of file", Mistake.NO_FINAL_NEWLINE);
        kinds.put("upsd.conf: LISTEN on all addresses", Mistake.LISTEN_ALL);
        kinds.put("upsd.conf: ACL/ACCEPT/REJECT (removed in 2.4)", Mistake.OBSOLETE);
        kinds.put("file with no active line (all comments)", Mistake.NO_ACTIVE_LINE);
        kinds.put("bytes discarded by parseconf (non-ASCII/control in active text)", Mistake.DISCARDED_BYTES);
        kinds.put("upssched.conf: active but no AT line", Mistake.SCHED_NO_AT);
        kinds.put("upsmon.conf: RUN_AS_USER root", Mistake.RUN_AS_ROOT);
        kinds.put("cross: AT event whose NOTIFYFLAG lacks EXEC (never fires)", Mistake.AT_NEVER);
        kinds.put("upsmon.conf: no POWERDOWNFLAG", Mistake.NO_POWERDOWNFLAG);
        kinds.put("upsd.users: unknown key", Mistake.UNKNOWN_WORD);
        kinds.put("unfilled template placeholder (<...>, {..}) in active line", Mistake.PLACEHOLDER);
        kinds.put("upssched.conf: START-TIMER never cancelled", Mistake.TIMER_NOT_CANCELLED);
        kinds.put("cross: AT event without any NOTIFYFLAG line (default has no EXEC, never fires)", Mistake.AT_NEVER);
        kinds.put("upsmon.conf: NOTIFYMSG text not quoted (only first word used)", Mistake.UNQUOTED_VALUE);
        kinds.put("upsmon.conf: no SHUTDOWNCMD", Mistake.NO_SHUTDOWNCMD);
        kinds.put("comment with // or ; (not a comment in NUT)", Mistake.SLASH_COMMENT);
        kinds.put("upsmon.conf: no MONITOR line", Mistake.NO_MONITOR);
        kinds.put("upsmon.conf: directive repeated (last wins)", Mistake.REPEATED);
        kinds.put("ups.conf: words after a key without \"=\"", Mistake.EQUALS_SIGN);
        kinds.put("upssched.conf: CANCEL-TIMER of a timer never started", Mistake.TIMER_NOT_STARTED);
        kinds.put("upsmon.conf: EXEC flag but no NOTIFYCMD", Mistake.EXEC_WITHOUT_NOTIFYCMD);
        kinds.put("upsd.users: allowfrom (no longer used)", Mistake.OBSOLETE);
        kinds.put("ups.conf: key repeated in a section", Mistake.REPEATED);
        kinds.put("cross: MONITOR user not in upsd.users", Mistake.MONITOR_USER);
        kinds.put("cross: MONITOR password differs from upsd.users", Mistake.MONITOR_PASSWORD);
        kinds.put("upssched.conf: START-TIMER seconds not a number", Mistake.TIMER_SECONDS);
        kinds.put("upsmon.conf: SHUTDOWNCMD empty string", Mistake.EMPTY_SHUTDOWNCMD);
        kinds.put("upsmon.conf: \"shutdown -h\" without a time", Mistake.SHUTDOWN_NO_TIME);
        kinds.put(
                "ups.conf: extra words after value (unquoted value with spaces, or two settings on one line)",
                Mistake.UNQUOTED_VALUE);
        kinds.put("ups.conf: driver not in the 2.8.5 build (old name, typo, or placeholder)", Mistake.UNKNOWN_DRIVER);
        kinds.put("ups.conf: USB driver with a device path as port (ignored; only auto)", Mistake.USB_PORT);
        kinds.put("nut.conf: MODE=none although daemons are configured", Mistake.MODE_NONE);
        kinds.put("cross: upssched.conf has AT lines but NOTIFYCMD is not upssched", Mistake.SCHED_NOT_CALLED);
        kinds.put("cross: MONITOR user has no upsmon role in upsd.users", Mistake.MONITOR_NO_ROLE);
        kinds.put("cross: MONITOR role differs from the role in upsd.users", Mistake.MONITOR_ROLE);
        kinds.put("upssched.conf: unknown NOTIFY type in AT", Mistake.AT_UNKNOWN_EVENT);
        kinds.put("upssched.conf: timer AT without earlier PIPEFN", Mistake.SCHED_ORDER);
        kinds.put("upssched.conf: timer AT without earlier LOCKFN", Mistake.SCHED_ORDER);
        kinds.put("upssched.conf: AT before CMDSCRIPT (fatal)", Mistake.SCHED_ORDER);
        kinds.put("upsmon.conf: unknown NOTIFYFLAG flag", Mistake.BAD_VALUE);
        kinds.put("upsmon.conf: SHUTDOWNCMD with unquoted spaces (only first word used)", Mistake.UNQUOTED_VALUE);
        kinds.put("upsmon.conf: NOTIFYCMD but no NOTIFYFLAG with EXEC (never called)", Mistake.NOTIFYCMD_WITHOUT_EXEC);
        kinds.put("upsmon.conf: MONITOR with wrong number of words", Mistake.MONITOR_WORDS);
        kinds.put("upsd.users: several actions on one line", Mistake.SEVERAL_ON_A_LINE);
        kinds.put("cross: MONITOR names a UPS that ups.conf does not define", Mistake.MONITOR_UPS);
        kinds.put("upsmon.conf: directive without value", Mistake.PASTED_COMMAND);
        kinds.put("upsmon.conf: NOTIFYCMD with unquoted spaces (only first word used)", Mistake.UNQUOTED_VALUE);
        kinds.put("upsmon.conf: MONITOR system without @host", Mistake.MONITOR_HOST);
        kinds.put("upsmon.conf: DEADTIME less than 3x POLLFREQ/POLLFREQALERT", Mistake.DEADTIME_SHORT);
        kinds.put("upsd.users: user without password", Mistake.USER_NO_PASSWORD);
        kinds.put("upsd.users: several instcmds on one line", Mistake.SEVERAL_ON_A_LINE);
        kinds.put("upsd.users: setting before any [user]", Mistake.PASTED_COMMAND);
        kinds.put("upsd.users: password with unquoted spaces (only first word used)", Mistake.UNQUOTED_VALUE);
        kinds.put("upsd.users: action other than SET/FSD", Mistake.BAD_VALUE);
        kinds.put("upsd.conf: LISTEN port not a number", Mistake.LISTEN_PORT);
        kinds.put("ups.conf: key with empty value", Mistake.MISSING_VALUE);
        kinds.put("ups.conf: duplicate section", Mistake.REPEATED);
        kinds.put("stray double quote inside a word", Mistake.STRAY_QUOTE);
        kinds.put("nut.conf: unknown MODE value", Mistake.BAD_VALUE);
        kinds.put("nut.conf: MODE with spaces around = (not valid in shell)", Mistake.EQUALS_SIGN);
        return kinds;
    }

    /// Kinds of the table that are found under another name where the cause is plainer.
    private static final Map<Mistake, Set<Mistake>> ALSO = Map.of(
            Mistake.UNKNOWN_WORD, Set.of(Mistake.PASTED_COMMAND, Mistake.OBSOLETE, Mistake.SLASH_COMMENT),
            Mistake.UNKNOWN_DRIVER, Set.of(Mistake.OLD_DRIVER),
            Mistake.REPEATED, Set.of(Mistake.PASTED_COMMAND, Mistake.SLASH_COMMENT),
            Mistake.MONITOR_USER, Set.of(Mistake.PLACEHOLDER));

    /// Rows of the table that are no mistakes: this script is no CMDSCRIPT but asks for NOTIFYTYPE.
    private static final Set<String> NO_MISTAKE =
            Set.of("cross: upssched-cmd case label never used by upssched.conf|anton-dema-myusefulconfigs");

    /// Files that were not published, and samples without a device: notices.
    private static final Set<Mistake> PARTS = Set.of(Mistake.MISSING_FILE, Mistake.NO_DEVICES);

    /// What is found beyond the table, looked at one by one: all of it is wrong in those files.
    private static final Set<String> MORE = Set.of(
            "anton-dema-myusefulconfigs wrong-file", // MAXAGE in upsmon.conf
            "florian-h05-linux-openhab-misc listen-local", // MODE=netserver, LISTEN localhost
            "forum-2008-megatec-fixed old-driver",
            "forum-2010-trust-lucid old-driver",
            "forum-2010-trust-lucid listen-local", // MODE=netserver, no LISTEN
            "guide-ru-comments-slashes unknown-option", // overrdie.
            "jodumont-config repeated", // a second password
            "johanvdk1-nut-config-eaton5px-cgi unknown-word", // a web server's lines
            "kergalym-ovr usb-port", // blazer_usb with /dev/ttyS0
            "mikee385-hubitat-nut-monitor wrong-file", // MAXAGE in upsmon.conf
            "steven-geo-proxmox-nut incomplete-device", // port =
            "twproject-various unquoted-value", // LISTEN <eth0 ip> 3493
            "yuha0-nut-client placeholder", // $NAME
            "z-alx-network-ups-tools-server unknown-option", // pasted text
            "zephrfish-rpi-snmp-ups-synology-nas unknown-option", // community of a USB driver
            "zephrfish-rpi-snmp-ups-synology-nas unknown-word"); // DEBUG_LEVEL, LOWBATT

    @Test
    void whatTheTableHasIsFoundInItsFileAndLine() throws IOException {
        Path configs = configs();
        var missed = new ArrayList<String>();
        int rows = 0;
        var read = new TreeMap<String, List<Finding>>();
        for (String[] row : table(configs)) {
            if (NO_MISTAKE.contains(row[0] + "|" + row[1])) {
                continue;
            }
            rows++;
            Mistake mistake = KINDS.get(row[0]);
            List<Finding> found =
                    read.computeIfAbsent(row[1], set -> Checks.offline(ConfSet.read(configs.resolve(set))));
            if (mistake == null || !has(found, mistake, file(row), line(row))) {
                missed.add(row[0] + " | " + row[1] + " | " + row[2]);
            }
        }
        assertEquals(List.of(), missed);
        assertTrue(rows > 400, rows + " rows");
    }

    @Test
    void nothingElseIsFound() throws IOException {
        Path configs = configs();
        Map<String, Set<Mistake>> expected = new TreeMap<>();
        for (String[] row : table(configs)) {
            Set<Mistake> mistakes = expected.computeIfAbsent(row[1], _ -> new LinkedHashSet<>());
            Mistake mistake = KINDS.get(row[0]);
            if (mistake != null) {
                mistakes.add(mistake);
                mistakes.addAll(ALSO.getOrDefault(mistake, Set.of()));
            }
        }
        var alarms = new ArrayList<String>();
        int sets = 0;
        int clean = 0;
        for (Path set : sets(configs)) {
            sets++;
            boolean problem = false;
            for (Finding finding : Checks.offline(ConfSet.read(set))) {
                problem = problem || finding.level() != Level.NOTICE;
                if (!expected.getOrDefault(set.getFileName().toString(), Set.of())
                                .contains(finding.mistake())
                        && !PARTS.contains(finding.mistake())
                        && !MORE.contains(
                                set.getFileName() + " " + finding.mistake().id())) {
                    alarms.add(finding.toString());
                }
            }
            clean += problem ? 0 : 1;
        }
        assertEquals(List.of(), alarms);
        assertTrue(sets >= 60 && clean >= 20, sets + " sets, " + clean + " clean");
    }

    private static List<Path> sets(Path configs) throws IOException {
        try (var found = Files.list(configs)) {
            return found.filter(Files::isDirectory)
                    .filter(path -> !path.endsWith("golden"))
                    .sorted()
                    .toList();
        }
    }

    /// The file a row is about, or empty.
    private static String file(String[] row) {
        int colon = row[0].indexOf(": ");
        if (colon > 0 && !row[0].startsWith("cross")) {
            return row[0].substring(0, colon);
        }
        int second = row[2].indexOf(':');
        return second > 0 && row[2].startsWith("ups") ? row[2].substring(0, second) : "";
    }

    /// The line a row is about, or 0.
    private static int line(String[] row) {
        String detail = row[2].startsWith("ups") ? row[2].substring(row[2].indexOf(':') + 1) : row[2];
        int end = 0;
        while (end < detail.length() && Character.isDigit(detail.charAt(end))) {
            end++;
        }
        boolean numbered = end > 0 && end < detail.length() && detail.charAt(end) == ' ';
        boolean alone = end > 0 && end == detail.length() && row[2].startsWith("ups");
        return (numbered && !row[2].contains(" vs ")) || alone ? Integer.parseInt(detail.substring(0, end)) : 0;
    }

    private static boolean has(List<Finding> found, Mistake mistake, String file, int line) {
        for (Finding finding : found) {
            boolean named = finding.mistake() == mistake
                    || ALSO.getOrDefault(mistake, Set.of()).contains(finding.mistake());
            if (named
                    && (file.isEmpty() || Path.of(finding.file()).endsWith(file))
                    && (line == 0 || finding.line() == line)) {
                return true;
            }
        }
        return false;
    }

    private static List<String[]> table(Path configs) throws IOException {
        var rows = new ArrayList<String[]>();
        List<String> lines = Files.readAllLines(configs.resolve("mistakes.tsv"));
        for (String line : lines.subList(1, lines.size())) {
            rows.add((line + "\t\t").split("\t", -1));
        }
        return rows;
    }

    private static Path configs() {
        Path root =
                Path.of(System.getProperty("nut.root", "..")).toAbsolutePath().normalize();
        for (Path up = root; up != null; up = up.getParent()) {
            Path configs = up.resolve("shared").resolve("corpus").resolve("configs");
            if (Files.isRegularFile(configs.resolve("mistakes.tsv"))) {
                return configs;
            }
        }
        throw Assumptions.<RuntimeException>abort(
                "no shared/corpus/configs beside the source tree: nothing to compare");
    }
}
