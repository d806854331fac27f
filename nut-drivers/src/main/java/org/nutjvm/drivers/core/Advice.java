package org.nutjvm.drivers.core;

import java.util.ArrayList;
import org.nutjvm.common.conf.Nearest;
import org.nutjvm.common.conf.UpsConf;
import org.nutjvm.common.conf.UpsKey;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Option;

/// What may have been meant, for people who mistyped something.
final class Advice {
    private Advice() {}

    /// Which sections there are instead.
    static String noSection(String upsname, UpsConf conf, String file) {
        var names = new ArrayList<String>();
        for (var section : conf.sections()) {
            names.add(section.name());
        }
        String known = names.isEmpty() ? "it has no sections" : "it has " + String.join(", ", names);
        String meant = Nearest.of(upsname, names)
                .map(name -> ", did you mean " + name + "?")
                .orElse("");
        return " (" + file + ": " + known + meant + ")";
    }

    /// That a driver has no such setting.
    ///
    /// @param where file and line, or empty for the command line
    static String unknown(DriverProgram program, String name, boolean flag, String where) {
        var words = new ArrayList<String>();
        for (Option option : program.options()) {
            words.add(option.name());
        }
        for (UpsKey key : UpsKey.values()) {
            words.add(key.word());
        }
        return "Fatal error: '" + name + "' is not a valid " + (flag ? "flag" : "variable name") + " for this driver."
                + at(where)
                + Nearest.of(name, words)
                        .map(word -> " Did you mean " + word + "?")
                        .orElse("");
    }

    static String at(String where) {
        return where.isEmpty() ? "" : " (" + where + ")";
    }
}
