package org.nutjvm.drivers.snmp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.snmp.engine.Answers;
import org.nutjvm.drivers.snmp.engine.Detection;
import org.nutjvm.drivers.snmp.engine.Evaluation;
import org.nutjvm.drivers.snmp.engine.Quirks;
import org.nutjvm.drivers.snmp.engine.Report;
import org.nutjvm.drivers.snmp.engine.SnmpValue;
import org.nutjvm.drivers.snmp.mapping.Catalogue;
import org.nutjvm.drivers.snmp.mapping.Mapping;
import org.nutjvm.drivers.snmp.mapping.Oid;
import org.nutjvm.drivers.spi.Dstate;

/// A recording looked at through the mapping that fits it, without any network.
final class Played {
    private static final int ROUNDS = 40;

    final Dstate dstate = new Dstate();
    final Mapping.@Nullable Head head;
    final String reason;
    final @Nullable Report report;

    Played(Catalogue catalogue, Recording recording, String mibs) throws IOException {
        var answers = new Answers();
        var choice = Detection.among(catalogue.heads(), mibs, answers);
        while (choice.head() == null && !choice.missing().isEmpty()) {
            for (var oid : choice.missing()) {
                answers.put(oid, recording.get(oid));
            }
            choice = Detection.among(catalogue.heads(), mibs, answers);
        }
        head = choice.head();
        reason = choice.reason();
        report = head == null ? null : evaluate(catalogue.load(head), recording, answers);
        if (report != null) {
            dstate.setinfo("device.type", "ups");
            new Publisher(dstate).publish(report, Map.of());
        }
    }

    static Catalogue catalogue() throws IOException {
        return new Catalogue(Path.of("/nonexistent"), complaint -> {
            throw new AssertionError(complaint.toString());
        });
    }

    static Report evaluate(Mapping mapping, Recording recording, Answers answers) {
        for (int round = 0; round < ROUNDS; round++) {
            var report = Evaluation.of(mapping, answers, Quirks.NONE);
            if (report.complete()) {
                return report;
            }
            for (var oid : report.missing()) {
                answers.put(oid, recording.get(oid));
            }
            for (var walk : report.missingWalks()) {
                answers.put(walk, rows(recording, walk));
            }
        }
        throw new AssertionError("still asking after " + ROUNDS + " rounds");
    }

    private static List<Oid> rows(Recording recording, Report.Walk walk) {
        var rows = new ArrayList<Oid>();
        for (var row : recording.values.tailMap(walk.after(), false).entrySet()) {
            if (!row.getKey().within(walk.within()) || rows.size() == walk.pointers()) {
                break;
            }
            if (row.getValue() instanceof SnmpValue.Pointer(var oid)) {
                rows.add(oid);
            }
        }
        return rows;
    }

    /// What would be dumped, without what the core says of the driver.
    SortedMap<String, String> dump() {
        var dump = new TreeMap<String, String>();
        for (var variable : dstate.tree().vars().entrySet()) {
            dump.put(variable.getKey(), variable.getValue().value());
        }
        if (head != null) {
            dump.put("driver.version.data", head.name());
        }
        return dump;
    }
}
