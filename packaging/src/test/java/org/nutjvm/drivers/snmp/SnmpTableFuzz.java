package org.nutjvm.drivers.snmp;

import org.nutjvm.drivers.snmp.engine.Answers;
import org.nutjvm.drivers.snmp.engine.Evaluation;
import org.nutjvm.drivers.snmp.engine.Quirks;
import org.nutjvm.drivers.snmp.engine.SnmpValue;
import org.nutjvm.drivers.snmp.mapping.Mapping;
import org.nutjvm.drivers.snmp.mapping.MappingParser;
import org.nutjvm.fuzz.Input;
import org.nutjvm.fuzz.Must;

/// A mapping of the administrator's for snmp-ups, and what it makes of answers.
public final class SnmpTableFuzz {
    private static final int ROUNDS = 64;
    private static final int ASKED = 200_000;

    private SnmpTableFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        var result = MappingParser.parse("x.snmp", data, false);
        Must.havePlaces(result.complaints(), "x.snmp", data);
        Must.hold(!result.mappings().isEmpty() || !result.complaints().isEmpty(), "of no use, and nobody says so");
        for (var head : MappingParser.heads("x.snmp", data, false)) {
            Must.hold(!head.name().isEmpty(), "without a name");
        }
        for (var mapping : result.mappings()) {
            evaluate(mapping, new Input(data));
        }
    }

    private static void evaluate(Mapping mapping, Input input) {
        var answers = new Answers();
        int asked = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var report = Evaluation.of(mapping, answers, Quirks.NONE);
            if (report.complete()) {
                return;
            }
            for (var oid : report.missing()) {
                Must.hold(++asked < ASKED, "asks without end");
                int value = input.endless();
                answers.put(
                        oid,
                        value > 0xc0
                                ? SnmpValue.ABSENT
                                : value > 0x80
                                        ? new SnmpValue.Text("x" + value)
                                        : new SnmpValue.Whole(value, SnmpValue.Whole.Type.INTEGER));
            }
            for (var walk : report.missingWalks()) {
                answers.put(walk, java.util.List.of());
            }
        }
        throw new AssertionError("still asking after " + ROUNDS + " rounds");
    }
}
