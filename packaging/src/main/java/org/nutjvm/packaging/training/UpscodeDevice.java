package org.nutjvm.packaging.training;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A device that speaks UPScode II, byte by byte: a Powerware 9120 on mains power. It keeps the orders it gets.
public final class UpscodeDevice {
    private static final Set<String> TWO_LINES =
            Set.of("UPCD", "UPSD", "UPSN", "UPDT", "UPTM", "UPPF", "UPPD", "UPPC", "UPBT");
    private static final String LISTED =
            "UPBS UPBT UPCD UPDA UPDS UPDT UPDV UPID UPIS UPPC UPPD UPPF UPPU UPSD UPSN UPTM UPTP UPCL";
    private static final int DELAY = 4;

    private final Map<String, String> data = new LinkedHashMap<>();
    private final Map<String, String> values = new TreeMap<>(Map.of(
            "UPTP", "NNAME PW9120 1000VA",
            "UPSN", "ACSN TX123456",
            "UPID", "ACID rack 7",
            "UPDT", "ACDT 211126",
            "UPTM", "ACTM 120001",
            "UPCD", "ACCD 0030",
            "UPSD", "ACSD 0020"));
    private final List<String> written = new ArrayList<>();
    private final StringBuilder heard = new StringBuilder();
    private String waiting = "";

    /// A device in its usual state.
    public UpscodeDevice() {
        for (String pair :
                ("STBO 00,STBL 00,STUF 00,STLR NO,STOK 00,BTIME 42,MUTE1 31,MIUL1 229.5,MIIL1 1.75,MIFFF 49.9,"
                                + "MIPL1 0.38,MBIII 0.54,MBUUU 54.6,MBINE 0,MOUL1 230.1,MOIL1 1.6,MOPL1 0.352,MOSL1 0.368,MOFFF 50.0")
                        .split(",", -1)) {
            set(pair.substring(0, pair.indexOf(' ')), pair.substring(pair.indexOf(' ') + 1));
        }
    }

    /// Changes a value.
    public synchronized void set(String code, String value) {
        data.put(code, value);
    }

    /// Orders that came so far, and what belongs to them.
    public synchronized List<String> written() {
        return List.copyOf(written);
    }

    /// Takes a byte and says what it has to say.
    public synchronized byte[] hear(int c) {
        if (c != '\r') {
            if (c != '\n') {
                heard.append((char) c);
            }
            return new byte[0];
        }
        String text = heard.toString();
        heard.setLength(0);
        if (waiting.isEmpty() && TWO_LINES.contains(text)) {
            waiting = text;
            return new byte[0];
        }
        String command = waiting.isEmpty() ? text : waiting;
        String more = waiting.isEmpty() ? "" : text;
        waiting = "";
        return answer(command, more).replace(" ", "\r\n").replace('_', ' ').getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Lines, parted by blanks; blanks in them are underscores.
    private String answer(String command, String more) {
        return switch (command) {
            case "UPCL" -> LISTED + ' ';
            case "UPDS" -> pairs(data);
            case "UPDV" ->
                "NIUNN 230 NOUNN 230 NOPNN 0.7 NOSNN 1.0 NOINN 4.35 NOIHH 5 NBAHN 7.2 NBILL -20 NBTHH 60"
                        + " NBUHH 54.6 NBULL 40.2 NBUNN 48 NUTEH 60 NOFHH 52 NOFLL 48 ";
            case "UPBS" -> "MBTE1 21 MBIN1 0 BDAT1 010621 MBTE8 28 BDAT8 010628 ";
            default -> value(command, more);
        };
    }

    private String value(String command, String more) {
        String value = values.get(command);
        boolean setting = (command.equals("UPSD") || command.equals("UPCD")) && !more.equals("0000");
        if (setting && value != null) {
            value = value.substring(0, value.indexOf(' ') + 1) + "0".repeat(Math.max(0, DELAY - more.length())) + more;
            values.put(command, value);
        }
        if (setting || value == null) {
            written.add(more.isEmpty() ? command : command + ' ' + more);
        }
        if (value == null) {
            return "";
        }
        int blank = value.indexOf(' ');
        return value.substring(0, blank + 1) + value.substring(blank + 1).replace(' ', '_') + ' ';
    }

    private static String pairs(Map<String, String> of) {
        var all = new StringBuilder();
        // What ends the answer comes last.
        of.forEach((code, value) -> all.append(code.equals("MOFFF") ? "" : code + ' ' + value + ' '));
        return all.append("MOFFF ").append(of.get("MOFFF")).append(' ').toString();
    }
}
