package org.nutjvm.drivers.nhs;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.nutjvm.drivers.spi.BuiltIn;

/// The models there are, out of `models.txt`.
final class Models {
    private static final Model UNKNOWN = new Model("NHS UNKNOWN", 0);

    /// A model.
    ///
    /// @param power nominal, in VA; 0 when it is not known
    record Model(String name, int power) {}

    private final Map<Integer, Model> byCode;

    private Models(Map<Integer, Model> byCode) {
        this.byCode = byCode;
    }

    static Models read() throws IOException {
        var all = new HashMap<Integer, Model>();
        for (String line : BuiltIn.lines(Models.class, "models.txt")) {
            String[] words = line.split(" ", 3);
            all.put(Integer.valueOf(words[0]), new Model(words[2], Integer.parseInt(words[1])));
        }
        return new Models(all);
    }

    Model of(int code) {
        return byCode.getOrDefault(code, UNKNOWN);
    }
}
