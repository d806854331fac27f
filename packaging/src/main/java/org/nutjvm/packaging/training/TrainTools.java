package org.nutjvm.packaging.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nutjvm.cgi.run.Upsimage;
import org.nutjvm.cgi.run.Upsset;
import org.nutjvm.cgi.run.Upsstats;
import org.nutjvm.cgi.serve.NutCgi;
import org.nutjvm.common.io.Background;
import org.nutjvm.tools.check.NutCheck;
import org.nutjvm.tools.enumerator.NutDriverEnumerator;
import org.nutjvm.tools.nutconf.Nutconf;
import org.nutjvm.tools.scanner.NutScanner;
import org.nutjvm.tools.upsc.Upsc;
import org.nutjvm.tools.upscmd.Upscmd;
import org.nutjvm.tools.upsdrvctl.Upsdrvctl;
import org.nutjvm.tools.upslog.Upslog;
import org.nutjvm.tools.upsrw.Upsrw;
import org.nutjvm.upssched.Upssched;

/// A tool in the forms people use, one after the other.
public final class TrainTools {
    private final Map<String, String> env = System.getenv();
    private final InputStream in = System.in;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final List<String> failed = new ArrayList<>();
    private final String ups;
    private final String server;
    private final String device;
    private final String user;
    private final String password;

    private TrainTools(String ups, String server, String user, String password) {
        this.ups = ups;
        this.server = server;
        this.device = ups + "@" + server;
        this.user = user;
        this.password = password;
    }

    /// Runs one; ends with exit code 1 if it failed where it should not, or the other way round.
    ///
    /// @param args the tool, the UPS, `host:port` of its server, a user and the password
    public static void main(String[] args) {
        var training = new TrainTools(args[1], args[2], args[3], args[4]);
        switch (args[0]) {
            case "upsc" -> training.upsc();
            case "upscmd" -> training.upscmd();
            case "upsrw" -> training.upsrw();
            case "upsdrvctl" -> training.upsdrvctl();
            case "nut-driver-enumerator" -> training.enumerator();
            case "upslog" -> training.upslog();
            case "nut-check" -> training.nutCheck();
            case "nutconf" -> training.nutconf();
            case "upssched" -> training.upssched();
            case "nut-scanner" -> training.scanner();
            case "upsstats.cgi", "upsset.cgi", "upsimage.cgi" ->
                TrainCgi.play(args[0], training.device, args[3], args[4]);
            case "nut-cgi" -> TrainNutCgi.play(training.device, args[3], args[4]);
            default -> training.failed.add("no role for " + args[0]);
        }
        if (!training.failed.isEmpty()) {
            System.err.println("unexpected exit codes: " + String.join("; ", training.failed));
            System.exit(1);
        }
        // Last as a launcher does.
        switch (args[0]) {
            case "upsc" -> Upsc.main(new String[] {training.device});
            case "upscmd" -> Upscmd.main(new String[] {"-l", training.device});
            case "upsrw" -> Upsrw.main(new String[] {training.device});
            case "upsdrvctl" -> Upsdrvctl.main(new String[] {"status"});
            case "nut-driver-enumerator" ->
                NutDriverEnumerator.main(new String[] {"--get-device-for-service", args[1]});
            case "upslog" -> Upslog.main(new String[] {"-V"});
            case "nut-check" -> NutCheck.main(new String[] {"-V"}); // not 0 where the stage is not sound
            case "nutconf" -> Nutconf.main(new String[] {"--get-mode"});
            case "nut-scanner" -> NutScanner.main(new String[] {"-q", "-n"});
            case "nut-cgi" -> NutCgi.main(new String[] {"-V"});
            case "upsstats.cgi" -> Upsstats.main(new String[0]);
            case "upsset.cgi" -> Upsset.main(new String[0]);
            case "upsimage.cgi" -> Upsimage.main(new String[0]);
            default -> Upssched.main(new String[] {"-h"});
        }
    }

    private void upsc() {
        upsc(0, "-l", server);
        upsc(0, "-L", server);
        upsc(0, "-j", "-l", server);
        upsc(0, device);
        upsc(0, "-j", device);
        upsc(0, device, "ups.status");
        upsc(0, "-c", device);
        upsc(1, device, "no.such.variable");
        upsc(1, "nosuchups@" + server);
        upsc(1, ups + "@localhost:1");
        upsc(0, "-h");
    }

    private void upscmd() {
        upscmd(0, "-l", device);
        upscmd(0, "-l", "-j", device);
        upscmd(0, "-u", user, "-p", password, "-w", device, "driver.reload");
        upscmd(1, "-u", user, "-p", "wrong", device, "driver.reload");
        upscmd(0, "-V");
    }

    private void upsrw() {
        upsrw(0, device);
        upsrw(0, "-j", device);
        upsrw(0, "-s", "battery.charge=98", "-u", user, "-p", password, "-w", device);
        upsrw(1, "-s", "battery.charge=98", "-u", user, "-p", "wrong", device);
        upsrw(0, "-V");
    }

