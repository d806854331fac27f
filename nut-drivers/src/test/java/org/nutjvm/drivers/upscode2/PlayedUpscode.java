package org.nutjvm.drivers.upscode2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.nutjvm.drivers.port.ScriptedLine;

/// A UPS that speaks UPScode II, at the end of a scripted line.
final class PlayedUpscode {
    private static final Set<String> TWO_LINES =
            Set.of("UPCD", "UPSD", "UPSN", "UPDT", "UPTM", "UPPF", "UPPD", "UPPC", "UPBT", "UPPM");

    final ScriptedLine line = new ScriptedLine();
    /// Codes and values of its answers, by question.
    final Map<String, Map<String, String>> data = new TreeMap<>();
    /// Commands it lists.
    final List<String> listed = new ArrayList<>(List.of(
            "UPBS", "UPBT", "UPCD", "UPDA", "UPDS", "UPDT", "UPDV", "UPID", "UPIS", "UPPC", "UPPD", "UPPF", "UPPU",
            "UPSD", "UPSN", "UPTM", "UPTP"));
    final Map<String, String> values = new TreeMap<>(Map.of(
            "UPTP", "NNAME PW9120 1000VA",
            "UPSN", "ACSN TX123456",
            "UPID", "ACID rack 7",
            "UPDT", "ACDT 211126",
            "UPTM", "ACTM 120001",
            "UPCD", "ACCD 0030",
            "UPSD", "ACSD 0020"));
    /// What the line makes of question and answer.
    BinaryOperator<String> trouble = (asked, answer) -> answer;
    /// Orders that came, with what belongs to them.
    final List<String> orders = new ArrayList<>();

    private final StringBuilder heard = new StringBuilder();
    private String waiting = "";

    PlayedUpscode() {
        line.answers = this::hear;
        put("UPDS", """
            STBO 00
            STBL 00
            STUF 00
            STAT 00
            STLR NO
            STOK 00
            BTIME 42
            MUTE1 31
            MIUL1 229.5
            MIIL1 1.75
            MIFFF 49.9
            MIPL1 0.38
            MBCH1 97
            MBIII 0.10
            MBUUU 54.6
            MBINE 0
            MOUL1 230.1
            MOIL1 1.6
            MOPL1 0.352
            MOSL1 0.368
            MOFFF 50.0
            """);
        put("UPDV", """
            NIUNN 230
            NOUNN 230
            NOPNN 0.7
            NOSNN 1.0
            NOINN 4.35
            NOIHH 5
            NBAHN 7.2
            NBILL -20
            NBTHH 60
            NBUHH 54.6
            NBULL 40.2
            NBUNN 48
            NUTEH 60
            NOFHH 52
            NOFLL 48
            """);
        var batteries = new StringBuilder();
        for (int i = 1; i <= 8; i++) {
            batteries.append("MBTE%d 2%d%nMBIN%d 0%nBDAT%d 01062%d%n".formatted(i, i, i, i, i));
        }
        put("UPBS", batteries.toString());
    }

    void put(String question, String lines) {
        var pairs = new LinkedHashMap<String, String>();
        lines.lines().forEach(pair -> pairs.put(pair.split(" ", 2)[0], pair.split(" ", 2)[1]));
        data.put(question, pairs);
    }

    void set(String question, String code, String value) {
        data.computeIfAbsent(question, q -> new LinkedHashMap<>()).put(code, value);
    }

    void remove(String question, String code) {
        data.computeIfAbsent(question, q -> new LinkedHashMap<>()).remove(code);
    }

    private String hear(char c) {
        if (c == '\n') {
            return "";
        }
        if (c != '\r') {
            heard.append(c);
            return "";
        }
        String text = heard.toString();
        heard.setLength(0);
        if (waiting.isEmpty() && TWO_LINES.contains(text)) {
            waiting = text;
            return "";
        }
        String command = waiting.isEmpty() ? text : waiting;
        String more = waiting.isEmpty() ? "" : text;
        waiting = "";
        String answer = answer(command, more);
        String asked = more.isEmpty() ? command + "\r\n" : command + "\r\n" + more + "\r\n";
        return answer.isEmpty() ? "" : trouble.apply(asked, answer);
    }

    private String answer(String command, String more) {
        if (command.equals("UPCL")) {
            return String.join("\r\n", listed) + "\r\nUPCL\r\n";
        }
        var pairs = data.get(command);
        if (pairs != null) {
            var all = new StringBuilder();
            pairs.forEach((code, value) ->
                    all.append(code).append("\r\n").append(value).append("\r\n"));
            return all.toString();
        }
        if ((command.equals("UPSD") || command.equals("UPCD")) && !more.equals("0000")) {
            orders.add(command + ' ' + more);
            values.put(
                    command, values.getOrDefault(command, "").substring(0, 5) + "0".repeat(4 - more.length()) + more);
        }
        String value = values.get(command);
        if (value == null) {
            orders.add(more.isEmpty() ? command : command + ' ' + more);
            return "";
        }
        return value.replaceFirst(" ", "\r\n") + "\r\n";
    }
}
