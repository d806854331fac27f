package org.nutjvm.drivers.netxml;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Numbers;

/// What a card has told so far (drivers/mge-xml.c: `mge_xml2nut`; drivers/netxml-ups.c: netxml_status_set,
/// netxml_alarm_set): values become variables, facts become status words and alarms.
final class CardState {
    private static final Map<String, String> ALARMS = ordered(
            "replacebatt", "Replace battery!",
            "shutdownimm", "Shutdown imminent!",
            "fanfail", "Fan failure!",
            "nobattery", "No battery installed!",
            "battvoltlo", "Battery voltage too low!",
            "battvolthi", "Battery voltage too high!",
            "chargerfail", "Battery charger fail!",
            "overheat", "Temperature too high!",
            "commfault", "Communication fault!",
            "internalfault", "Internal UPS fault!",
            "fusefault", "Fuse fault!",
            "bypassauto", "Automatic bypass mode!",
            "bypassman", "Manual bypass mode!");
    private static final Map<String, String> WORDS = ordered(
            "discharging", "DISCHRG",
            "charging", "CHRG",
            "lowbatt", "LB",
            "overload", "OVER",
            "replacebatt", "RB",
            "nobattery", "RB",
            "trim", "TRIM",
            "boost", "BOOST",
            "bypassauto", "BYPASS",
            "bypassman", "BYPASS",
            "off", "OFF",
            "shutdownimm", "FSD",
            "calibrating", "CAL");

    private final ObjectTable table;
    private final long shutdownDuration;
    private final boolean tenths;
    private final Set<String> facts = new HashSet<>();
    private boolean mainsTold;
    private boolean pdu;
    private boolean transverse;
    private boolean shutdownPending;

    /// @param shutdownDuration seconds before its end at which a countdown means shutdown
    /// @param tenths whether old cards' values are divided (do_convert_deci)
    CardState(ObjectTable table, long shutdownDuration, boolean tenths) {
        this.table = table;
        this.shutdownDuration = shutdownDuration;
        this.tenths = tenths;
    }

    private static Map<String, String> ordered(String... pairs) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    /// Takes in a page.
    ///
    /// @return the variables it set
    List<String> take(Page page, Dstate dstate) {
        var set = new ArrayList<String>();
        if (page.is("PRODUCT_INFO")) {
            product(page.attributes(), dstate);
        }
        for (var told : page.objects()) {
            object(told, dstate, set);
        }
        String date = page.attributes().get("date");
        if (page.is("ALARM") && date != null) {
            time(date, dstate, "ups.time", set);
        }
        if (page.is("GET_OBJECT") && !page.objects().isEmpty()) {
            for (String side : new String[] {"input.", "input.bypass.", "output."}) {
                Phases.detect(side, dstate);
            }
        }
        show(dstate, "driver.timer.shutdown", page.client().get("shutdowntimer"));
        show(dstate, "driver.delay.shutdown", page.client().get("shutdownduration"));
        return set;
    }

    private static void show(Dstate dstate, String name, @Nullable String value) {
        if (value != null) {
            dstate.setinfo(name, value);
        }
    }

    /// `name="Network Management Card" type="Transverse" version="GB (SN 49EH29101)"`.
    private void product(Map<String, String> about, Dstate dstate) {
        String type = about.getOrDefault("type", "");
        transverse = type.equalsIgnoreCase("Transverse");
        if (type.contains("ePDU")) {
            pdu = true;
            dstate.setinfo("device.type", "pdu");
        }
        String version = about.get("version");
        if (version == null) {
            return;
        }
        int serial = version.indexOf(" (SN ");
        if (serial >= 0) {
            String number = version.substring(serial + 5);
            dstate.setinfo("ups.serial", number.endsWith(")") ? number.substring(0, number.length() - 1) : number);
            version = version.substring(0, serial);
        }
        dstate.setinfo("ups.firmware.aux", about.getOrDefault("name", "") + '/' + type + '/' + version);
    }

    private void object(Page.Told told, Dstate dstate, List<String> set) {
        var rule = table.rule(told.name());
        if (rule == null) {
            return;
        }
        String variable = rule.variable();
        if (variable != null) {
            set.add(variable);
            if (rule.once() && dstate.getinfo(variable) != null) {
                return;
            }
        }
        String value = value(rule, told.value(), dstate, set);
        if (variable != null && value != null) {
            dstate.setinfo(variable, value);
        }
    }