    private void upsdrvctl() {
        upsdrvctl(0, "list");
        upsdrvctl(0, "status");
        upsdrvctl(0, "--json", "status");
        upsdrvctl(0, "-t", "start");
        upsdrvctl(0, "-c", "reload-or-error", ups); // Drivers whose devices are not here do not run.
        upsdrvctl(1, "stop", "nosuchups");
    }

    /// As a driver's service asks when it starts; other questions need systemd.
    private void enumerator() {
        enumerator(0, "--list-devices");
        enumerator(0, "--show-config", ups);
        enumerator(0, "--get-device-for-service", ups);
        enumerator(1, "--get-device-for-service", "nosuchups");
    }

    private void enumerator(int expected, String... args) {
        check(expected, new NutDriverEnumerator(env, out, err).run(List.of(args)), "nut-driver-enumerator", args);
    }

    private void upslog() {
        var lines = OutputStream.nullOutputStream();
        String[] args = {"-u", System.getProperty("user.name"), "-F", "-i", "1", "-d", "2", "-m", "*@" + server + ",-"};
        check(0, new Upslog(env, out, err, lines).run(List.of(args)), "upslog", args);
    }

    /// What it says of the stage depends on who builds.
    private void nutCheck() {
        for (String[] args : new String[][] {{}, {"--json"}, {"--offline", "--color=always"}}) {
            int code = new NutCheck(env, out, err, false).run(List.of(args));
            check(Math.min(code, NutCheck.PROBLEMS), code, "nut-check", args);
        }
        check(NutCheck.CLEAN, new NutCheck(env, out, err, false).run(List.of("-h")), "nut-check", "-h");
    }

    /// In a directory of its own: the stage's files are in use.
    private void nutconf() {
        String files;
        try {
            files = Files.createTempDirectory(Path.of(env.getOrDefault("NUT_CONFPATH", "")), "nutconf")
                    .toString();
        } catch (IOException e) {
            failed.add("nutconf has no directory: " + e);
            return;
        }
        nutconf(1, "--local", files, "--is-configured");
        for (int round = 0; round < 2; round++) {
            nutconf(0, "--local", files, "--set-mode", "netserver", "--set-minsupplies", "1", "--get-mode");
            nutconf(0, "--local", files, "--add-device", ups, "dummy-ups", "auto", "desc=of the rehearsal");
            nutconf(0, "--local", files, "--add-user", user, "password=" + password, "actions=SET");
            nutconf(0, "--local", files, "--add-monitor", ups, server, "1", user, password, "primary");
            nutconf(0, "--local", files, "--add-listen", "::1", "--add-notifyflags", "ONBATT", "EXEC");
        }
        nutconf(1, "--local", files, "--set-mode", "sometimes");
    }

    private void nutconf(int expected, String... args) {
        check(expected, new Nutconf(env, out, err).run(List.of(args)), "nutconf", args);
    }

    /// Only this machine is asked. It has no SNMP agent, or one that says nothing of UPSes.
    private void scanner() {
        String port = server.substring(server.indexOf(':') + 1);
        scanner(0, "-O", "-n", "-U", "-s", "127.0.0.1", "-p", port);
        scanner(0, "-j", "-S", "-O", "-t", "1", "--start_ip=127.0.0.1", "-p", port);
        scanner(1, "-m", "10.0.0.0/8");
        scanner(0, "-h");
    }

    private void scanner(int expected, String... args) {
        check(expected, new NutScanner(env, out, err, false).run(List.of(args)), "nut-scanner", args);
    }

    private void upssched() {
        Background.isDaemon(env);
        upssched(0, "ONLINE");
        upssched(0, "ONBATT", "UPS " + device + " on battery");
        upssched(0, "", "-l");
        upssched(0, "ONLINE", "UPS " + device + " on line power");
        upssched(0, "ONLINE", "UPS " + device + " on line power");
        upssched(0, "", "-h");
    }

    private void upsc(int expected, String... args) {
        check(expected, new Upsc(env, in, out, err).run(List.of(args)), "upsc", args);
    }

    private void upscmd(int expected, String... args) {
        check(expected, new Upscmd(env, in, out, err).run(List.of(args)), "upscmd", args);
    }

    private void upsrw(int expected, String... args) {
        check(expected, new Upsrw(env, in, out, err).run(List.of(args)), "upsrw", args);
    }

    private void upsdrvctl(int expected, String... args) {
        check(expected, new Upsdrvctl(env, out, err).run(List.of(args)), "upsdrvctl", args);
    }

    /// Its timer daemon is a thread here.
    private void upssched(int expected, String event, String... args) {
        var withEvent = new HashMap<>(env);
        withEvent.put("UPSNAME", "demo@localhost");
        withEvent.put("NOTIFYTYPE", event);
        withEvent.put("NUT_DEBUG_SYSLOG", "default"); // nothing is logged, but how it would be is looked up
        check(expected, new Upssched(withEvent, out, err).run(List.of(args)), "upssched", args);
    }

    private void check(int expected, int code, String program, String... args) {
        if (code != expected) {
            failed.add(program + " " + String.join(" ", args) + ": " + code);
        }
    }
}
