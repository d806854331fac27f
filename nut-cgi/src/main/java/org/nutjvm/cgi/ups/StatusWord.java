package org.nutjvm.cgi.ups;

import java.util.ArrayList;
import java.util.List;

/// The words of `ups.status` as pages show them (clients/status.h).
public enum StatusWord {
    OFF("OFF", 1),
    OL("ONLINE", 0),
    OB("ON BATTERY", 2),
    LB("LOW BATTERY", 2),
    RB("REPLACE BATTERY", 2),
    OVER("OVERLOAD", 2),
    TRIM("VOLTAGE TRIM", 1),
    BOOST("VOLTAGE BOOST", 1),
    CAL("CALIBRATION", 1),
    BYPASS("BYPASS", 2),
    ECO("ECO", 1),
    ALARM("ALARM", 2);

    private final String text;
    private final int severity;

    StatusWord(String text, int severity) {
        this.text = text;
        this.severity = severity;
    }

    /// What each word of a status stands for; words that are not known are left out.
    public static List<String> texts(String status) {
        var texts = new ArrayList<String>();
        for (String word : words(status)) {
            for (StatusWord known : values()) {
                if (known.name().equalsIgnoreCase(word)) {
                    texts.add(known.text);
                }
            }
        }
        return texts;
    }

    /// How bad a status is: 0, 1 for a warning, 2 for trouble.
    public static int severity(String status) {
        int worst = 0;
        for (String word : words(status)) {
            for (StatusWord known : values()) {
                if (known.name().equals(word)) {
                    worst = Math.max(worst, known.severity);
                }
            }
        }
        return worst;
    }

    private static List<String> words(String status) {
        var words = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i <= status.length(); i++) {
            if (i == status.length() || status.charAt(i) == ' ' || status.charAt(i) == '\n') {
                if (i > start) {
                    words.add(status.substring(start, i));
                }
                start = i + 1;
            }
        }
        return words;
    }
}
