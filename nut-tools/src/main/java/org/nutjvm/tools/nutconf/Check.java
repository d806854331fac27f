package org.nutjvm.tools.nutconf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is wrong with a command line, before anything is done: the sentences of C's nutconf.
final class Check {
    private static final List<String> PLAIN =
            List.of("--is-configured", "--get-mode", "--system", "--autoconfigure", "--verbose");
    private static final List<String> ONCE = List.of(
            "--is-configured",
            "--get-mode",
            "--system",
            "--autoconfigure",
            "--local",
            "--set-mode",
            "--set-notifycmd",
            "--set-shutdowncmd",
            "--set-minsupplies",
            "--set-powerdownflag",
            "--scan-usb",
            "--scan-xml-http",
            "--scan-avahi",
            "--scan-serial");

    private Check() {}

    /// A sentence for each thing wrong.
    static List<String> wrong(Arguments asked) {
        var wrong = new ArrayList<String>();
        var met = new HashSet<String>();
        for (Arguments.Option option : asked.options()) {
            one(option, wrong);
            if (!met.add(option.name()) && ONCE.contains(option.name())) {
                wrong.add("Option error: " + option.name() + " option specified more than once");
            }
        }
        for (String what : List.of("monitor", "listen", "device", "user")) {
            if (asked.has("--set-" + what) && asked.has("--add-" + what)) {
                wrong.add("Option error: --set-" + what + " and --add-" + what + " options can't both be specified");
            }
        }
        flags(asked, wrong);
        for (String word : asked.stray()) {
            wrong.add("Unexpected argument: " + word);
        }
        return wrong;
    }

    private static void one(Arguments.Option option, List<String> wrong) {
        String name = option.name();
        int[] counts = Change.COUNTS.getOrDefault(name, Scan.COUNTS.get(name));
        if (counts != null) {
            int count = option.values().size();
            if (count < counts[0] || count > counts[1]) {
                wrong.add("Option error: " + name + " option takes " + range(counts) + " arguments, not " + count
                        + (count > counts[1] ? " (perhaps one needs quotes?)" : ""));
            }
        } else if (name.equals("--local")) {
            if (option.values().isEmpty()) {
                wrong.add("Option error: --local option requires an argument");
            } else if (option.values().size() > 1) {
                wrong.add("Option error: Only one directory may be specified with the --local option");
            }
        } else if (PLAIN.contains(name) || option.letters("vD")) {
            for (String value : option.values()) {
                wrong.add("Unexpected argument: " + value);
            }
        } else {
            wrong.add("Unknown option: " + name);
        }
    }

    private static String range(int[] counts) {
        if (counts[0] == counts[1]) {
            return counts[0] == 0 ? "no" : "exactly " + counts[0];
        }
        return counts[1] == Integer.MAX_VALUE ? "at least " + counts[0] : counts[0] + " or " + counts[1];
    }

    private static void flags(Arguments asked, List<String> wrong) {
        Set<String> types = new HashSet<>();
        for (Arguments.Option option : asked.options()) {
            if (option.name().endsWith("-notifyflags")
                    && !option.values().isEmpty()
                    && !types.add(option.values().getFirst())) {
                wrong.add("Option error: " + option.name()
                        + " option: conflicting specifications for notification type "
                        + option.values().getFirst());
            }
        }
    }
}
