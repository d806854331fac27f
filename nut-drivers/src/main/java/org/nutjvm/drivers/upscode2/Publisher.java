package org.nutjvm.drivers.upscode2;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Numbers;

/// Makes variables out of answers (drivers/upscode2.c: upsc_simple, upsdrv_updateinfo).
final class Publisher {
    private static final String[] STATUS = {"OB", "LB", "BOOST", "TRIM", "OVER", "OFF", "BYPASS"};

    /// Fiskars UPS9000 say their power otherwise, and do not say the nominal voltage of their batteries.
    private static final String[] UPS9000 = {
        "UPS9075", "UPS9100", "UPS9150", "UPS9200", "UPS9250", "UPS9300", "UPS9400", "UPS9500", "UPS9600"
    };
    private static final String UPS9000_BATTERY = "384";
    private static final float KILO = 1000;
    private static final int THREE = 3;

    private final Table table;
    private final Dstate dstate;
    private final Estimates estimates = new Estimates();
    private final Map<String, Answer> published = new HashMap<>();
    private final int inputs;
    private final int outputs;
    private final boolean ups9000;

    /// @param first the first answer to UPDS, which tells how many phases there are
    /// @param model as the device says, or null
    Publisher(Table table, Dstate dstate, Answer first, @Nullable String model) {
        this.table = table;
        this.dstate = dstate;
        inputs = first.has("MIU31") || first.has("MIUL3") ? THREE : 1;
        outputs = first.has("MOU31") || first.has("MOUL3") ? THREE : 1;
        boolean known = false;
        for (String name : UPS9000) {
            known |= model != null && model.startsWith(name);
        }
        ups9000 = known && outputs == THREE;
    }

    /// Whether it is one of Fiskars' that say some things otherwise.
    boolean ups9000() {
        return ups9000;
    }

    void begin() {
        estimates.begin();
    }

    void publish(String question, Answer answer) {
        withdraw(question, answer);
        for (Answer.Pair pair : answer.pairs()) {
            var entry = table.answer(question, pair.code());
            if (entry != null && entry.kind() == Table.Kind.NUMBER) {
                number(entry, pair.value());
            } else if (entry != null
                    && entry.kind() == Table.Kind.TEXT
                    && !entry.name().isEmpty()) {
                dstate.setinfo(entry.name(), pair.value());
            }
        }
        if (ups9000 && dstate.getinfo("battery.voltage.nominal") == null) {
            dstate.setinfo("battery.voltage.nominal", UPS9000_BATTERY);
        }
    }

    /// Takes back what the last answer to this question said and this one does not.
    private void withdraw(String question, Answer now) {
        Answer before = published.put(question, now);
        if (before == null) {
            return;
        }
        for (Answer.Pair pair : before.pairs()) {
            var entry = table.answer(question, pair.code());
            if (entry == null || now.has(pair.code())) {
                continue;
            }
            if (entry.kind() == Table.Kind.NUMBER) {
                estimates.forget(entry.key());
                dstate.delinfo(name(entry));
            } else if (entry.kind() == Table.Kind.TEXT) {
                dstate.delinfo(entry.name());
            }
        }
    }

    private String name(Table.Entry entry) {
        boolean output = entry.three().startsWith("output.") || entry.three().startsWith("ups.");
        return (output ? outputs : inputs) == THREE ? entry.three() : entry.name();
    }

    private void number(Table.Entry entry, String value) {
        String name = name(entry);
        float number = Answer.number(value);
        if (Float.isNaN(number)) {
            // What is said instead of a number is said twice: there is none.
            if (!name.isEmpty()) {
                dstate.delinfo(name);
            }
            return;
        }
        if (!entry.key().isEmpty()) {
            estimates.take(entry.key(), number);
        }
        if (!name.isEmpty()) {
            dstate.setinfo(name, text(number * scale(entry.scale()), 2));
        }
    }

    private float scale(Table.Scale scale) {
        return switch (scale) {
            case NONE -> 1;
            case THOUSAND -> KILO;
            case POWER -> outputs == THREE && !ups9000 ? KILO * THREE : KILO;
        };
    }

    /// What is computed, and the status.
    void conclude(Answer now) {
        dstate.setinfo("input.phases", inputs);
        dstate.setinfo("output.phases", outputs);
        var load = estimates.load(dstate, outputs);
        if (load.isPresent()) {
            dstate.setinfo("ups.load", text((float) load.getAsDouble() * 100, 1));
        } else {
            dstate.delinfo("ups.load");
        }
        set("battery.charge", estimates.charge(), 1);
        set("battery.runtime", estimates.runtime(load), 0);
        dstate.statusInit();
        if (!now.status().contains("OB")) {
            dstate.statusSet("OL");
        }
        for (String word : STATUS) {
            if (now.status().contains(word)) {
                dstate.statusSet(word);
            }
        }
        dstate.statusCommit();
    }

    private void set(String name, OptionalDouble value, int decimals) {
        if (value.isPresent()) {
            dstate.setinfo(name, text((float) value.getAsDouble(), decimals));
        } else {
            dstate.delinfo(name);
        }
    }

    static String text(float value, int decimals) {
        return Numbers.fixed(value, decimals);
    }
}
