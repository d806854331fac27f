package org.nutjvm.drivers.netxml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.fuzz.Input;
import org.nutjvm.fuzz.Must;

/// Pages of a network card, one after the other, parted by `0xff`.
public final class NetXmlFuzz {
    private static final ObjectTable TABLE = new ObjectTable();

    static {
        Must.beQuiet();
    }

    private NetXmlFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        var input = new Input(data);
        var reader = new PageReader();
        var state = new CardState(TABLE, 120, input.next() % 2 == 0);
        var dstate = new Dstate();
        while (input.left() > 0) {
            try {
                var page = reader.read(input.upTo('\u00ff').getBytes(StandardCharsets.ISO_8859_1));
                Must.hold(page.objects().size() <= 4096, "objects without end");
                state.take(page, dstate);
                state.publish(dstate);
                Must.beStatus(dstate);
            } catch (IOException e) {
                Must.hold(e.getMessage() != null && !e.getMessage().isBlank(), "no reason: " + e);
            }
            Must.arrive(dstate);
        }
    }
}
