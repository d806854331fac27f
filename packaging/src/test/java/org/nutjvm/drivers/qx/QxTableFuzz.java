package org.nutjvm.drivers.qx;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.nutjvm.drivers.qx.ProtocolReader.FormException;
import org.nutjvm.fuzz.Must;

/// A protocol of the administrator's for nutdrv_qx.
public final class QxTableFuzz {
    private QxTableFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        List<String> lines =
                new String(data, StandardCharsets.ISO_8859_1).lines().toList();
        try {
            var protocol = ProtocolReader.read("x.qx", name -> name.equals("x.qx") ? lines : null);
            Must.hold(!protocol.name().isEmpty() && !protocol.claims().isEmpty(), "unfit, and nobody says so");
        } catch (FormException e) {
            String said = String.valueOf(e.getMessage());
            Must.hold(said.length() > 10 && (said.contains(" line ") || said.contains(".qx: ")), "where? " + said);
        }
    }
}
