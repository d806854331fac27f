package org.nutjvm.drivers.qx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.nutjvm.drivers.spi.Dstate;

/// What the parts of the answers say of the status, kept until the same part says something else.
final class StatusBits {
    /// In the order in which they are published.
    private static final List<String> ORDER =
            List.of("DISCHRG", "CHRG", "LB", "OVER", "RB", "TRIM", "BOOST", "BYPASS", "ECO", "OFF", "CAL", "FSD");

    private final Map<Item, List<String>> said = new HashMap<>();

    void say(Item item, List<String> words) {
        said.put(item, words);
    }

    /// The same, to be tried out.
    StatusBits copy() {
        var copy = new StatusBits();
        copy.said.putAll(said);
        return copy;
    }

    /// The words there are, `OL` or not among them.
    Set<String> words(List<Item> items) {
        var words = new LinkedHashSet<String>();
        for (Item item : items) {
            if (item.isStatus() && (!item.is(Item.Trait.STEADY) || steady(words))) {
                for (String word : said.getOrDefault(item, List.of())) {
                    String upper = word.toUpperCase(Locale.ROOT);
                    if (upper.startsWith("!")) {
                        words.remove(upper.substring(1));
                    } else {
                        words.add(upper);
                    }
                }
            }
        }
        return words;
    }

    private static boolean steady(Set<String> words) {
        return words.contains("OL") && !words.contains("CAL") && !words.contains("FSD");
    }

    private List<String> alarms(List<Item> items, Set<String> words) {
        var alarms = new ArrayList<String>();
        for (Item item : items) {
            if (item.isAlarm()) {
                alarms.addAll(said.getOrDefault(item, List.of()));
            }
        }
        if (words.contains("RB")) {
            alarms.add("Replace battery!");
        }
        if (words.contains("FSD")) {
            alarms.add("Shutdown imminent!");
        }
        return alarms;
    }

    void publish(List<Item> items, Dstate dstate) {
        Set<String> words = words(items);
        dstate.buzzmodeInit();
        for (Item item : items) {
            if (item.isMode()) {
                said.getOrDefault(item, List.of()).forEach(dstate::buzzmodeSet);
            }
        }
        dstate.buzzmodeCommit();
        dstate.statusInit();
        dstate.alarmInit();
        for (String alarm : alarms(items, words)) {
            dstate.alarmSet(alarm);
        }
        dstate.alarmCommit();
        dstate.statusSet(words.contains("OL") ? "OL" : "OB");
        for (String word : ORDER) {
            if (words.contains(word)) {
                dstate.statusSet(word);
            }
        }
        dstate.statusCommit();
    }
}
