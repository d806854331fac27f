package org.nutjvm.tools.upsdrvctl;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.client.DriverQuery;
import org.nutjvm.common.io.PidFile;
import org.nutjvm.common.wire.Words;
import org.nutjvm.tools.drivers.DriversConf;
import org.nutjvm.tools.drivers.ManagedUps;
import org.nutjvm.tools.shared.Json;

/// How a driver is (drivers/upsdrvctl.c: status_driver).
///
/// @param running whether a process of that program lives under one of the numbers; null if there is no number
/// @param filePid the number in the pid file, or why there is none, negative
/// @param responsive whether it answers at its socket
/// @param socketPid the number it says itself; empty if it does not
/// @param status its `ups.status`; null if it does not say
record StatusReport(
        ManagedUps ups,
        @Nullable Boolean running,
        long filePid,
        boolean responsive,
        String socketPid,
        @Nullable String status) {
    private static final Duration ANSWER = Duration.ofSeconds(3);

    static final String HEADER = "UPSNAME    \t     UPSDRV\tRUNNING\tPF_PID\tS_RESPONSIVE\tS_PID\tS_STATUS\n";

    /// Looks: at most some ten seconds for a driver that hangs.
    static StatusReport of(ManagedUps ups, DriversConf conf, PidFiles pidFiles, Map<String, String> env) {
        long filePid = PidFile.read(pidFiles.of(ups));
        boolean responsive = false;
        String socketPid = "";
        String status = null;
        try (var query = DriverQuery.connect(conf.socket(ups))) {
            responsive = query.responsive();
            if (responsive) {
                var about = query.about(ANSWER);
                socketPid = about.pid();
                status = about.status();
            }
        } catch (IOException e) {
            // Nobody there, or somebody who hangs: what was learned so far stands.
        }
        long fromSocket = socketPid.isEmpty() ? -1 : PidFile.pid(socketPid);
        Boolean running = null;
        if (filePid > 0 || fromSocket > 0) {
            running = alive(filePid, ups, env) || alive(fromSocket, ups, env);
        }
        return new StatusReport(ups, running, filePid, responsive, socketPid, status);
    }

    private static boolean alive(long pid, ManagedUps ups, Map<String, String> env) {
        return pid > 0
                && PidFile.send(pid, PidFile.NONE, List.of(ups.driver()), env).sent();
    }

    private String runningWord() {
        return running == null ? "N/A" : running ? "RUNNING" : "STOPPED";
    }

    /// A row of upstream's table.
    void text(StringBuilder text) {
        padded(text, ups.name(), false);
        text.append('\t');
        padded(text, ups.driver(), true);
        text.append('\t').append(runningWord()).append('\t').append(filePid).append('\t');
        text.append(responsive ? "RESPONSIVE" : "NOT_RESPONSIVE").append('\t');
        text.append(socketPid.isEmpty() ? "N/A" : socketPid).append('\t');
        text.append(status == null ? "" : Words.quote(status)).append('\n');
    }

    private static void padded(StringBuilder text, String word, boolean right) {
        String blanks = " ".repeat(Math.max(0, 11 - word.length()));
        text.append(right ? blanks : "").append(word).append(right ? "" : blanks);
    }

    void json(StringBuilder json) {
        json.append("  {\"ups\": ");
        Json.string(json, ups.name());
        json.append(", \"driver\": ");
        Json.string(json, ups.driver());
        json.append(", \"running\": ").append(running);
        json.append(", \"pid_file_pid\": ").append(filePid > 0 ? Long.toString(filePid) : "null");
        json.append(", \"responsive\": ").append(responsive);
        long pid = socketPid.isEmpty() ? -1 : PidFile.pid(socketPid);
        json.append(", \"socket_pid\": ").append(pid > 0 ? Long.toString(pid) : "null");
        json.append(", \"status\": ");
        if (status == null) {
            json.append("null");
        } else {
            Json.string(json, status);
        }
        json.append('}');
    }
}