    private @Nullable String value(ObjectTable.Rule rule, String value, Dstate dstate, List<String> set) {
        if (rule.how().isEmpty()) {
            return value;
        }
        long number = Numbers.leading(value);
        return switch (rule.how().getFirst()) {
            case "status" -> {
                fact(rule.how().get(1), value);
                yield null;
            }
            case "values" -> {
                String list = rule.how().get(1);
                boolean flag = list.equals("yesno") || list.equals("onoff");
                yield table.meaning(list, flag ? value.substring(0, 1) : Long.toString(number));
            }
            case "divided" ->
                divided(
                        number,
                        Long.parseLong(rule.how().get(1)),
                        Integer.parseInt(rule.how().get(2)));
            case "tenths" -> tenths ? divided(number, 10, 1) : value;
            case "tenths-nonzero" -> number == 0 ? null : tenths ? divided(number, 10, 1) : value;
            case "datetime" -> {
                time(value, dstate, "ups.time", set);
                yield null;
            }
            case "test" -> {
                fact("calibrating", number == 5);
                yield table.meaning("test", Long.toString(number));
            }
            case "transverse" -> transverse ? value : null;
            case "timer" -> {
                shutdownPending = number > -1 && number <= shutdownDuration;
                fact("shutdownimm", shutdownPending);
                yield value;
            }
            case "imminent" -> {
                if (!shutdownPending) {
                    fact("shutdownimm", value.startsWith("0") && number == 0);
                }
                yield null;
            }
            default -> throw new IllegalStateException("netxml.txt: no such way: " + rule.how());
        };
    }

    private static String divided(long number, long by, int places) {
        return BigDecimal.valueOf(number)
                .divide(BigDecimal.valueOf(by), places, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    /// `2008/03/01 15:23:26`, or with ` - ` between.
    private static void time(String text, Dstate dstate, String variable, List<String> set) {
        int blank = text.indexOf(' ');
        String date = blank < 0 ? text : text.substring(0, blank);
        dstate.setinfo("ups.date", date);
        set.add("ups.date");
        int from = blank;
        while (from >= 0 && from < text.length() && (text.charAt(from) == ' ' || text.charAt(from) == '-')) {
            from++;
        }
        if (from >= 0 && from < text.length()) {
            int end = text.indexOf(' ', from);
            dstate.setinfo(variable, text.substring(from, end < 0 ? text.length() : end));
            set.add(variable);
        }
    }

    private void fact(String name, String value) {
        boolean reversed = name.startsWith("!");
        boolean yes = value.startsWith("1") || value.toLowerCase(Locale.ROOT).startsWith("yes");
        fact(reversed ? name.substring(1) : name, reversed ? value.startsWith("0") : yes);
    }

    private void fact(String name, boolean yes) {
        if (yes) {
            facts.add(name);
        } else {
            facts.remove(name);
        }
        mainsTold |= name.equals("online");
        // Cards are known to say both.
        if (name.equals("discharging") && yes) {
            facts.remove("charging");
        }
    }

    /// Whether it has said where power comes from.
    boolean known() {
        return mainsTold || pdu;
    }

    /// Publishes alarm and status.
    void publish(Dstate dstate) {
        dstate.statusInit();
        dstate.alarmInit();
        ALARMS.forEach((fact, text) -> {
            if (facts.contains(fact)) {
                dstate.alarmSet(text);
            }
        });
        dstate.alarmCommit();
        if (facts.contains("vrange")) {
            dstate.setinfo("input.transfer.reason", "input voltage out of range");
        } else if (facts.contains("frange")) {
            dstate.setinfo("input.transfer.reason", "input frequency out of range");
        } else {
            dstate.delinfo("input.transfer.reason");
        }
        dstate.statusSet(facts.contains("online") || !mainsTold ? "OL" : "OB");
        WORDS.forEach((fact, word) -> {
            if (facts.contains(fact)) {
                dstate.statusSet(word);
            }
        });
        dstate.statusCommit();
    }
}
