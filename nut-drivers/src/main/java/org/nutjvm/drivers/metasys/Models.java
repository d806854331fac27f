package org.nutjvm.drivers.metasys;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.BuiltIn;

/// The models there are, out of `models.txt`.
final class Models {
    private static final int TYPE = 10;

    /// A model.
    ///
    /// @param power nominal, in W
    record Model(String name, int power) {}

    private final Map<Integer, Model> byNumber;

    private Models(Map<Integer, Model> byNumber) {
        this.byNumber = byNumber;
    }

    static Models read() throws IOException {
        var all = new HashMap<Integer, Model>();
        for (String line : BuiltIn.lines(Models.class, "models.txt")) {
            String[] words = line.split(" ", 3);
            all.put(Integer.valueOf(words[0]), new Model(words[2], Integer.parseInt(words[1])));
        }
        return new Models(all);
    }

    /// What a device with these numbers is, or null.
    @Nullable
    Model of(int type, int version) {
        return byNumber.get(type * TYPE + version);
    }
}
